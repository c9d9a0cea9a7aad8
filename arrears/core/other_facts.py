"""Money facts beside the regular ledger: claims, settlements, orders, other pots, a budget.

Values only, as in facts.py. A claim, a settlement and a plan each carry their steps: what was said
or done about them, on which day, each a fact of its own. Only a step that names an amount moves
the balance (see derived.py): a claim counts once CMS accepts it, a settlement once CMS confirms it.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cases.core.facts import StruckOut


class StepKind(StrEnum):
    """What was said or done about a claim, a settlement or a plan."""

    CONFIRMED = "confirmed"  # the receiving parent says the money came
    DENIED = "denied"  # the receiving parent says it did not
    ACCEPTED = "accepted"  # CMS counts it, or part of it: the amount
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # CMS takes back what it had accepted: the amount
    CONSENTED = "consented"  # the receiving parent agrees to a settlement, in writing
    AGREED = "agreed"  # CMS confirms it; of a settlement, the amount is what is given up
    PAID = "paid"
    CANCELLED = "cancelled"  # CMS cancels a settlement: the amount comes back
    VARIED = "varied"
    BROKEN = "broken"
    COMPLETED = "completed"
    ENDED = "ended"
    APPEALED = "appealed"  # a court has been asked; what it ordered may be on hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing said or done on ``on``, known from ``recorded_on``. ``amount`` in pence, where it has one."""

    kind: StepKind
    on: dt.date
    recorded_on: dt.date
    amount: int | None = None
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""


class ClaimKind(StrEnum):
    """Money that was not paid as CMS asked, and counts only if CMS accepts it."""

    VOLUNTARY_PAYMENT = "voluntary_payment"  # before the first calculation was made
    DIRECT_PAYMENT = "direct_payment"  # straight to the parent, or a bill of theirs, under Collect and Pay


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A payment that CMS is asked to count: ``amount`` pence paid on ``paid_on``, for ``what``."""

    kind: ClaimKind
    paid_on: dt.date
    amount: int
    recorded_on: dt.date
    what: str = ""
    steps: tuple[Step, ...] = ()
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Part payment in full and final settlement (CSA 1991 s.41D): ``amount`` instead of ``arrears``, in pence.

    It covers arrears only; what falls due goes on. It gives up ``arrears`` less ``amount``, once CMS
    confirms it, and cannot be undone except by CMS, if it is not paid.
    """

    offered_on: dt.date
    arrears: int
    amount: int
    recorded_on: dt.date
    pay_by: dt.date | None = None
    steps: tuple[Step, ...] = ()
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""

    @property
    def given_up(self) -> int:
        """What the receiving parent gives up for good, in pence."""
        return self.arrears - self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityOrder:
    """A court's order for ``amount`` pence of arrears that fell due from ``from_on`` to ``to_on``.

    It moves no balance: it is a bucket, checked against the ledger for its period.
    """

    granted_on: dt.date
    from_on: dt.date
    to_on: dt.date
    amount: int
    applied_on: dt.date | None = None
    court: str = ""
    reference: str = ""
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""


class OtherMoneyKind(StrEnum):
    """Money that is never arrears: charges owed to CMS, and what CMS pays for its own mistakes."""

    ENFORCEMENT_CHARGE = "enforcement_charge"
    ENFORCEMENT_CHARGE_PAID = "enforcement_charge_paid"
    ENFORCEMENT_CHARGE_WAIVED = "enforcement_charge_waived"
    CONSOLATORY_PAYMENT = "consolatory_payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMoney:
    """``amount`` pence in a pot of its own, on day ``on``; it never touches the arrears."""

    kind: OtherMoneyKind
    on: dt.date
    amount: int
    recorded_on: dt.date
    reason: str = ""
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""


class Every(StrEnum):
    """How often a line of a budget comes round."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    FOUR_WEEKS = "four_weeks"
    MONTH = "month"
    YEAR = "year"


class BudgetCategory(StrEnum):
    """Our own simple categories: money in first, then what goes out, priority bills before the rest."""

    WAGES = "wages"
    BENEFITS = "benefits"
    OTHER_INCOME = "other_income"
    RENT_OR_MORTGAGE = "rent_or_mortgage"
    COUNCIL_TAX = "council_tax"
    ENERGY_AND_WATER = "energy_and_water"
    FINES_AND_TAX = "fines_and_tax"
    ONGOING_MAINTENANCE = "ongoing_maintenance"
    FOOD_AND_HOUSEHOLD = "food_and_household"
    CHILDREN = "children"
    TRAVEL = "travel"
    PHONE_AND_INTERNET = "phone_and_internet"
    INSURANCE = "insurance"
    HEALTH = "health"
    CLOTHES = "clothes"
    OTHER_DEBTS = "other_debts"
    OTHER_SPENDING = "other_spending"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """``amount`` pence of one category, that come or go ``every`` so often."""

    category: BudgetCategory
    amount: int
    every: Every


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a person has coming in and going out, as it was on ``on``. It moves no balance."""

    on: dt.date
    lines: tuple[BudgetLine, ...] = ()
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""
