"""What the engine says of a plan that is being paid: each payment of it, and how it stands.

Amounts are whole pence. The arrears part and ongoing maintenance are two ledgers, never mixed.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from arrears.core.other_facts import StepKind
from arrears.core.results import PlanState


class PlannedState(StrEnum):
    """How the arrears part of one planned payment stands on a day."""

    IN_TIME = "in_time"  # there by its day
    IN_GRACE = "in_grace"  # there after its day, within the days of grace
    LATE = "late"  # there, after the days of grace
    DUE = "due_today"
    WAITING = "waiting"  # not there in full; the days of grace still run
    SHORT = "short"  # the days of grace are over, and only a part came
    MISSED = "none_came"


class PlannedPayment(NamedTuple):
    """One payment of a plan that has fallen due, its arrears part first.

    ``came`` of ``asked`` went to the arrears; ``came_on`` is the day of the last of it. The ongoing
    maintenance that fell due from this payment up to the next stands beside it: ``ongoing_due``, and
    of that ``ongoing_short`` is not covered. It is never part of ``asked`` or ``came``.
    """

    number: int
    due_on: dt.date
    asked: int
    came: int
    came_on: dt.date | None
    grace_until: dt.date
    state: PlannedState
    ongoing_due: int
    ongoing_short: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStanding:
    """How a plan is being kept.

    ``ongoing_*`` and ``fees_short`` are about regular instalments due since the plan began;
    ``arrears_*`` about the plan's arrears part: what should have come by the day, what went to
    arrears. ``left`` is what of the arrears of the plan is still not covered. ``at_risk_until`` is the
    last day of grace where the plan is at risk. ``ended_on`` is the day on which another plan, or a
    word from CMS (``ended_by``), took it out of force. ``came_late`` counts payments that came after their days of
    grace. ``on_hold_since``: a court was asked to look at it on that day, and nothing came of it yet.
    """

    state: PlanState
    ongoing: PlanState
    arrears: PlanState
    ongoing_short: int = 0
    fees_short: int = 0
    arrears_asked: int = 0
    arrears_paid: int = 0
    came_ahead: int = 0
    left: int = 0
    payments_due: int = 0
    came_late: int = 0
    at_risk_until: dt.date | None = None
    ended_on: dt.date | None = None
    ended_by: StepKind | None = None
    completed_on: dt.date | None = None
    on_hold_since: dt.date | None = None
    payments: tuple[PlannedPayment, ...] = ()
