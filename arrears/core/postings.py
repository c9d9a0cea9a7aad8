"""Everything that falls due, with its cause (rules section 2): amounts, and fees in their own pot.

Old instalments are never rewritten. A decision told later posts one line, ``recalculation``, for
all that was due before it was told: arrears with no missed payment. Days are ordinals and exact
amounts are units (see schedule.py); what is posted is whole pence, rounded once.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

from arrears.core import rates
from arrears.core.derived import adjustments_of
from arrears.core.facts import AdjustmentKind, CaseFacts
from arrears.core.in_force import services_in_order
from arrears.core.results import Cover, Kind, Part
from arrears.core.schedule import FAR, UNITS, Run, Timeline, full_units, round_units, runs, told_order
from cases.core.facts import Decision, Perspective, ServiceType

BASIS = 10_000  # a fee rate is in hundredths of a percent
REDUCES = frozenset(AdjustmentKind) - {AdjustmentKind.CORRECTION_UP}


class Post:
    """A posted entry that is not an instalment, while payments are being set against it.

    Amounts in pence, days ordinals. ``out`` and ``fee_out`` are what is still to be covered.
    """

    __slots__ = ("amount", "covers", "day", "fact_id", "fee", "fee_covers", "fee_out", "kind", "out", "told")

    def __init__(self, kind: Kind, day: int, amount: int, fact_id: str, fee: int = 0) -> None:
        self.kind = kind
        self.day = day
        self.amount = amount
        self.out = amount if amount > 0 else 0
        self.fact_id = fact_id
        self.fee = fee
        self.fee_out = fee if fee > 0 else 0
        self.covers: Sequence[Cover] = ()
        self.fee_covers: Sequence[Cover] = ()
        self.told: Decision | None = None  # the decision behind an initial or recalculation entry


class Instalments:
    """The posted instalments in order of date, as parallel lists: one place in all of them is one instalment.

    Ten years of weeks are 520 of them, nearly all alike. Lists that grow by whole stretches cost a
    tenth of what as many objects do.
    """

    __slots__ = ("amounts", "days", "fact_ids", "fees", "runs")

    def __init__(self) -> None:
        self.days: list[int] = []
        self.amounts: list[int] = []
        self.fees: list[int] = []
        self.fact_ids: list[str] = []
        self.runs: list[
            tuple[Run, int, int]
        ] = []  # the schedules, each with its first place and the one after its last

    def run(self, place: int) -> Run:
        """The schedule of an instalment."""
        return self.runs[bisect_right(self.runs, place, key=itemgetter(2))][0]

    def add(self, days: Sequence[int], amount: int, fee: int, fact_id: str) -> None:
        """Post one instalment on each of these days; nil ones are not posted."""
        if amount:
            self.days += days
            self.amounts += repeat(amount, len(days))
            self.fees += repeat(fee, len(days))
            self.fact_ids += repeat(fact_id, len(days))


class Postings(NamedTuple):
    """What falls due up to a horizon: instalments in order of date, and every other entry."""

    instalments: Instalments
    others: list[Post]
    restated_units: int


class Told(NamedTuple):
    """A decision as it was told: the one that it replaces from its effective date (or none), and until when."""

    decision: Decision
    old: Decision | None
    start: int
    stop: int


def _as_told(decisions: list[Decision]) -> list[Told]:
    """Each decision in the order told, with what was known until then about the days it speaks of."""
    line = Timeline()
    found = []
    for decision in decisions:
        start = decision.effective_on.toordinal()
        found.append(Told(decision, line.in_force(start), start, line.next_start(start)))
        line.tell(decision)
    return found


class Book:
    """The known facts, arranged for posting: decisions as told, due dates, fee days."""

    def __init__(self, facts: CaseFacts, until: int) -> None:
        self.facts = facts
        self.told = _as_told(sorted(facts.decisions, key=told_order))
        self.notified = [told.decision.notified_on.toordinal() for told in self.told]
        self.runs = runs(facts.schedules, until)
        self.first_due = min((s.first_due_on.toordinal() for s in facts.schedules), default=FAR)
        self.fees = fee_steps(facts)

    def fee_rate(self, day: int) -> int:
        """The collection fee for an instalment due on ``day``, in hundredths of a percent."""
        place = bisect_right(self.fees, (day, BASIS)) - 1
        return self.fees[place][1] if place >= 0 else 0

    def next_fee(self, day: int) -> int:
        """The first day after ``day`` on which the collection fee changes."""
        place = bisect_right(self.fees, (day, BASIS))
        return self.fees[place][0] if place < len(self.fees) else FAR

    def next_told(self, day: int) -> int:
        """The first day after ``day`` on which a decision is told."""
        place = bisect_right(self.notified, day)
        return self.notified[place] if place < len(self.notified) else FAR


def fee_steps(facts: CaseFacts) -> list[tuple[int, int]]:
    """From which day which collection fee is charged, in hundredths of a percent; [] where never.

    Only a paying parent's file posts it: a share of each instalment that falls due under Collect and
    Pay, owed to CMS, due even if the payment is missed (SI 2014/612 reg 7; rates.toml).
    """
    if facts.perspective is not Perspective.PAYING:
        return []
    service = [
        (period.from_on.toordinal(), period.type is ServiceType.COLLECT_AND_PAY)
        for period in services_in_order(facts.services)
    ]
    if not any(collects for _, collects in service):
        return []
    charge = rates.collection_fee_steps()
    days = sorted({day for day, _ in service} | {day for day, _ in charge[1:]})
    steps = []
    for day in days:
        collected = [on for start, on in service if start <= day]
        rate = [hundredths for start, hundredths in charge if start <= day] or [charge[0][1]]
        steps.append((day, rate[-1] if collected and collected[-1] else 0))
    return steps


def post(book: Book, until: int, horizon: int) -> Postings:
    """Post everything that falls due up to ``until``, and the instalments up to ``horizon`` (ordinals).

    ``restated_units`` is the exact value of the instalments and of the days before the first due
    date up to ``until``, had everything been known all along (``restated_due`` of section 2).
    """
    instalments, exact = _instalments(book, until, horizon)
    others = [*_openings(book, until), *_adjustments(book, until)]
    others.sort(key=lambda one: (-one.amount, one.fact_id))
    for place, told in enumerate(book.told):
        change = _change(book, told, Kind.RECALCULATION if place else Kind.INITIAL, until)
        exact += change.restated_units
        if change.post is not None:
            others.append(change.post)
    return Postings(instalments, others, exact)


def ahead(book: Book, after: int) -> tuple[Instalments, int]:
    """The instalments of the book's horizon, and the place of the first that is due after ``after``."""
    posted = _instalments(book, after, FAR)[0]
    return posted, bisect_right(posted.days, after)


