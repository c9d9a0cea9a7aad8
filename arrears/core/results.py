"""The engine's answers: what pages, lists, letters and commands show.

Values only, without a clock or a database. Amounts are whole pence (``int``), days are London
civil dates. The many small ones are named tuples because a ten-year weekly case makes a thousand
of them; all are read-only. ``fact_id`` names the fact behind a figure (``CaseFacts``' own ids), so
that every figure can be followed to where it comes from.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from cases.core.facts import Decision, Frequency


class Status(StrEnum):
    """How an instalment stands on a day (rules section 3). ``NOT_DUE`` is only for one to come."""

    PAID_ON_TIME = "paid_on_time"
    PAID_LATE = "paid_late"
    CLEARED = "cleared"
    DUE = "due"
    PART_PAID = "part_paid"
    MISSED = "missed"
    NOT_DUE = "not_due"


class Kind(StrEnum):
    """What an amount is (rules section 2), in the order in which equally old ones are covered."""

    OPENING = "opening"
    INSTALMENT = "instalment"
    INITIAL = "initial"
    RECALCULATION = "recalculation"
    CORRECTION_UP = "correction_up"
    CORRECTION_DOWN = "correction_down"
    WRITE_OFF = "write_off"
    OFFSET = "offset"
    SETTLEMENT = "settlement"
    VOLUNTARY_PAYMENT = "voluntary_payment"
    DIRECT_PAYMENT_ACCEPTED = "direct_payment_accepted"


class CauseKind(StrEnum):
    """Why a balance changed. The kinds are closed: there is no remainder (rules section 4)."""

    OPENING = "opening"
    INSTALMENT = "instalment"
    INITIAL = "initial"
    RECALCULATION = "recalculation"
    CORRECTION_UP = "correction_up"
    CORRECTION_DOWN = "correction_down"
    WRITE_OFF = "write_off"
    OFFSET = "offset"
    SETTLEMENT = "settlement"
    VOLUNTARY_PAYMENT = "voluntary_payment"
    DIRECT_PAYMENT_ACCEPTED = "direct_payment_accepted"
    PAYMENT = "payment"
    FEE = "fee"
    STRUCK_OUT = "struck_out"
    RECORDED_LATE = "recorded_late"


class CoverKind(StrEnum):
    """What kind of money covered an amount."""

    PAYMENT = "payment"
    FEE_RETURNED = "fee_returned"  # a collection fee taken back: money, credit of the first kind
    CREDIT = "credit"  # a write-off, a negative recalculation...: no evidence of paying


class Cover(NamedTuple):
    """``amount`` pence of something due, covered on day ``on`` by the fact ``payment_id``.

    ``payment_id`` is a payment's id, or for the other kinds the adjustment's or decision's id.
    ``on`` is the day on which it counted towards this amount: the day of the payment, or, where it
    lay in credit, the day the amount fell due.
    """

    payment_id: str
    on: dt.date
    amount: int
    kind: CoverKind = CoverKind.PAYMENT


class Part(NamedTuple):
    """One line of the working of an ``initial`` or ``recalculation`` entry, to be checked by hand.

    For an instalment ``due_on`` is its due date: of its ``natural_days`` days, ``days`` (those from
    ``from_on`` to ``to_on``, both included) change from ``old`` to ``new`` per full instalment:
    change = (new - old) x days / natural_days. For the days before the first due date ``due_on``
    is None, ``natural_days`` is 7 and ``old`` and ``new`` are the weekly amounts. ``old`` and
    ``new`` are exact pence; ``old_weekly`` and ``new_weekly`` whole pence a week (0: no liability).
    """

    due_on: dt.date | None
    from_on: dt.date
    to_on: dt.date
    days: int
    natural_days: int
    old: Fraction
    new: Fraction
    old_weekly: int
    new_weekly: int
    change: Fraction


class Instalment(NamedTuple):
    """A regular amount on its due date, and how it stands.

    ``fee`` is the collection fee posted with it (paying parent's file, Collect and Pay), 0
    otherwise; neither ``amount`` nor ``outstanding`` holds any of it. ``fact_id`` is the decision
    in force on the due date, ``schedule_id`` the payment dates it belongs to.
    """

    due_on: dt.date
    amount: int
    outstanding: int
    status: Status
    days_late: int
    covers: tuple[Cover, ...]
    fee: int
    fee_outstanding: int
    fact_id: str
    schedule_id: str
    frequency: Frequency

    @property
    def is_short(self) -> bool:
        """Say whether its day has passed and it is not covered in full: missed, or paid in part."""
        return self.status is Status.MISSED or self.status is Status.PART_PAID

    @property
    def has_money(self) -> bool:
        """Say whether a payment went to it; a write-off or another credit is no payment."""
        return any(cover.kind is CoverKind.PAYMENT for cover in self.covers)


class Entry(NamedTuple):
    """Something posted to the ledger of arrears on day ``on``, with its cause.

    ``amount`` is negative where it reduces what is owed; ``outstanding`` is what of it is still
    not covered (0 for negative entries). ``fee`` is the collection fee posted with it, may be
    negative. ``notified_on`` is the decision's, for ``initial`` and ``recalculation``.
    """

    kind: Kind
    on: dt.date
    amount: int
    outstanding: int
    fact_id: str
    covers: tuple[Cover, ...] = ()
    fee: int = 0
    fee_outstanding: int = 0
    notified_on: dt.date | None = None
    parts: tuple[Part, ...] = ()


class Use(NamedTuple):
    """Where a part of a payment went: ``what`` is the kind of amount, "fee" or "credit"."""

    what: str
    due_on: dt.date | None
    amount: int


class PaymentUse(NamedTuple):
    """A payment that counts: the day it counts, the pence it counts for, and where they went."""

    payment_id: str
    on: dt.date
    counted: int
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What is owed on a day, as known on a day (rules sections 2 and 3). All amounts in pence.

    Invariant: due + fees_due - paid = outstanding + fees_outstanding - credit.
    ``credit`` = ``credit_from_payments`` + ``credit_from_changes`` + ``paid_ahead``.
    ``credit_from_fees`` is the part of ``credit_from_payments`` that came back from collection fees.
    ``others`` are the posted entries that are not instalments; ``entries`` has both, in order.
    ``upcoming_covered`` are instalments not yet due to which money has already gone.
    """

    on: dt.date
    known_on: dt.date
    due: int
    fees_due: int
    paid: int
    outstanding: int
    overdue: int
    fees_outstanding: int
    credit: int
    credit_from_payments: int
    credit_from_changes: int
    paid_ahead: int
    restated_due: int
    by_cause: Mapping[str, int]
    ageing: Mapping[str, int]
    instalments: tuple[Instalment, ...]
    others: tuple[Entry, ...]
    upcoming_covered: tuple[Instalment, ...] = ()
    credit_from_fees: int = 0

    @property
    def recalculations(self) -> tuple[Entry, ...]:
        """The recalculations posted by the day, in the order in which they were told."""
        return tuple(entry for entry in self.others if entry.kind is Kind.RECALCULATION and entry.amount)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything posted by the day, instalments among the rest, oldest first."""
        every = [
            Entry(Kind.INSTALMENT, i.due_on, i.amount, i.outstanding, i.fact_id, i.covers, i.fee, i.fee_outstanding)
            for i in self.instalments
        ]
        return tuple(sorted([*every, *self.others], key=_entry_order))

    @property
    def net(self) -> int:
        """What is outstanding less credit, fees apart: the figure that section 4 explains."""
        return self.outstanding - self.credit


_KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}


def _entry_order(entry: Entry) -> tuple[dt.date, int]:
    return (entry.on, _KIND_ORDER[entry.kind])


class Due(NamedTuple):
    """An instalment still to come: when, how much in pence, and the collection fee on top of it."""

    due_on: dt.date
    amount: int
    fee: int = 0


class Happening(NamedTuple):
    """One thing that moved the balance on a day: an entry or a payment. ``amount`` moves ``owed``."""

    kind: CauseKind
    amount: int
    fact_id: str


class BalancePoint(NamedTuple):
    """The end of a day that changed the balance: ``owed`` is outstanding less credit, in pence."""

    on: dt.date
    owed: int
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One reason for a change: ``amount`` pence (negative: less owed), and one sentence.

    ``fact_id`` names the fact behind it. ``parts`` is the working of an initial or recalculated
    amount; each part can be checked by hand. ``decision`` is the one whose telling moved the balance.
    """

    kind: CauseKind
    on: dt.date
    amount: int
    text: str
    fact_id: str
    parts: tuple[Part, ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Why the balance (outstanding less credit, fees apart) differs between two views.

    ``before`` and ``after`` are pence; ``change`` = after - before = the sum of the causes, exactly.
    ``credit_before`` and ``credit_after`` are taken off in them; the rest of them is outstanding.
    """

    before: int
    after: int
    change: int
    causes: tuple[Cause, ...]
    credit_before: int = 0
    credit_after: int = 0


class Classification(StrEnum):
    """What a repayment plan amounts to by arithmetic (rules section 5)."""

    AGREEMENT = "agreement"
    ARRANGEMENT = "arrangement"
    INSUFFICIENT = "insufficient"
    NOTHING_OWED = "nothing_owed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVerdict:
    """What a repayment plan comes to. Amounts in pence; None where it has no meaning or was not asked.

    ``instalment`` is the arrears part of each payment (may be nil or negative where insufficient),
    ``total`` the whole payment where it was given. ``short_by`` is the smallest increase of each
    payment that would make it sufficient. ``payments_by_two_years`` and ``payments_by_review``
    count the payments that fit. ``share_of_net_income`` is an exact fraction of the income for the
    same interval (1/4 = a quarter).
    """

    classification: Classification
    arrears: int
    frequency: Frequency
    first_payment_on: dt.date
    instalment: int
    total: int | None
    payments: int | None
    last_payment_on: dt.date | None
    last_payment: int | None
    second_anniversary: dt.date
    payments_by_two_years: int
    needed_for_two_years: int
    left_at_two_years: int
    short_by: int | None = None
    review_on: dt.date | None = None
    payments_by_review: int | None = None
    needed_by_review: int | None = None
    net_income: int | None = None
    share_of_net_income: Fraction | None = None


class PlanRow(NamedTuple):
    """One payment of a plan: its number from 1, day, arrears part, and the arrears left after it."""

    number: int
    on: dt.date
    amount: int
    left: int


class PlanState(StrEnum):
    """How a plan stands (rules section 5)."""

    NOT_STARTED = "not_started"
    KEPT = "kept"
    AT_RISK = "at_risk"
    BROKEN = "broken"
    VARIED = "varied"
    COMPLETED = "completed"


class Explanation(NamedTuple):
    """Something that would explain (part of) a difference; never "is". ``amount`` is that part.

    ``amount`` is pence: theirs less ours, if it is so. ``times`` counts equal things of which any so
    many would do (two of seven payments of one amount); ``fact_ids`` names all seven, and ``days`` are
    their days. ``causes`` holds the parts of one that needs several things at once; their amounts add
    up to ``amount``.
    """

    kind: str
    amount: int
    text: str
    fact_ids: tuple[str, ...] = ()
    times: int = 1
    causes: tuple["Explanation", ...] = ()
    days: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """CMS's figure beside ours on the same day, in pence: ``difference`` = ours - theirs."""

    statement_id: str
    as_at: dt.date
    known_on: dt.date
    theirs: int
    ours: int
    difference: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCheck(Beside):
    """The two figures, and what would explain the difference.

    Each of ``explanations`` would explain ``difference`` on its own, the likelier first; ``left_out``
    counts those that were found beside them. Where there is none, ``partly`` may be one thing that
    would explain a part. ``unexplained`` is what is left when the best is taken (ours - theirs, as
    ``difference``). ``tried`` counts the sums that were compared with the difference.
    """

    explanations: tuple[Explanation, ...] = field(default=())
    partly: Explanation | None = None
    left_out: int = 0
    unexplained: int = 0
    tried: int = 0
