"""Two records of one case side by side: where they part, and what each difference does to the balance.

The other record is someone else's word, from a case file. Only its money facts are read: no label,
note, contact or letter of it takes part. The sides may differ: what the paying parent sent through
CMS holds CMS's fee, what the receiving parent got is less CMS's share, so payments are compared by
what they count for towards maintenance.

Amounts are pence. A balance is outstanding less credit, fees apart. ``effect`` is theirs less mine,
and the effects of all the differences add up to the difference between the two balances.
"""

import datetime as dt
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from arrears.core import history
from arrears.core.allocation import counts_on
from arrears.core.derived import adjustments_of
from arrears.core.dues import Dues
from arrears.core.facts import Adjustment, CaseFacts, OpeningBalance, Payment
from arrears.core.ledger import Ledger, movements
from arrears.core.postings import REDUCES
from arrears.core.results import CauseKind, CoverKind
from arrears.core.schedule import told_order
from cases.core.facts import Decision, Schedule

DAYS_APART = 7  # one payment may stand on two days: when it left, and when it came
MOST_STEPS = 60  # decisions and payment dates that are put in one by one; more are shown as one


class Match(StrEnum):
    """How a fact of one record stands to the other record."""

    SAME = "same"
    NEAR = "near"  # the same amount a few days apart
    FEE_TAKEN = "fee_taken"  # the same money, of which one record sets a part against a fee
    OTHER_AMOUNT = "other_amount"  # the same day, another amount
    ONLY_MINE = "only_mine"
    ONLY_THEIRS = "only_theirs"


class Side(NamedTuple):
    """A money fact as one record has it: its day and what it counts for; ``as_paid`` where that differs."""

    on: dt.date
    amount: int
    as_paid: int


class Pair(NamedTuple):
    """A payment, an amount carried over or an adjustment, in one record or both. ``word`` is its kind."""

    match: Match
    mine: Side | None
    theirs: Side | None
    effect: int
    word: str = ""

    @property
    def on(self) -> dt.date:
        """The day it stands under: mine, else theirs."""
        side = self.mine or self.theirs
        return side.on if side else dt.date.min


class RuleChange(NamedTuple):
    """A decision, or payment dates, that the two records do not have alike. ``effect``: mine out, theirs in."""

    match: Match
    mine: Decision | Schedule | None
    theirs: Decision | Schedule | None
    effect: int


class FeeBack(NamedTuple):
    """What a decision brought back of collection fees that were paid, as each record has it, in pence.

    It lowers what was due, so the fees on it too; the money then counts as maintenance (rules section
    4). Only a record of the paying parent holds such fees. ``mine_id`` names the decision in my record,
    "" where only the other one has it.
    """

    source: Decision
    mine: int
    theirs: int
    mine_id: str

    @property
    def effect(self) -> int:
        """What it does to their balance: money that came back is taken off it."""
        return self.mine - self.theirs