def _instalments(book: Book, until: int, horizon: int) -> tuple[Instalments, int]:
    """Each instalment due by ``horizon``, valued under the decisions told on or before its due date.

    With it the exact value, in units, of those due by ``until``.
    """
    posted = Instalments()
    line, told = Timeline(), 0
    exact = 0
    for run in book.runs:
        dues, first = run.dues, len(posted.days)
        count = bisect_right(dues, horizon, hi=run.size)
        place = 0
        while place < count:
            due = dues[place]
            while told < len(book.told) and book.notified[told] <= due:
                line.tell(book.told[told].decision)
                told += 1
            decision, rate = line.in_force(due), book.fee_rate(due)
            after = min(_alike(book, line, run, place), count)
            if after > place:
                units = full_units(decision, run.schedule.frequency) if decision else 0
            else:  # another decision begins within it, or the next schedule cuts it short
                units = line.value(run, place)
                after = place + 1
            exact += units * (bisect_right(dues, until, place, after) - place)
            # Without a decision on the due date itself, one begins within the instalment: the first.
            fact = decision or (line.decisions[0] if line.decisions else None)
            fee = round_units(units * rate, UNITS * BASIS)
            posted.add(dues[place:after], round_units(units), fee, fact.id if fact else "")
            place = after
        posted.runs.append((run, first, len(posted.days)))
    return posted, exact


def _alike(book: Book, line: Timeline, run: Run, place: int) -> int:
    """The place after the last instalment of a stretch in which all are alike from ``place`` on.

    One decision covers every day of them, none is told meanwhile, and the fee does not change.
    Not after ``place`` where not even that one is whole.
    """
    due = run.dues[place]
    whole = bisect_right(run.dues, min(line.next_start(due), run.limit), place) - 1
    return min(whole, bisect_left(run.dues, min(book.next_told(due), book.next_fee(due)), place))


class Stretch(NamedTuple):
    """Days within one instalment (or before the first due date: ``run`` None) that a decision changes.

    ``start`` and ``stop`` are ordinals, ``stop`` excluded; ``old`` and ``new`` units for a full
    instalment of ``natural`` days (a week, before the first due date).
    """

    run: Run | None
    due: int
    start: int
    stop: int
    natural: int
    old: int
    new: int

    @property
    def change(self) -> int:
        """The exact change in units."""
        return (self.new - self.old) * (self.stop - self.start) // self.natural


class DecisionChange(NamedTuple):
    """What one decision adds: the entry to post (None if nil or not yet), and to the restated total."""

    post: Post | None
    restated_units: int


def stretches(book: Book, told: Told, until: int) -> Iterator[Stretch]:
    """The days whose liability a decision changed after they fell due.

    The new decision runs from its effective date to the next one; before it was told, one other
    decision (or none) was in force over all of those days. Only instalments due before it was
    told, and by ``until``, count: later ones are posted at the new amount.
    """
    before = _before_first_due(book, told)
    if before is not None:
        yield before
    for run in book.runs:
        for place in _touched(run, told, until):
            stretch = _stretch(run, place, told)
            if stretch.start < stretch.stop:
                yield stretch


