"""The working of a decision about the past, line by line."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from arrears.core.results import Part
from cms_tracker.days import day
from cms_tracker.money import pounds, round_half_up

MINUS = "\N{MINUS SIGN}"


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


def _line(part: Part) -> WorkingLine:
    name = "Before the first payment date" if part.due_on is None else f"Payment due {day(part.due_on)}"
    weekly = f"{pounds(part.old_weekly)} to {pounds(part.new_weekly)} a week"
    return WorkingLine(
        name=name,
        days=f"{day(part.from_on)} to {day(part.to_on)}",
        rates=f"{pounds(part.new_weekly)} a week" if not part.old_weekly else weekly,
        sum=f"({_figure(part.new)} − {_figure(part.old)}) × {part.days} ÷ {part.natural_days}",
        change=exact(part.change, signed=True),
    )


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