class Parting(NamedTuple):
    """A day on which the difference between the two balances changed, and the balances after it."""

    on: dt.date
    mine: int
    theirs: int

    @property
    def difference(self) -> int:
        """Theirs less mine."""
        return self.theirs - self.mine


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two records on one day: ``mine`` + the sum of all effects = ``theirs``.

    ``same_payments`` counts the payments that both have alike; ``payments`` holds the rest.
    ``rest_of_rules`` is the effect of the decisions and payment dates beyond those that ``rules``
    lists; ``fees`` is what came back from collection fees, where the two are not alike.
    """

    on: dt.date
    mine: int
    theirs: int
    same_payments: int
    payments: tuple[Pair, ...]
    openings: tuple[Pair, ...]
    adjustments: tuple[Pair, ...]
    rules: tuple[RuleChange, ...]
    rest_of_rules: int
    fees: tuple[FeeBack, ...]
    partings: tuple[Parting, ...]
    year_ends: tuple[Parting, ...]

    @property
    def difference(self) -> int:
        """Theirs less mine."""
        return self.theirs - self.mine


def compare(mine: CaseFacts, theirs: CaseFacts, *, on: dt.date) -> Comparison:
    """Compare two records on a day, each by what it knows on that day."""
    ours, other = _Record(mine, on), _Record(theirs, on)
    payments = _paired(ours.payments, other.payments)
    openings = _paired(*([_opening(one) for one in record.openings(on)] for record in (ours, other)))
    adjusted = list(_adjustments(ours, other, on))
    rules, rest_of_rules = _rules(ours.seen, other.seen, on)
    partings = tuple(_both(ours, other))
    return Comparison(
        on=on,
        mine=ours.net,
        theirs=other.net,
        same_payments=sum(1 for one in payments if one.match is Match.SAME),
        payments=tuple(one for one in payments if one.match is not Match.SAME),
        openings=tuple(one for one in openings if one.match is not Match.SAME),
        adjustments=tuple(one for one in adjusted if one.match is not Match.SAME),
        rules=rules,
        rest_of_rules=rest_of_rules,
        fees=tuple(_fees_back(ours, other)),
        partings=tuple(_where_they_part(partings)),
        year_ends=tuple(_year_ends(partings, on)),
    )


class _Record:
    """One side: its ledger, and each payment by what it did to the balance."""

    def __init__(self, facts: CaseFacts, on: dt.date) -> None:
        self.ledger = Ledger(facts, on=on, known_on=on)
        self.seen = self.ledger.facts
        self.points = history.read(self.ledger)
        self.net = self.points[-1].owed if self.points else 0
        towards: dict[str, int] = defaultdict(int)
        self.fees_back: dict[str, int] = defaultdict(int)
        for one in movements(self.ledger):
            fee = one.fee
            if one.cause is CauseKind.PAYMENT or (fee is not None and fee.kind is CoverKind.PAYMENT):
                towards[one.fact_id] -= one.amount
            elif fee is not None:
                self.fees_back[one.fact_id] -= one.amount
        self.payments = [_payment(one, towards[one.id]) for one in self.seen.payments if counts_on(one) <= on]

    def openings(self, on: dt.date) -> list[OpeningBalance]:
        """The balances brought in by a day."""
        return [one for one in self.seen.openings if one.on <= on]


def _payment(one: Payment, towards: int) -> Side:
    return Side(counts_on(one), towards, one.amount)


def _opening(one: OpeningBalance) -> Side:
    return Side(one.on, -one.amount, one.amount)


def _adjustment(one: Adjustment) -> Side:
    amount = one.amount if one.kind in REDUCES else -one.amount
    return Side(one.on, amount, one.amount)


def _adjustments(mine: _Record, theirs: _Record, on: dt.date) -> Iterator[Pair]:
    """Adjustments are paired within their kind: a write-off is never the same as a correction."""
    kinds: dict[str, tuple[list[Side], list[Side]]] = {}
    for place, record in enumerate((mine, theirs)):
        for one in adjustments_of(record.seen):
            if one.on <= on:
                kinds.setdefault(one.kind.value, ([], []))[place].append(_adjustment(one))
    for word, sides in kinds.items():
        yield from (pair._replace(word=word) for pair in _paired(*sides))


def _paired(mine: Iterable[Side], theirs: Iterable[Side]) -> list[Pair]:
    """Pair what the two records have: alike first, then a few days apart, then another amount that day."""
    left, right = sorted(mine), sorted(theirs)
    found: list[Pair] = []
    for match, key, most_days in (
        (Match.SAME, _amount, 0),
        (Match.FEE_TAKEN, _as_paid, 0),
        (Match.NEAR, _amount, DAYS_APART),
        (Match.FEE_TAKEN, _as_paid, DAYS_APART),
        (Match.OTHER_AMOUNT, _day, 0),
    ):
        left, right, pairs = _taken(left, right, key, most_days)
        found += [Pair(match, one, other, one.amount - other.amount) for one, other in pairs]
    found += [Pair(Match.ONLY_MINE, one, None, one.amount) for one in left]
    found += [Pair(Match.ONLY_THEIRS, None, other, -other.amount) for other in right]
    return sorted(found, key=lambda pair: (pair.on, pair.match))


def _amount(side: Side) -> int:
    return side.amount


def _as_paid(side: Side) -> int:
    return side.as_paid


def _day(side: Side) -> int:
    return side.on.toordinal()


def _taken(
    mine: Sequence[Side], theirs: Sequence[Side], key: Callable[[Side], int], most_days: int
) -> tuple[list[Side], list[Side], list[tuple[Side, Side]]]:
    """Pair sides of one key that lie no more than ``most_days`` apart, earliest first; return what is left of each."""
    waiting: dict[int, deque[Side]] = defaultdict(deque)
    for other in theirs:
        waiting[key(other)].append(other)
    pairs, left, right = [], [], []
    for one in mine:
        queue = waiting[key(one)]
        while queue and (one.on - queue[0].on).days > most_days:
            right.append(queue.popleft())
        if queue and (queue[0].on - one.on).days <= most_days:
            pairs.append((one, queue.popleft()))
        else:
            left.append(one)
    right += [one for queue in waiting.values() for one in queue]
    return left, sorted(right), pairs


_Rule = Decision | Schedule


def _rules(mine: CaseFacts, theirs: CaseFacts, on: dt.date) -> tuple[tuple[RuleChange, ...], int]:
    """Put their decisions and payment dates in the place of mine, one by one, each by what it moves."""
    facts, found = mine, []
    total = before = Dues(facts, until=on, known_on=on).by(on)
    changes = [*_apart(mine.schedules, theirs.schedules), *_apart(_told(mine), _told(theirs))]
    for one, other in changes[:MOST_STEPS]:
        facts = _instead(facts, one, other)
        after = Dues(facts, until=on, known_on=on).by(on)
        match = Match.OTHER_AMOUNT if one and other else Match.ONLY_MINE if one else Match.ONLY_THEIRS
        found.append(RuleChange(match, one, other, after - before))
        before = after
    rest = Dues(theirs, until=on, known_on=on).by(on) - total - sum(one.effect for one in found)
    return tuple(found), rest


def _told(facts: CaseFacts) -> list[Decision]:
    return sorted(facts.decisions, key=told_order)


def _apart(mine: Iterable[_Rule], theirs: Iterable[_Rule]) -> list[tuple[_Rule | None, _Rule | None]]:
    """The rules that are not alike; those that begin on one day stand beside each other."""
    left, right = Counter(map(_words, mine)), Counter(map(_words, theirs))
    only_mine = [one for one in mine if not right[_words(one)]]
    only_theirs = [one for one in theirs if not left[_words(one)]]
    waiting: dict[dt.date, deque[_Rule]] = defaultdict(deque)
    for other in only_theirs:
        waiting[_start(other)].append(other)
    pairs: list[tuple[_Rule | None, _Rule | None]] = []
    for one in only_mine:
        queue = waiting[_start(one)]
        pairs.append((one, queue.popleft() if queue else None))
    pairs += [(None, other) for queue in waiting.values() for other in queue]
    return sorted(pairs, key=lambda pair: min(_start(one) for one in pair if one))


def _start(rule: _Rule) -> dt.date:
    return rule.effective_on if isinstance(rule, Decision) else rule.first_due_on


def _words(rule: _Rule) -> _Rule:
    """A rule without what is only said about it: no note, no reason, no name."""
    if isinstance(rule, Decision):
        return replace(rule, reason="", note="", struck_out=None, id="")
    return replace(rule, note="", struck_out=None, id="")


def _instead(facts: CaseFacts, one: _Rule | None, other: _Rule | None) -> CaseFacts:
    """The facts with one rule of theirs in the place of one of mine."""
    decisions = [rule for rule in facts.decisions if rule is not one]
    schedules = [rule for rule in facts.schedules if rule is not one]
    if isinstance(other, Decision):
        decisions.append(other)
    elif other is not None:
        schedules.append(other)
    return replace(facts, decisions=tuple(decisions), schedules=tuple(schedules))


def _fees_back(mine: _Record, theirs: _Record) -> Iterator[FeeBack]:
    """What each decision brought back from fees, where the two records do not have it alike."""
    found: dict[_Rule, list[int]] = defaultdict(lambda: [0, 0])
    for place, record in enumerate((mine, theirs)):
        for one in _told(record.seen):
            found[_words(one)][place] += record.fees_back[one.id]
    ids = {_words(one): one.id for one in mine.seen.decisions}
    for source, (left, right) in found.items():
        if left != right and isinstance(source, Decision):
            yield FeeBack(source, left, right, ids.get(source, ""))


def _both(mine: _Record, theirs: _Record) -> Iterator[Parting]:
    """The two balances at the end of each day on which either changed."""
    left = {point.on: point.owed for point in mine.points}
    right = {point.on: point.owed for point in theirs.points}
    one = other = 0
    for day in sorted({*left, *right}):
        one, other = left.get(day, one), right.get(day, other)
        yield Parting(day, one, other)


def _where_they_part(both: Iterable[Parting]) -> Iterator[Parting]:
    difference = 0
    for one in both:
        if one.difference != difference:
            difference = one.difference
            yield one


def _year_ends(both: Sequence[Parting], on: dt.date) -> Iterator[Parting]:
    """The two balances at the end of each year, and on the day itself."""
    if not both:
        return
    ends = [*(dt.date(year, 12, 31) for year in range(both[0].on.year, on.year)), on]
    place = 0
    for end in ends:
        while place + 1 < len(both) and both[place + 1].on <= end:
            place += 1
        yield both[place]._replace(on=end)
