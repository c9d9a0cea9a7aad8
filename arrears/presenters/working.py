"""The working of a decision on earlier amounts, line by line."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from arrears.core.results import Entry, Kind, Part
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds, round_half_up

MINUS = "\N{MINUS SIGN}"

# How many weeks of maintenance one full payment holds, as a person types it into a calculator.
_WEEKS = {
    Fraction(1): "",
    Fraction(2): " × 2",
    Fraction(4): " × 4",
    Fraction(52, 12): " × 52 ÷ 12",
}


class WorkingLine(NamedTuple):
    """One instalment, or the days before the first: its days, the two rates, and what it changes."""

    name: str
    days: str
    rates: str
    sum: str
    change: str


def lines(parts: Sequence[Part]) -> tuple[WorkingLine, ...]:
    """Write each part so that a person can check it with a calculator."""
    return tuple(_line(part) for part in parts)


def reach(entry: Entry, parts: Sequence[Part]) -> str:
    """Say what the decision is about that could not be asked for by it in time."""
    if entry.kind is Kind.INITIAL:
        is_early = entry.notified_on is not None and entry.notified_on < entry.on
        return (
            say("It is for the days before the first due date.")
            if is_early
            else say("By then these days had passed already.")
        )
    if all(part.due_on is None for part in parts):
        return say("It also covers these days before the first due date.")
    return say("By then these payments had been asked for at the old amount.")


def summed(parts: Sequence[Part]) -> str:
    """What the lines come to before they are rounded."""
    return exact(sum((part.change for part in parts), Fraction(0)), signed=True)


def _line(part: Part) -> WorkingLine:
    name = (
        say("Before the first payment date")
        if part.due_on is None
        else say("Payment due {due_on}", due_on=day(part.due_on))
    )
    rates = say(
        "{old_weekly} to {new_weekly} a week", old_weekly=pounds(part.old_weekly), new_weekly=pounds(part.new_weekly)
    )
    if part.old_weekly == part.new_weekly:  # the letter states another payment for the same week
        rates = say(
            "{old} to {new} a payment", old=pounds(round_half_up(part.old)), new=pounds(round_half_up(part.new))
        )
    count = (
        say("{days} of {natural_days} days", days=part.days, natural_days=part.natural_days)
        if part.due_on
        else say("{days} days, 7 to a week", days=part.days)
    )
    return WorkingLine(
        name=name,
        days=say("{from_on} to {to_on}: {count_of}", from_on=day(part.from_on), to_on=day(part.to_on), count_of=count),
        rates=say("{new_weekly} a week", new_weekly=pounds(part.new_weekly)) if not part.old_weekly else rates,
        sum=f"{_difference(part)} × {part.days} ÷ {part.natural_days}",
        change=exact(part.change, signed=True),
    )


def _difference(part: Part) -> str:
    """The new full payment less the old one: by the week where both follow from it, which loses no fraction."""
    for weeks, factor in _WEEKS.items():
        if part.old == part.old_weekly * weeks and part.new == part.new_weekly * weeks:
            return f"({pounds(part.new_weekly)} − {pounds(part.old_weekly)}){factor}"
    return f"({_figure(part.new)} − {_figure(part.old)})"


def exact(pence: Fraction, *, signed: bool = False) -> str:
    """Write exact pence: whole pennies as money, others to a hundredth of a penny with a ``≈``."""
    sign = "+" if signed and pence > 0 else ""
    return f"{'' if pence.denominator == 1 else '≈ '}{sign}{_figure(pence)}"


def _figure(pence: Fraction) -> str:
    if pence.denominator == 1:
        return pounds(int(pence))
    hundredths = round_half_up(pence * 100)
    whole, rest = divmod(abs(hundredths), 10_000)
    return f"{MINUS if hundredths < 0 else ''}£{whole:,}.{rest:04d}"
