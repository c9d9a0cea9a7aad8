"""The few facts of a case that decide what can be done next. Small values only: every combination can be tried.

They stand in facets. Every rule reads the ``Ground`` and the facets that its group names, and nothing
else (see ``rules``), so that trying each group over its own facets tries the whole product of facts.
What the sentences say beside them, days and figures, is in ``Known`` and decides nothing.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cases.core.facts import Nation, Perspective
from correspondence.core.steps.fact import Fact


class Service(StrEnum):
    """How the money is handled. ``PRIVATE``: the parents agreed it between themselves, without CMS."""

    UNKNOWN = "unknown"
    PRIVATE = "private"
    DIRECT = "direct"
    COLLECT = "collect"


class PlanKept(StrEnum):
    """How the repayment plan stands.

    ``COMING``: put forward, or agreed and not begun. ``UNSAID``: it began, and the record does not say
    what came. ``OVER``: completed or ended, and nothing took its place.
    """

    NONE = "none"
    COMING = "coming"
    UNSAID = "unsaid"
    KEPT = "kept"
    AT_RISK = "at_risk"
    BROKEN = "broken"
    OVER = "over"


class Life(StrEnum):
    """Whether the case goes on. ``DIED``: the other parent has died."""

    OPEN = "open"
    CLOSED = "closed"
    DIED = "died"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every rule may read.

    ``needs_care``: somebody is worried about the other parent, or said which ways of reaching them are
    safe; then nothing is offered that needs the two parents to speak.
    """

    side: Perspective
    service: Service = Service.UNKNOWN
    is_owed: bool = False
    plan: PlanKept = PlanKept.NONE
    life: Life = Life.OPEN
    needs_care: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the record holds. ``is_quiet``: a payment fell due of which it says nothing."""

    has_decision: bool = True
    has_dates: bool = True
    is_quiet: bool = False


class Cause(StrEnum):
    """Where the arrears come from, as far as the record shows."""

    NONE = "none"
    MISSED = "missed"
    BACKDATED = "backdated"
    BOTH = "both"
    UNKNOWN = "unknown"


class Figure(StrEnum):
    """CMS's own figure beside the one worked out here."""

    NONE = "none"
    SAME = "same"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """The money itself. ``has_unreported``: a payment was missed or short, and CMS has not been told.

    ``is_stuck``: money on its way through CMS is late.
    """

    cause: Cause = Cause.NONE
    figure: Figure = Figure.NONE
    has_unreported: bool = False
    is_overpaid: bool = False
    is_stuck: bool = False


class Length(StrEnum):
    """How long a plan takes: within two years, longer, or never to an end."""

    UNKNOWN = "unknown"
    WITHIN = "within"
    LONGER = "longer"
    ENDLESS = "endless"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What else there is of the plan: its length, and a budget of the person's own."""

    length: Length = Length.UNKNOWN
    has_budget: bool = False


class Asked(StrEnum):
    """A request to move to Collect and Pay."""

    NONE = "none"
    WAITING = "waiting"
    REFUSED = "refused"


class Deduction(StrEnum):
    """Money taken from pay, benefits or a bank account."""

    NONE = "none"
    ASKED = "asked"
    RUNNING = "running"
    FAILED = "failed"


class Order(StrEnum):
    """A liability order."""

    NONE = "none"
    APPLIED = "applied"
    GRANTED = "granted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collecting:
    """What was tried, asked and refused. ``has_notice``: the paying parent was warned in the last twelve months."""

    asked: Asked = Asked.NONE
    is_unlikely: bool = False
    has_notice: bool = False
    deduction: Deduction = Deduction.NONE
    order: Order = Order.NONE


class Served(StrEnum):
    """The latest paper that asks the paying parent for an answer."""

    NONE = "none"
    SAID_MISSED = "said_missed"
    BANK_ORDER = "bank_order"
    COURT_PAPERS = "court_papers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What was served. ``nation`` decides here, because the courts differ."""

    served: Served = Served.NONE
    nation: Nation = Nation.ENGLAND


class Decided(StrEnum):
    """How far a challenge to a decision about the amount has come."""

    NONE = "none"
    IN_TIME = "in_time"
    LATE = "late"
    TOO_LATE = "too_late"
    ASKED = "asked"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    TRIBUNAL = "tribunal"


class Complained(StrEnum):
    """How far a complaint about the service has come."""

    NONE = "none"
    WAITING = "waiting"
    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    FINAL = "final"
    EXAMINER = "examiner"
    EXAMINED = "examined"
    OMBUDSMAN = "ombudsman"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenged:
    """The two routes, kept apart: a decision about the amount, and the service."""

    decision: Decided = Decided.NONE
    complaint: Complained = Complained.NONE


class Part(StrEnum):
    """A part payment in full and final settlement."""

    NONE = "none"
    OFFERED = "offered"
    CONSENTED = "consented"
    TO_PAY = "to_pay"
    UNPAID = "unpaid"
    PAID = "paid"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Notice(StrEnum):
    """A notice that arrears may be written off."""

    NONE = "none"
    WRITE_OFF = "write_off"
    CSA = "csa"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """Settlements and write-offs."""

    part: Part = Part.NONE
    notice: Notice = Notice.NONE
    has_csa_debt: bool = False


class Ended(StrEnum):
    """What ended the maintenance itself, where anything did. The arrears do not end with it."""

    NONE = "none"
    CHILD_LEFT = "child_left"
    CALCULATION = "calculation"
    NOT_WANTED = "not_wanted"


class Private(StrEnum):
    """A private (family-based) arrangement."""

    NONE = "none"
    KEPT = "kept"
    BROKE = "broke"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endings:
    """What began outside CMS, and what ended."""

    ended: Ended = Ended.NONE
    private: Private = Private.NONE


class Promised(StrEnum):
    """Promises that CMS or somebody else made, whose day has come."""

    NONE = "none"
    DUE = "due"
    OVERDUE = "overdue"
    MANY = "many"


class Adviser(StrEnum):
    """Whether somebody acts for the parent."""

    NONE = "none"
    MAY_ACT = "may_act"
    NO_AUTHORITY = "no_authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was promised and written, and who may speak for the parent."""

    promised: Promised = Promised.NONE
    is_reply_late: bool = False
    adviser: Adviser = Adviser.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Days and figures for the words, by the fact that they belong to. They decide nothing.

    ``amounts`` are whole pence. ``on`` is the day of the answer.
    """

    on: dt.date | None = None
    days: Mapping[Fact, dt.date] = field(default_factory=dict)
    amounts: Mapping[Fact, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Every fact that decides, in its facets. ``known`` holds the words' days and figures."""

    ground: Ground
    start: Start = Start()
    money: Money = Money()
    plan: Plan = Plan()
    collecting: Collecting = Collecting()
    papers: Papers = Papers()
    challenged: Challenged = Challenged()
    settling: Settling = Settling()
    endings: Endings = Endings()
    said: Said = Said()
    known: Known = Known()
