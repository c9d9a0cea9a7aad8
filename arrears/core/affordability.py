"""What a budget leaves, and the payment towards arrears that it would carry.

Our own simple categories and sums: an aid to an offer, no rule of CMS. Amounts are exact rationals
of pence until a payment is named: that is rounded down, so that no offer is above what is left.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from arrears.core import plans, rates
from arrears.core.other_facts import BudgetCategory, BudgetLine, Every
from arrears.core.plan_effects import WEEKS
from arrears.core.results import PlanVerdict
from cases.core.facts import Frequency
from cms_tracker.money import round_half_up

INCOME = (BudgetCategory.WAGES, BudgetCategory.BENEFITS, BudgetCategory.OTHER_INCOME)
# Bills where not paying costs a home, the heating or a person's freedom; CMS is one of them.
PRIORITY = (
    BudgetCategory.RENT_OR_MORTGAGE,
    BudgetCategory.COUNCIL_TAX,
    BudgetCategory.ENERGY_AND_WATER,
    BudgetCategory.FINES_AND_TAX,
    BudgetCategory.ONGOING_MAINTENANCE,
)
OTHER = tuple(one for one in BudgetCategory if one not in {*INCOME, *PRIORITY})

# How often each comes round in a month: 52 weeks in a year, spread over twelve months.
_A_MONTH = {
    Every.WEEK: WEEKS[Frequency.MONTHLY],
    Every.FORTNIGHT: WEEKS[Frequency.MONTHLY] / 2,
    Every.FOUR_WEEKS: WEEKS[Frequency.MONTHLY] / 4,
    Every.MONTH: Fraction(1),
    Every.YEAR: Fraction(1, 12),
}


def monthly(line: BudgetLine) -> Fraction:
    """One line as pence a month, exactly."""
    return line.amount * _A_MONTH[line.every]


@dataclass(frozen=True, slots=True, kw_only=True)
class Affordability:
    """A budget by the month, in exact pence. ``ongoing`` is the maintenance among the priority bills."""

    income: Fraction
    priority: Fraction
    other: Fraction
    ongoing: Fraction

    @property
    def surplus(self) -> Fraction:
        """What is left each month; below nothing where more goes out than comes in."""
        return self.income - self.priority - self.other

    @property
    def after_priority(self) -> Fraction:
        """What is left once the priority bills are paid, before everything else."""
        return self.income - self.priority


def afford(lines: Iterable[BudgetLine]) -> Affordability:
    """Add a budget up by the month."""
    kept = list(lines)
    return Affordability(
        income=_sum(kept, INCOME),
        priority=_sum(kept, PRIORITY),
        other=_sum(kept, OTHER),
        ongoing=_sum(kept, (BudgetCategory.ONGOING_MAINTENANCE,)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The most that a budget leaves for the arrears, as a payment. Amounts in pence, for one payment.

    ``part`` goes to the arrears, and with the ``ongoing`` maintenance of the budget makes ``total``;
    ``net_income`` is what comes in in that time. ``verdict`` is the plan it would be, None where what is
    owed was not said. ``usual_most`` is what CMS's usual share of that income comes to, as a whole payment.
    """

    frequency: Frequency
    part: int
    ongoing: int
    net_income: int
    usual_most: int
    verdict: PlanVerdict | None

    @property
    def total(self) -> int:
        """The whole payment."""
        return self.part + self.ongoing

    @property
    def share(self) -> Fraction:
        """The part of the income that the whole payment takes."""
        return Fraction(self.total, self.net_income)


def offer(
    budget: Affordability, *, frequency: Frequency, first_payment_on: dt.date, arrears: int | None = None
) -> Offer | None:
    """The most that a budget leaves for the arrears. None where it leaves less than a penny, or nothing is owed."""
    share_of_month = WEEKS[frequency] / WEEKS[Frequency.MONTHLY]
    left = budget.surplus * share_of_month
    part = left.numerator // left.denominator
    if arrears is not None:
        part = min(part, arrears)
    if part < 1:
        return None
    ongoing = round_half_up(budget.ongoing * share_of_month)
    net_income = round_half_up(budget.income * share_of_month)
    usual = rates.on(first_payment_on).usual_share_of_net_income.share
    verdict = None
    if arrears is not None:
        verdict = plans.check(
            arrears=arrears,
            first_payment_on=first_payment_on,
            frequency=frequency,
            total=part + ongoing,
            ongoing=ongoing,
            net_income=net_income,
        )
    return Offer(
        frequency=frequency,
        part=part,
        ongoing=ongoing,
        net_income=net_income,
        usual_most=round_half_up(net_income * usual),
        verdict=verdict,
    )


def _sum(lines: Sequence[BudgetLine], categories: Iterable[BudgetCategory]) -> Fraction:
    of = frozenset(categories)
    return sum((monthly(one) for one in lines if one.category in of), Fraction(0))
