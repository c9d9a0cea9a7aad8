"""A rate as a page writes it: its number in words, what it is about, since when, and what to be wary of."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from arrears.core.rate_values import Announced, Basis, Certainty, Rate, Scale, Theme, figures
from arrears.presenters.statuses import Tag
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds, round_half_up

THEMES = Words(
    {
        Theme.FEES: mark("Fees and charges"),
        Theme.PLANS: mark("Repayment plans"),
        Theme.ENFORCEMENT: mark("When CMS takes money without a plan"),
        Theme.CALCULATION: mark("How the weekly amount is worked out"),
        Theme.LIMITS: mark("Time limits"),
        Theme.WRITE_OFF: mark("Writing off"),
    }
)
_LONG_UNITS = (mark("working days"),)
_NOT_VERIFIED = Tag(mark("Not verified by us"), "s-due", "warn")
_ENDED = Tag(mark("No longer in force"), "s-late")
_BASES = {Basis.POLICY: Tag(mark("CMS policy, not law"), "s-due"), Basis.OURS: Tag(mark("Our rule"), "s-due")}


class Cell(NamedTuple):
    """One value of a scale as people write it, and the words of its column."""

    column: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a scale: its words, and its values."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRate:
    """A rate or a scale for ``components/rate.html`` and for the page that lists them all.

    ``lines`` are those of a scale, under ``columns`` where it has several; ``value`` is then from
    the least to the most.
    """

    name: str
    value: str
    about: str
    tags: list[Tag]
    lines: list[Line]
    columns: tuple[str, ...]
    from_on: dt.date | None
    until: dt.date | None
    source: str
    url: str
    checked: dt.date
    note: str
    is_verified: bool
    is_ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """A change that is announced, with what it would set."""

    change: Announced
    rates: list[ShownRate]


def shown(rate: Rate | Scale, *, on: dt.date) -> ShownRate:
    """A rate in words, for a page of the day ``on``."""
    unit = next((long for long in _LONG_UNITS if rate.unit.startswith(long)), rate.unit.partition(" ")[0])
    about = rate.unit.removeprefix(unit).lstrip(" ,")
    lines = []
    if isinstance(rate, Scale):
        columns = rate.columns or ("",)
        lines = [
            Line(
                label=row.label,
                cells=[Cell(name, written(one, unit)) for name, one in zip(columns, row.values, strict=True)],
            )
            for row in rate.rows
        ]
        every = [one for row in rate.rows for one in row.values]
        least, most = written(min(every), unit), written(max(every), unit)
        value = least if least == most else say("{least} to {most}", least=least, most=most)
    else:
        value = written(rate.value, unit)
    return ShownRate(
        name=rate.name,
        value=value,
        about=about[:1].upper() + about[1:] + ".",
        tags=_tags(rate, on),
        lines=lines,
        columns=rate.columns if isinstance(rate, Scale) else (),
        from_on=rate.from_on,
        until=rate.until,
        source=rate.source,
        url=rate.url,
        checked=rate.checked,
        note=rate.note,
        is_verified=rate.certainty is Certainty.VERIFIED,
        is_ours=rate.basis is Basis.OURS,
    )


def announced(change: Announced, *, on: dt.date) -> ShownChange:
    """A change that is announced, in words."""
    return ShownChange(change=change, rates=[shown(one, on=on) for one in change.rates.values()])


def written(value: Fraction, unit: str) -> str:
    """A value with its unit: with its percent sign, or ``£8.40``, ``£300``, ``2 years``, ``1/7``, ``19th``."""
    if unit == "percent":
        return f"{figures(value)}%"
    if unit == "pounds":
        return pounds(round_half_up(value * 100)).removesuffix(".00")
    if unit == "part":
        return "1/2" if value == Fraction(1, 2) else figures(value)
    return f"{figures(value)}{unit}" if unit == "th" else f"{figures(value)} {unit}"


def _tags(rate: Rate | Scale, on: dt.date) -> list[Tag]:
    tags = [_NOT_VERIFIED] if rate.certainty is Certainty.UNVERIFIED else []
    if rate.basis in _BASES:
        tags.append(_BASES[rate.basis])
    if rate.until is not None and rate.until < on:
        tags.append(_ENDED)
    return tags
