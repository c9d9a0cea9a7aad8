"""What a dated, cited rate is: one number, a scale of several, and a change that is only announced."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

_ONE_DAY = dt.timedelta(days=1)


class Theme(StrEnum):
    """What a rate is about, as the page that lists them groups them, in this order."""

    FEES = "fees"
    PLANS = "plans"
    ENFORCEMENT = "enforcement"
    CALCULATION = "calculation"
    LIMITS = "limits"
    WRITE_OFF = "write_off"


class Certainty(StrEnum):
    """Whether somebody here read the value at its source."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


class Basis(StrEnum):
    """Where a rate gets its force: the law, CMS's practice, or this product's own choice."""

    LAW = "law"
    POLICY = "policy"
    OURS = "ours"


def figures(value: Fraction) -> str:
    """An exact value in figures, without noughts that say nothing: ``20``, ``2.5``, ``1,000``, ``2/7``."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    written = f"{Decimal(value.numerator) / Decimal(value.denominator):,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What every rate says of itself: the days for which it holds, and where it is said.

    ``from_on`` None: since when is not known to us. ``until`` None: still. ``unit`` is the unit
    with the words that follow it: "percent of each payment".
    """

    name: str
    theme: Theme
    unit: str
    from_on: dt.date | None
    until: dt.date | None
    source: str
    url: str
    checked: dt.date
    certainty: Certainty = Certainty.VERIFIED
    basis: Basis = Basis.LAW
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Cited):
    """One value, exact, in the words of ``unit``: 1/2 for half a percent, 2 for two years."""

    value: Fraction

    @property
    def share(self) -> Fraction:
        """A percentage as a share: one half for fifty of a hundred."""
        return self.value / 100

    @property
    def number(self) -> str:
        """The value in figures: ``20``, ``2.5``."""
        return figures(self.value)

    @property
    def percent(self) -> str:
        """A percentage as people write it, with its sign."""
        return f"{self.number}%"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a scale: its key, its words, and a value for each column of the scale."""

    key: str
    label: str
    values: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Cited):
    """Several values that belong together, in rows; ``columns`` are words, () where there is one column."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def of(self, key: str) -> Fraction:
        """The value of the row with this key; KeyError if there is none."""
        return {row.key: row.values[0] for row in self.rows}[key]

    def by_count(self, count: int, *, column: int = 0) -> Fraction:
        """The value for so many (1 or more), where the last row and the last column stand for "or more"."""
        values = self.rows[min(count, len(self.rows)) - 1].values
        return values[min(column, len(values) - 1)]

    def reached(self, count: int) -> Row | None:
        """The last row whose key, a number, is not above ``count``; None below the first row."""
        found = [row for row in self.rows if int(row.key) <= count]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A change that has no day yet (``from_on`` None), or that has one and follows on the rates of today.

    ``rates`` are its values by the name of the rate they follow; a scale gives one for each
    ``standing`` of a paying parent. ``withdraws`` are the services that it ends.
    """

    name: str
    title: str
    about: str
    announced_on: dt.date
    expected: str
    needs: str
    withdraws: tuple[str, ...]
    standing: str
    rates: Mapping[str, Rate | Scale]
    from_on: dt.date | None
    source: str
    url: str
    checked: dt.date


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Every rate by name, oldest value first; the changes announced; and which service ends on which day."""

    entries: Mapping[str, tuple[Rate | Scale, ...]]
    announced: tuple[Announced, ...] = ()
    withdrawn: tuple[tuple[str, dt.date], ...] = ()

    def with_change(self, change: Announced, standings: Iterable[tuple[dt.date, str]] = ()) -> "Table":
        """The table in which an announced change has begun on its day; ValueError if it has none.

        ``standings`` are what CMS said of one paying parent, each from its day; before the first,
        the change's own ``standing`` holds.
        """
        if change.from_on is None:
            raise ValueError(f"{change.name} has no day on which it begins")
        entries = dict(self.entries)
        for name, rate in change.rates.items():
            begun = _begun(rate, change.from_on, change.standing, standings)
            entries[name] = (*_ended(entries[name], change.from_on), *begun)
        ended = tuple((service, change.from_on) for service in change.withdraws)
        return Table(entries, self.announced, (*self.withdrawn, *ended))


def _ended(values: Iterable[Rate | Scale], day: dt.date) -> list[Rate | Scale]:
    """The values up to the day before: one that begins on or after ``day`` is never reached."""
    return [
        replace(one, until=min(one.until or dt.date.max, day - _ONE_DAY))
        for one in values
        if one.from_on is None or one.from_on < day
    ]


def _begun(rate: Rate | Scale, begins: dt.date, standing: str, standings: Iterable[tuple[dt.date, str]]) -> list[Rate]:
    """The values of a change from its day on: one, or one for each stretch in which a standing holds."""
    if isinstance(rate, Rate):
        return [replace(rate, from_on=begins)]
    said = {begins: standing} | {max(day, begins): one for day, one in sorted(standings)}
    days = sorted(said)
    ends = [*(day - _ONE_DAY for day in days[1:]), None]
    return [_under(rate, said[day], day, until) for day, until in zip(days, ends, strict=True)]


def _under(scale: Scale, standing: str, from_on: dt.date, until: dt.date | None) -> Rate:
    """The one value of a scale that holds for a standing, as a rate of its own."""
    return Rate(
        name=scale.name,
        theme=scale.theme,
        value=scale.of(standing),
        unit=scale.unit,
        from_on=from_on,
        until=until,
        source=scale.source,
        url=scale.url,
        checked=scale.checked,
    )
