"""How long plans take, as bars beside the line of two years."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from arrears.presenters.plans import Card, payments, span
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import round_half_up

_LONGEST_AXIS = 25  # years; a longer bar is drawn full, its length stands beside it in words


class Bar(NamedTuple):
    """One bar: where it stands in the picture, in pixels down and percent across."""

    title: str
    length: str
    took: str
    ends: str
    width: str
    text_y: int
    bar_y: int
    mark_top: int
    mark_bottom: int


class Chart(NamedTuple):
    """How long each plan takes. Everything in it also stands in its table."""

    bars: list[Bar]
    two_years: str
    height: int
    axis_y: int
    middle: str
    middle_years: int
    years: int
    has_start: bool
    summary: str


def chart(cards: Sequence[Card]) -> Chart | None:
    """Draw how long each plan with an end takes, beside the line of two years. None where none ends."""
    ending = [(one, one.verdict.last_payment_on) for one in cards if one.verdict.last_payment_on is not None]
    if not ending:
        return None
    days = [(last - one.verdict.first_payment_on).days for one, last in ending]
    years = min(max(3, -(-max(days) * 4 // 1461)), _LONGEST_AXIS)
    bars = [
        Bar(
            title=one.title,
            length=payments(one.verdict),
            took=span(one.verdict.first_payment_on, last),
            ends=day(last),
            width=_percent(Fraction(length * 4, years * 1461)),
            text_y=15 + 46 * place,
            bar_y=23 + 46 * place,
            mark_top=19 + 46 * place,
            mark_bottom=41 + 46 * place,
        )
        for place, ((one, last), length) in enumerate(zip(ending, days, strict=True))
    ]
    middle = (years + 2) // 2
    return Chart(
        bars=bars,
        two_years=_percent(Fraction(2, years)),
        height=40 + 46 * len(bars),
        axis_y=32 + 46 * len(bars),
        middle=_percent(Fraction(middle, years)) if years >= 6 else "",
        middle_years=middle,
        years=years,
        has_start=years <= 10,
        summary=" ".join(
            say("{title}: {length}, until {ends}.", title=bar.title, length=bar.length, ends=bar.ends) for bar in bars
        ),
    )


def _percent(share: Fraction) -> str:
    """Write a share of the picture's width as a percentage with two decimals, at most all of it."""
    hundredths = min(round_half_up(share * 10_000), 10_000)
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