def _before_first_due(book: Book, told: Told) -> Stretch | None:
    """The days before the first due date, for which liability runs by the day."""
    if not told.start < book.first_due < FAR:
        return None
    old = told.old.weekly * UNITS if told.old else 0
    return Stretch(None, 0, told.start, min(told.stop, book.first_due), 7, old, told.decision.weekly * UNITS)


def _touched(run: Run, told: Told, until: int) -> range:
    """The places of the instalments that had fallen due when the decision was told, and have days it speaks of."""
    last = min(told.stop - 1, until, told.decision.notified_on.toordinal() - 1)
    return range(max(bisect_right(run.dues, told.start) - 1, 0), bisect_right(run.dues, last, hi=run.size))


def _stretch(run: Run, place: int, told: Told) -> Stretch:
    """The days of one instalment of which a decision speaks."""
    due, frequency = run.dues[place], run.schedule.frequency
    old = full_units(told.old, frequency) if told.old else 0
    start, stop = max(due, told.start), min(run.end(place), told.stop)
    return Stretch(run, due, start, stop, run.dues[place + 1] - due, old, full_units(told.decision, frequency))


def _changed(book: Book, told: Told, until: int) -> tuple[int, int]:
    """What all the stretches of a decision come to, in units, and the fee on it.

    Instalments in the middle change by their full amount, so they are counted and not visited: fifty
    decisions about forty years of weeks cost fifty steps.
    """
    before = _before_first_due(book, told)
    units = before.change if before else 0
    fee_units = 0
    for run in book.runs:
        dues, touched = run.dues, _touched(run, told, until)
        place = touched.start
        while place < touched.stop:
            stretch = _stretch(run, place, told)
            after = place + 1
            if stretch.stop - stretch.start == stretch.natural:
                whole = bisect_right(dues, min(told.stop, run.limit), place) - 1
                after = min(whole, bisect_left(dues, book.next_fee(stretch.due), place), touched.stop)
            change = stretch.change * (after - place) if stretch.start < stretch.stop else 0
            units += change
            fee_units += change * book.fee_rate(stretch.due)
            place = after
    return units, fee_units


def _change(book: Book, told: Told, kind: Kind, until: int) -> DecisionChange:
    """Post the ``initial`` or ``recalculation`` entry of one decision (rules section 2)."""
    decision = told.decision
    posted_on = max(decision.notified_on.toordinal(), book.first_due)
    units, fee_units = _changed(book, told, until)
    restated = units if book.first_due <= until else 0
    amount, fee = round_units(units), round_units(fee_units, UNITS * BASIS)
    if posted_on > until or not (amount or fee):
        return DecisionChange(None, restated)
    entry = Post(kind, posted_on, amount, decision.id, fee)
    entry.told = decision
    return DecisionChange(entry, restated)


def _openings(book: Book, until: int) -> Iterator[Post]:
    """Balances brought in, dated as given."""
    for opening in book.facts.openings:
        day = opening.on.toordinal()
        if day <= until and opening.amount:
            yield Post(Kind.OPENING, day, opening.amount, opening.id)


def _adjustments(book: Book, until: int) -> Iterator[Post]:
    """Corrections, write-offs and other credits, dated as given; all but correction_up reduce."""
    for adjustment in adjustments_of(book.facts):
        day = adjustment.on.toordinal()
        if day <= until and adjustment.amount:
            sign = -1 if adjustment.kind in REDUCES else 1
            yield Post(Kind(adjustment.kind.value), day, sign * adjustment.amount, adjustment.id)


def told_as(book: Book, decision: Decision) -> Told:
    """One of the book's decisions as it was told."""
    return next(one for one in book.told if one.decision == decision)


def working(book: Book, decision: Decision, until: int) -> tuple[Part, ...]:
    """The working of a decision's entry: which days, at which two rates, for a person to check."""
    told = told_as(book, decision)
    old_weekly = told.old.weekly if told.old else 0
    return tuple(
        _part(stretch, old_weekly, decision.weekly) for stretch in stretches(book, told, until) if stretch.change
    )


def _part(stretch: Stretch, old_weekly: int, new_weekly: int) -> Part:
    day = dt.date.fromordinal
    return Part(
        due_on=day(stretch.due) if stretch.run is not None else None,
        from_on=day(stretch.start),
        to_on=day(stretch.stop - 1),
        days=stretch.stop - stretch.start,
        natural_days=stretch.natural,
        old=Fraction(stretch.old, UNITS),
        new=Fraction(stretch.new, UNITS),
        old_weekly=old_weekly,
        new_weekly=new_weekly,
        change=Fraction(stretch.change, UNITS),
    )
