"""Everything that falls due, with its cause (rules section 2): amounts, and fees in their own pot.

Old instalments are never rewritten. A decision told later posts one line, ``recalculation``, for
all that was due before it was told: arrears with no missed payment. Days are ordinals and exact
amounts are units (see schedule.py); what is posted is whole pence, rounded once.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from arrears.core import rates
from arrears.core.derived import adjustments_of
from arrears.core.facts import AdjustmentKind, CaseFacts
from arrears.core.in_force import services_in_order
from arrears.core.results import Cover, Kind, Part
from arrears.core.schedule import FAR, UNITS, Run, Timeline, full_units, round_units, runs, timelines, told_order
from cases.core.facts import Decision, Perspective, Schedule, ServiceType

BASIS = 10_000  # a fee rate is in hundredths of a percent
_INSTALMENT = Kind.INSTALMENT  # looking a member up in its class is slow on Python 3.11
REDUCES = frozenset(AdjustmentKind) - {AdjustmentKind.CORRECTION_UP}


class Post:
    """One posted entry while payments are being set against it. Amounts in pence, days ordinals.

    ``out`` and ``fee_out`` are what is still to be covered. ``run`` is the schedule of an
    instalment, None for every other kind.
    """

    __slots__ = (
        "amount", "covered", "covers", "day", "fact_id", "fee", "fee_covers", "fee_out", "kind", "out", "run",
        "second", "told",
    )  # fmt: skip

    def __init__(self, kind: Kind, day: int, amount: int, fact_id: str, fee: int, run: Run | None) -> None:
        self.kind = kind
        self.day = day
        self.amount = amount
        self.out = amount if amount > 0 else 0
        self.fact_id = fact_id
        self.fee = fee
        self.fee_out = fee if fee > 0 else 0
        self.run = run
        self.covers: list[Cover] = []
        self.fee_covers: list[Cover] | None = None
        self.covered = 0  # the day of the last cover
        self.second = 0  # pence covered by credit of the second kind
        self.told: Decision | None = None  # the decision behind an initial or recalculation entry

    @property
    def schedule(self) -> Schedule:
        """The schedule of an instalment."""
        if self.run is None:
            raise TypeError(f"{self.kind} has no schedule")
        return self.run.schedule


class Postings(NamedTuple):
    """What falls due up to a horizon: instalments in order of date, and every other entry."""

    instalments: list[Post]
    others: list[Post]
    restated_units: int


class Book:
    """The known facts, arranged for posting: decisions as told, timelines, schedules, fee days."""

    def __init__(self, facts: CaseFacts, until: int) -> None:
        self.facts = facts
        self.told = sorted(facts.decisions, key=told_order)
        self.lines = timelines(self.told)
        self.notified = [decision.notified_on.toordinal() for decision in self.told]
        self.runs = runs(facts.schedules, until)
        self.first_due = min((s.first_due_on.toordinal() for s in facts.schedules), default=FAR)
        self.fees = fee_steps(facts)

    def fee_rate(self, day: int) -> int:
        """The collection fee for an instalment due on ``day``, in hundredths of a percent."""
        place = bisect_right(self.fees, (day, BASIS)) - 1
        return self.fees[place][1] if place >= 0 else 0

    def next_change(self, day: int) -> int:
        """The first day after ``day`` on which a decision is told or the fee changes."""
        told = bisect_right(self.notified, day)
        fee = bisect_right(self.fees, (day, BASIS))
        return min(
            self.notified[told] if told < len(self.notified) else FAR,
            self.fees[fee][0] if fee < len(self.fees) else FAR,
        )


def fee_steps(facts: CaseFacts) -> list[tuple[int, int]]:
    """From which day which collection fee is charged, in hundredths of a percent; [] where never.

    Only a paying parent's file posts it: a share of each instalment that falls due under Collect and
    Pay, owed to CMS, due even if the payment is missed (SI 2014/612 reg 7; rates.toml).
    """
    collects = any(period.type is ServiceType.COLLECT_AND_PAY for period in facts.services)
    if facts.perspective is not Perspective.PAYING or not collects:
        return []
    service = [
        (period.from_on.toordinal(), period.type is ServiceType.COLLECT_AND_PAY)
        for period in services_in_order(facts.services)
    ]
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
    for place in range(len(book.told)):
        change = _change(book, place, until)
        exact += change.restated_units
        if change.post is not None:
            others.append(change.post)
    return Postings(instalments, others, exact)


def ahead(book: Book, after: int) -> list[Post]:
    """The instalments of the book's horizon that fall due after ``after``."""
    return [one for one in _instalments(book, after, FAR)[0] if one.day > after]


