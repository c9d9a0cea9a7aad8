"""What a repayment plan comes to, and what its label means (rules section 5).

The two-year line between an agreement and an arrangement is CMS policy (the debt steer), not law;
it is dated data in rates.toml. Everything is closed form: ceiling division and date arithmetic.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from arrears.core import rates
from arrears.core.facts import Plan
from arrears.core.rate_values import Table
from arrears.core.results import Classification, PlanRow, PlanVerdict
from arrears.core.schedule import STEP_DAYS, nth_due, nth_month
from cases.core.facts import Frequency
from cms_tracker.language import say
from cms_tracker.money import pounds


class PlanError(ValueError):
    """Terms that cannot be a plan: ``field`` names the input, ``message`` says why in one sentence."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


def check(
    *,
    arrears: int,
    first_payment_on: dt.date,
    frequency: Frequency,
    instalment: int | None = None,
    total: int | None = None,
    ongoing: int | None = None,
    fee: int | None = None,
    review_on: dt.date | None = None,
    net_income: int | None = None,
) -> PlanVerdict:
    """Say what a plan comes to. Amounts in pence.

    ``instalment`` is the arrears part of each payment; or give ``total`` with its ``ongoing`` part
    (and ``fee``). ``net_income`` is for the same interval as a payment. Raises PlanError where the
    terms are missing or do not agree.
    """
    part = arrears_part(instalment=instalment, total=total, ongoing=ongoing, fee=fee)
    if arrears < 0:
        raise PlanError("arrears", say("cannot be less than nothing"))
    if net_income is not None and net_income <= 0:
        raise PlanError("net_income", say("must be more than nothing"))
    bare = _without_the_extras(arrears, first_payment_on, frequency, part)
    by_review = None if review_on is None else payments_by(first_payment_on, frequency, review_on)
    return replace(
        bare,
        total=total,
        review_on=review_on,
        payments_by_review=by_review,
        needed_by_review=_ceiling(arrears, by_review) if by_review else None,
        net_income=net_income,
        share_of_net_income=Fraction(part if total is None else total, net_income) if net_income else None,
    )


def classify(*, arrears: int, instalment: int, first_payment_on: dt.date, frequency: Frequency) -> Classification:
    """The label of a plan alone, from its arrears part in pence: for a list of many plans."""
    number = _ceiling(arrears, instalment) if instalment > 0 else None
    return _classify(arrears, number, _fitting(first_payment_on, frequency, _limit_years(first_payment_on)))


def _without_the_extras(arrears: int, first: dt.date, frequency: Frequency, part: int) -> PlanVerdict:
    """What an arrears part comes to: the label, the end, and the two years."""
    limit = _limit_years(first)
    anniversary = nth_month(first, 12 * limit)
    fitting = _fitting(first, frequency, limit)
    number = _ceiling(arrears, part) if part > 0 else None
    return PlanVerdict(
        classification=_classify(arrears, number, fitting),
        arrears=arrears,
        frequency=frequency,
        first_payment_on=first,
        instalment=part,
        total=None,
        payments=0 if not arrears else number,
        last_payment_on=date_of(first, frequency, number) if number else None,
        last_payment=arrears - part * (number - 1) if number else None,
        second_anniversary=anniversary,
        payments_by_two_years=fitting,
        needed_for_two_years=_ceiling(arrears, fitting),
        left_at_two_years=max(arrears - max(part, 0) * fitting, 0),
        short_by=1 - part if arrears and part <= 0 else None,
    )


def arrears_part(*, instalment: int | None, total: int | None, ongoing: int | None, fee: int | None) -> int:
    """The part of each payment that goes to arrears: given, or total less ongoing less fee (pence).

    Nil or negative where the payment does not even cover the ongoing maintenance and its fee.
    """
    if total is None:
        if instalment is None:
            raise PlanError("instalment", say("is missing: give the arrears part, or the total and the ongoing part"))
        if ongoing is not None or fee is not None:
            raise PlanError("total", say("is missing: the ongoing part and the fee are parts of the total"))
        return instalment
    if ongoing is None:
        raise PlanError("ongoing", say("is missing: how much of the total is ongoing maintenance"))
    part = total - ongoing - (fee or 0)
    if instalment is not None and instalment != part:
        raise PlanError(
            "instalment", say("does not agree: the total less ongoing and fee leaves {part}", part=pounds(part))
        )
    return part


def of_plan(plan: Plan, *, arrears: int) -> PlanVerdict:
    """What a plan on the record comes to, on the arrears given (pence)."""
    return check(
        arrears=arrears,
        first_payment_on=plan.first_payment_on,
        frequency=plan.frequency,
        total=plan.total,
        ongoing=plan.total - plan.arrears_part,
    )


def rows(verdict: PlanVerdict) -> Iterator[PlanRow]:
    """Each payment of a plan that ends, with what is left after it; made as they are asked for."""
    left = verdict.arrears
    for place in range(verdict.payments or 0):
        on = date_of(verdict.first_payment_on, verdict.frequency, place + 1)
        if on is None:
            return
        amount = min(verdict.instalment, left)
        left -= amount
        yield PlanRow(place + 1, on, amount, left)


def payments_by(first: dt.date, frequency: Frequency, day: dt.date) -> int:
    """How many payments fall on or before a day, the first included."""
    if day < first:
        return 0
    step = STEP_DAYS.get(frequency)
    if step is not None:
        return (day - first).days // step + 1
    months = (day.year - first.year) * 12 + day.month - first.month
    return months + 1 if nth_month(first, months) <= day else months


def _limit_years(first: dt.date) -> int:
    """Within how many years the last payment of an agreement falls, for a plan that begins on a day."""
    return _limit_in(rates.table(), first)


@lru_cache(maxsize=1 << 14)
def _limit_in(table: Table, first: dt.date) -> int:
    return int(rates.Rates(first, table).agreement_limit_years.value)


@lru_cache(maxsize=1 << 14)
def _fitting(first: dt.date, frequency: Frequency, years: int) -> int:
    """How many payments fall before that anniversary of the first."""
    return payments_by(first, frequency, nth_month(first, 12 * years) - dt.timedelta(days=1))


def _classify(arrears: int, number: int | None, fitting: int) -> Classification:
    """An agreement ends before the second anniversary of the first payment; an arrangement later."""
    if not arrears:
        return Classification.NOTHING_OWED
    if number is None:
        return Classification.INSUFFICIENT
    return Classification.AGREEMENT if number <= fitting else Classification.ARRANGEMENT


def _ceiling(amount: int, parts: int) -> int:
    """Divide and round up to the whole."""
    return -(-amount // parts)


def date_of(first: dt.date, frequency: Frequency, number: int) -> dt.date | None:
    """The date of payment ``number``, counted from 1; None beyond the end of the calendar."""
    try:
        return nth_due(first, frequency, number - 1)
    except (OverflowError, ValueError):
        return None
