"""From the income that was given to the gross weekly income that the rules begin with."""

from fractions import Fraction

from arrears.core.estimate.values import DAYS_IN_YEAR, Every, Income, Line, Step, StepKind
from arrears.core.rates import Rates
from cms_tracker.language import say
from cms_tracker.money import pounds, round_half_up

_WEEKLY = {
    Every.WEEK: Fraction(1),
    Every.MONTH: Fraction(12 * 7, DAYS_IN_YEAR),
    Every.YEAR: Fraction(7, DAYS_IN_YEAR),
}
_HOW = {
    Every.WEEK: "",
    Every.MONTH: f" a month, times 12, divided by {DAYS_IN_YEAR}, times 7",
    Every.YEAR: f" a year, divided by {DAYS_IN_YEAR}, times 7",
}


def changes_the_income(held: Fraction, now: Fraction, rates: Rates) -> bool:
    """Say whether an income differs enough from the one CMS holds to be used instead.

    Both ends count: a quarter more or a quarter less of what is held is enough (GOV.UK leaflet).
    """
    return abs(now - held) >= held * rates.income_change_that_counts.share


def weekly(income: Income, rates: Rates) -> list[Step]:
    """The steps to the gross weekly income; the result of the last one is that income."""
    share, how = _WEEKLY[income.every], _HOW[income.every]
    gross = income.amount * share
    steps = [
        Step(
            kind=StepKind.INCOME,
            says=say("The paying parent's gross income comes to {money} a week.", money=_money(gross)),
            lines=(Line(say("{amount}{how}", amount=pounds(income.amount), how=how or say(" a week")), gross),),
            result=gross,
            rate=rates.scale("income_bands"),
        )
    ]
    if income.pension:
        steps.append(_less_pension(income, gross, share, how))
    if income.held is not None:
        steps.append(_held_or_current(income.held * share, steps[-1].result, rates))
    return steps


def _less_pension(income: Income, gross: Fraction, share: Fraction, how: str) -> Step:
    paid_in = min(income.pension * share, gross)
    return Step(
        kind=StepKind.PENSION,
        says=say("What is paid into a private pension does not count."),
        lines=(
            Line(say("The gross income"), gross),
            Line(
                say(
                    "Less the pension payments, {pension}{how}",
                    pension=pounds(income.pension),
                    how=how or say(" a week"),
                ),
                -paid_in,
            ),
        ),
        result=gross - paid_in,
    )


def _held_or_current(held: Fraction, now: Fraction, rates: Rates) -> Step:
    rule = rates.income_change_that_counts
    if changes_the_income(held, now, rates):
        says = say(
            "CMS holds {money} a week. The income differs by {percent} or more, so it is used.",
            money=_money(held),
            percent=rule.percent,
        )
    else:
        says = say(
            "CMS holds {money} a week. The income differs by less than {percent}, so that is kept.",
            money=_money(held),
            percent=rule.percent,
        )
        now = held
    return Step(kind=StepKind.INCOME_USED, says=says, lines=(Line(say("The income used"), now),), result=now, rate=rule)


def _money(pence: Fraction) -> str:
    return pounds(round_half_up(pence))
