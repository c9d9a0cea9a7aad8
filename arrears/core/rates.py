"""Rates and limits, dated and cited, from ``rates.toml``.

A rate is data, never a constant in a rule: ``rates.on(day).collection_fee_paying_parent`` is the
rate in force on that day with its source and the day it was last checked, so that a page can show
all three. The files are read once, when first asked for. ``using`` puts another table in their
place for a while: that is how a change is rehearsed before it has a day.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from arrears.core import rate_file
from arrears.core.rate_values import Rate, Scale, Table

__all__ = [
    "EARLIEST", "Rate", "Rates", "Scale", "Table", "collection_fee_steps", "every", "files", "on", "table", "using",
    "withdrawn_services",
]  # fmt: skip

EARLIEST = dt.date(1993, 4, 5)  # the first day of the first child support scheme

_rehearsed: ContextVar[Table | None] = ContextVar("rehearsed", default=None)


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates in force on one day."""

    day: dt.date
    table: Table

    def __getattr__(self, name: str) -> Rate:
        """The rate of that name in force on the day; AttributeError if there is none."""
        found = self._find(name)
        if not isinstance(found, Rate):
            raise AttributeError(f"no rate {name!r} on {self.day}")
        return found

    def scale(self, name: str) -> Scale:
        """The scale of that name in force on the day; AttributeError if there is none."""
        found = self._find(name)
        if not isinstance(found, Scale):
            raise AttributeError(f"no scale {name!r} on {self.day}")
        return found

    def _find(self, name: str) -> Rate | Scale | None:
        for rate in self.table.entries.get(name, ()):
            if rate.until is None or self.day <= rate.until:
                return rate
        return None


def table() -> Table:
    """The table in use: that of the files, or the one put in its place by ``using``."""
    return _rehearsed.get() or _of_the_files()


@contextmanager
def using(other: Table) -> Iterator[None]:
    """Answer from another table within this block, in this thread or task alone."""
    token = _rehearsed.set(other)
    try:
        yield
    finally:
        _rehearsed.reset(token)


def on(day: dt.date) -> Rates:
    """The rates in force on ``day``.

    A day before the first known value of a rate answers with that first value: nothing in the
    product charges a fee on such a day except a file that says Collect and Pay was already in use.
    """
    return Rates(day, table())


def every() -> Mapping[str, tuple[Rate | Scale, ...]]:
    """Every rate and scale by name, oldest value first."""
    return table().entries


def withdrawn_services() -> tuple[tuple[str, dt.date], ...]:
    """Services that have ended, each with the first day without it; none so far."""
    return table().withdrawn


def collection_fee_steps() -> tuple[tuple[int, int], ...]:
    """The paying parent's collection fee as (ordinal from which, hundredths of a percent), ascending."""
    return _fee_steps(table())


def files() -> dict[str, str]:
    """The texts of the two files, as ``rate_file.read`` takes them."""
    folder = resources.files(__package__)
    names = {"rates": "rates.toml", "announced": "rates_announced.toml"}
    return {key: folder.joinpath(name).read_text(encoding="utf-8") for key, name in names.items()}


@lru_cache(maxsize=1)
def _of_the_files() -> Table:
    texts = files()
    return rate_file.read(texts["rates"], texts["announced"])


@lru_cache(maxsize=4)
def _fee_steps(of: Table) -> tuple[tuple[int, int], ...]:
    return tuple(
        ((rate.from_on or EARLIEST).toordinal(), int(rate.value * 100))
        for rate in of.entries["collection_fee_paying_parent"]
        if isinstance(rate, Rate)
    )
