"""The money facts of a case, and the whole set of facts that the engine reads.

Values only. Amounts are whole pence (``int``) and positive; what an amount does follows from its
kind. ``recorded_on`` is the day from which a fact is known; the shell fills it with the fact's
own date where the case file leaves it out. ``id`` names the fact (a row's key, or its path in a
case file) so that every explanation can point at it.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from arrears.core.other_facts import Budget, Claim, LiabilityOrder, OtherMoney, Settlement, Step
from arrears.core.transit_facts import Leg
from cases.core.facts import AllocationRule, Decision, Frequency, Perspective, Schedule, ServicePeriod, StruckOut


class Route(StrEnum):
    """How a payment travelled: straight to the parent, or through CMS before or after its fee."""

    DIRECT = "direct"
    VIA_CMS_RECEIVED = "via_cms_received"
    VIA_CMS_PAID = "via_cms_paid"


class AdjustmentKind(StrEnum):
    """A change to what is owed that is neither an instalment nor a payment."""

    CORRECTION_UP = "correction_up"
    CORRECTION_DOWN = "correction_down"
    WRITE_OFF = "write_off"
    OFFSET = "offset"
    SETTLEMENT = "settlement"
    VOLUNTARY_PAYMENT = "voluntary_payment"
    DIRECT_PAYMENT_ACCEPTED = "direct_payment_accepted"


MOST_STATEMENTS = 300  # a record, struck-out ones counted: each is put beside a sum of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBalance:
    """A balance brought in: a liability order, a CSA debt. Always known."""

    on: dt.date
    amount: int
    source: str = ""
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationPart:
    """A part of a payment that CMS or the payer said was for the amount due on ``due_on``."""

    due_on: dt.date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that was paid. It counts from ``paid_to_cms_on`` where CMS held it, else ``paid_on``."""

    paid_on: dt.date
    amount: int
    route: Route
    recorded_on: dt.date
    paid_to_cms_on: dt.date | None = None
    allocation: tuple[AllocationPart, ...] = ()
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A person noted what came, or that nothing did, for the instalment of ``due_on``."""

    due_on: dt.date
    noted_on: dt.date
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A correction, write-off, offset or other credit that CMS made on ``on``."""

    kind: AdjustmentKind
    on: dt.date
    amount: int
    recorded_on: dt.date
    reason: str = ""
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A figure that CMS (or a letter) gave for the arrears on the day ``as_at``."""

    stated_on: dt.date
    as_at: dt.date
    amount: int
    source: str = ""
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""


class PlanOrigin(StrEnum):
    """Who settled a plan: CMS and the parent, CMS alone, or a court."""

    NEGOTIATED = "negotiated"
    SET_BY_CMS = "set_by_cms"
    COURT_ORDER = "court_order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A repayment plan as CMS put it: each payment of ``total`` holds ``arrears_part``, in pence.

    ``cms_word`` is CMS's own word for it ("agreement", "arrangement"), kept beside ours; ``steps``
    are what CMS, or a court, said of it since.
    """

    agreed_on: dt.date
    first_payment_on: dt.date
    frequency: Frequency
    total: int
    arrears_part: int
    origin: PlanOrigin = PlanOrigin.NEGOTIATED
    cms_word: str = ""
    steps: tuple[Step, ...] = ()
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """Everything that decides a position. The order of the facts never changes an answer."""

    perspective: Perspective
    allocation_rule: AllocationRule = AllocationRule.ONGOING_FIRST
    services: tuple[ServicePeriod, ...] = ()
    decisions: tuple[Decision, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    openings: tuple[OpeningBalance, ...] = ()
    payments: tuple[Payment, ...] = ()
    observations: tuple[Observation, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    statements: tuple[Statement, ...] = ()
    plans: tuple[Plan, ...] = ()
    claims: tuple[Claim, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    orders: tuple[LiabilityOrder, ...] = ()
    other_money: tuple[OtherMoney, ...] = ()
    budgets: tuple[Budget, ...] = ()
    transits: tuple[Leg, ...] = ()
