"""Liability orders: a sum for a period, held against the ledger's own figure for that period.

An order says that so much fell due between two days and was not paid. The ledger's figure for it is
what fell due on those days, by kind, and was still outstanding on the day the order was applied for
(or granted, where that is all that is known). A decision about the past is not counted by the day it
was told but by the days it is about: of what is still open of it, the share of those days. Each
such share is rounded once. What came back when CMS cancelled a settlement, or no longer counted a
payment, is old arrears of days that nobody named: it is in no period and after none. The buckets
always add up to what is outstanding.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from arrears.core.derived import brought_back
from arrears.core.facts import CaseFacts
from arrears.core.other_facts import LiabilityOrder, StepKind
from arrears.core.position import position, working
from arrears.core.results import Entry, Kind, Part, Position
from cms_tracker.money import round_half_up


class Buckets(NamedTuple):
    """What is outstanding on a day, in pence, by when it fell due: before a period, within it, after it.

    ``from_settlements`` and ``from_claims`` are what came back: it may belong to any of the three.
    """

    before: int
    within: int
    after: int
    from_settlements: int = 0
    from_claims: int = 0

    @property
    def came_back(self) -> int:
        """What of it came back, in pence."""
        return self.from_settlements + self.from_claims


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCheck:
    """An order beside the ledger, in pence; neither figure is ever put in the other's place.

    ``difference`` = ours - theirs, on the day ``stands_on``. ``then`` is the ledger that day,
    ``now`` on the day asked about. ``days`` counts the period, both ends included.
    """

    order: LiabilityOrder
    stands_on: dt.date
    on: dt.date
    days: int
    theirs: int
    ours: int
    difference: int
    then: Buckets
    now: Buckets


def stands_on(order: LiabilityOrder) -> dt.date:
    """The day the order's sum speaks of: when it was applied for, else when it was granted."""
    return order.applied_on or order.granted_on


def check(facts: CaseFacts, order: LiabilityOrder, *, on: dt.date, known_on: dt.date) -> OrderCheck:
    """Hold an order against the ledger of its own day and of ``on``, by what is known on ``known_on``."""
    day = stands_on(order)
    then = buckets(facts, order, at=position(facts, on=day, known_on=known_on))
    now = buckets(facts, order, at=position(facts, on=on, known_on=known_on))
    return OrderCheck(
        order=order,
        stands_on=day,
        on=on,
        days=(order.to_on - order.from_on).days + 1,
        theirs=order.amount,
        ours=then.within,
        difference=then.within - order.amount,
        then=then,
        now=now,
    )


def buckets(facts: CaseFacts, order: LiabilityOrder, *, at: Position) -> Buckets:
    """Split what is outstanding at a position by when it fell due, around the period of an order."""
    before = within = 0
    came_back = {StepKind.CANCELLED: 0, StepKind.WITHDRAWN: 0}
    back = brought_back(facts)
    for entry in at.entries:
        if not entry.outstanding:
            continue
        if (way := back.get(entry.fact_id)) is not None:
            came_back[way] += entry.outstanding
            continue
        if entry.kind in {Kind.INITIAL, Kind.RECALCULATION}:
            parts = working(facts, entry, on=at.on, known_on=at.known_on)
            early, inside = _shares(entry, parts, order)
        else:
            early = entry.outstanding if entry.on < order.from_on else 0
            inside = entry.outstanding if order.from_on <= entry.on <= order.to_on else 0
        before, within = before + early, within + inside
    after = at.outstanding - before - within - sum(came_back.values())
    return Buckets(before, within, after, came_back[StepKind.CANCELLED], came_back[StepKind.WITHDRAWN])


def _shares(entry: Entry, parts: Iterable[Part], order: LiabilityOrder) -> tuple[int, int]:
    """Of what is open of a decision about the past: what belongs before the period, and within it.

    Only days that add count, so that a share is never below nothing or above the whole.
    """
    days = [_days(part, order) for part in parts if part.change > 0]
    whole = sum((amount for split in days for amount in split), Fraction(0))
    upto = round_half_up(entry.outstanding * sum((early + inside for early, inside, _ in days), Fraction(0)) / whole)
    early = round_half_up(entry.outstanding * sum((one[0] for one in days), Fraction(0)) / whole)
    return early, upto - early


def _days(part: Part, order: LiabilityOrder) -> tuple[Fraction, Fraction, Fraction]:
    """The change of one line, split around the period: an instalment by its due date, other days one by one."""
    if part.due_on is not None:
        place = 0 if part.due_on < order.from_on else 1 if part.due_on <= order.to_on else 2
        early, inside, late = (part.change if place == one else Fraction(0) for one in range(3))
        return early, inside, late
    a_day = part.change / part.days
    first, last = part.from_on.toordinal(), part.to_on.toordinal()
    start, stop = order.from_on.toordinal(), order.to_on.toordinal()
    early_days = max(0, min(last, start - 1) - first + 1)
    inside_days = max(0, min(last, stop) - max(first, start) + 1)
    return (a_day * early_days, a_day * inside_days, a_day * (part.days - early_days - inside_days))