def _instalments(book: Book, until: int, horizon: int) -> tuple[list[Post], int]:
    """Each instalment due by ``horizon``, valued under the decisions told on or before its due date.

    With it the exact value, in units, of those due by ``until``.
    """
    posts: list[Post] = []
    exact = 0
    instalment = _INSTALMENT
    for run in book.runs:
        dues, limit = run.dues, run.limit
        steady, stop, usual, pence, usual_fee, fact_id = 0, 0, 0, 0, 0, ""
        for place in range(bisect_right(dues, horizon, hi=run.size)):
            due, following = dues[place], dues[place + 1]
            if due >= steady:
                line = book.lines[bisect_right(book.notified, due)]
                stop, usual, fact_id = _stretch(line, run, due)
                rate = book.fee_rate(due)
                pence, usual_fee = round_units(usual), round_units(usual * rate, UNITS * BASIS)
                steady = min(stop, book.next_change(due))
            if following <= stop and following <= limit:
                units, amount, fee = usual, pence, usual_fee
            else:
                units = line.value(run, place)
                amount, fee = round_units(units), round_units(units * rate, UNITS * BASIS)
            if due <= until:
                exact += units
            if amount:
                posts.append(Post(instalment, due, amount, fact_id, fee, run))
    return posts, exact


def _stretch(line: Timeline, run: Run, day: int) -> tuple[int, int, str]:
    """Until when the decision in force on ``day`` holds, its full instalment, and its id."""
    place = line.place(day)
    stop = line.next_start(day)
    if place < 0:
        # No liability on the due date itself: a decision may still begin within the instalment.
        return stop, 0, line.decisions[0].id if line.decisions else ""
    decision = line.decisions[place]
    return stop, full_units(decision, run.schedule.frequency), decision.id


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


def stretches(book: Book, place: int, until: int) -> Iterator[Stretch]:
    """The days whose liability the decision at ``place`` (in the order told) changed after they fell due.

    The new decision runs from its effective date to the next one; before it was told, one other
    decision (or none) was in force over all of those days. Only instalments due before it was
    told, and by ``until``, count: later ones are posted at the new amount.
    """
    decision = book.told[place]
    start = decision.effective_on.toordinal()
    stop = book.lines[place + 1].next_start(start)
    old = book.lines[place].in_force(start)
    if start < book.first_due < FAR:
        before = min(stop, book.first_due)
        old_weekly = old.weekly * UNITS if old else 0
        yield Stretch(None, 0, start, before, 7, old_weekly, decision.weekly * UNITS)
    last = min(stop - 1, until, book.notified[place] - 1)
    for run in book.runs:
        frequency = run.schedule.frequency
        old_full = full_units(old, frequency) if old else 0
        new_full = full_units(decision, frequency)
        dues = run.dues
        for at in range(max(bisect_right(dues, start) - 1, 0), run.size):
            due = dues[at]
            if due > last:
                break
            first, end = max(due, start), min(run.end(at), stop)
            if first < end:
                yield Stretch(run, due, first, end, dues[at + 1] - due, old_full, new_full)


def _change(book: Book, place: int, until: int) -> DecisionChange:
    """Post the ``initial`` or ``recalculation`` entry of one decision (rules section 2)."""
    decision = book.told[place]
    posted_on = max(book.notified[place], book.first_due)
    units = fee_units = restated = 0
    for stretch in stretches(book, place, until):
        change = stretch.change
        units += change
        if stretch.run is not None:
            fee_units += change * book.fee_rate(stretch.due)
    restated = units if book.first_due <= until else 0
    amount, fee = round_units(units), round_units(fee_units, UNITS * BASIS)
    if posted_on > until or not (amount or fee):
        return DecisionChange(None, restated)
    entry = Post(Kind.RECALCULATION if place else Kind.INITIAL, posted_on, amount, decision.id, fee, None)
    entry.told = decision
    return DecisionChange(entry, restated)


def _openings(book: Book, until: int) -> Iterator[Post]:
    """Balances brought in, dated as given."""
    for opening in book.facts.openings:
        day = opening.on.toordinal()
        if day <= until and opening.amount:
            yield Post(Kind.OPENING, day, opening.amount, opening.id, 0, None)


def _adjustments(book: Book, until: int) -> Iterator[Post]:
    """Corrections, write-offs and other credits, dated as given; all but correction_up reduce."""
    for adjustment in adjustments_of(book.facts):
        day = adjustment.on.toordinal()
        if day <= until and adjustment.amount:
            sign = -1 if adjustment.kind in REDUCES else 1
            yield Post(Kind(adjustment.kind.value), day, sign * adjustment.amount, adjustment.id, 0, None)


def working(book: Book, decision: Decision, until: int) -> tuple[Part, ...]:
    """The working of a decision's entry: which days, at which two rates, for a person to check."""
    place = book.told.index(decision)
    old = book.lines[place].in_force(decision.effective_on.toordinal())
    old_weekly = old.weekly if old else 0
    return tuple(
        _part(stretch, old_weekly, decision.weekly) for stretch in stretches(book, place, until) if stretch.change
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
