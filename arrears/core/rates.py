"""Rates and limits, dated and cited, from ``rates.toml``.

A rate is data, never a constant in a rule: ``rates.on(day).collection_fee_paying_parent`` is the
rate in force on that day with its source and the day it was last checked, so that a page can show
all three. The file is read once, when first asked for.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from importlib import resources
from typing import Any

EARLIEST = dt.date(1993, 4, 5)  # the first day of the first child support scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One value, the days for which it holds (``until`` None: still), and where it is said.

    ``value`` is exact, in the words of ``unit``: 1/2 for half a percent, 2 for two years.
    """

    name: str
    value: Fraction
    unit: str
    from_on: dt.date
    until: dt.date | None
    source: str
    url: str
    checked: dt.date

    @property
    def share(self) -> Fraction:
        """A percentage as a share: one half for fifty of a hundred."""
        return self.value / 100

    @property
    def number(self) -> str:
        """The value in figures, without noughts that say nothing: ``20``, ``2.5``."""
        return f"{Decimal(self.value.numerator) / Decimal(self.value.denominator):f}"

    @property
    def percent(self) -> str:
        """A percentage as people write it, with its sign."""
        return f"{self.number}%"


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates in force on one day."""

    day: dt.date

    def __getattr__(self, name: str) -> Rate:
        """The rate of that name in force on the day; AttributeError if the file has none."""
        for rate in every().get(name, ()):
            if rate.until is None or self.day <= rate.until:
                return rate
        raise AttributeError(f"no rate {name!r} on {self.day}")


def on(day: dt.date) -> Rates:
    """The rates in force on ``day``.

    A day before the first known value of a rate answers with that first value: nothing in the
    product charges a fee on such a day except a file that says Collect and Pay was already in use.
    """
    return Rates(day)


@lru_cache(maxsize=1)
def every() -> dict[str, tuple[Rate, ...]]:
    """Every rate of the file by name, oldest value first."""
    text = resources.files(__package__).joinpath("rates.toml").read_text(encoding="utf-8")
    return {name: _read(name, tables) for name, tables in tomllib.loads(text).items()}


@lru_cache(maxsize=1)
def collection_fee_steps() -> tuple[tuple[int, int], ...]:
    """The paying parent's collection fee as (ordinal from which, hundredths of a percent), ascending."""
    return tuple((rate.from_on.toordinal(), int(rate.value * 100)) for rate in every()["collection_fee_paying_parent"])


def _read(name: str, tables: Iterable[dict[str, Any]]) -> tuple[Rate, ...]:
    found = [
        Rate(
            name=name,
            value=Fraction(table["value"]),
            unit=table["unit"],
            from_on=table["from"],
            until=table.get("until"),
            source=table["source"],
            url=table["url"],
            checked=table["checked"],
        )
        for table in tables
    ]
    return tuple(sorted(found, key=lambda rate: rate.from_on))
