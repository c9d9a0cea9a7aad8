"""Read the rates files strictly: a field that nobody knows, lacks or mistypes is refused by name."""

import datetime as dt
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from arrears.core.rate_values import Announced, Basis, Certainty, Cited, Rate, Row, Scale, Table, Theme

_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


class RatesError(ValueError):
    """A rates file that is refused; the message names the rate and the field."""


class _Fields:
    """One table of the file: each field is taken by name, and ``done`` refuses those nobody took."""

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, dict):
            raise RatesError(f"{where}: must be a table")
        self._values: dict[str, Any] = dict(values)
        self.where = where

    def take(self, name: str, kind: type[_T], default: _T | None = None) -> _T:
        """A field of this type; refused where it is missing and there is no default."""
        if name not in self._values and default is not None:
            return default
        value = self._values.pop(name, None)
        if not isinstance(value, kind):
            raise RatesError(f"{self.where}: {name} is missing or not of type {kind.__name__}")
        return value

    def has(self, name: str) -> bool:
        """Whether the field is there and not yet taken."""
        return name in self._values

    def day(self, name: str) -> dt.date | None:
        """A day that may be absent."""
        return self.take(name, dt.date) if self.has(name) else None

    def word(self, name: str, kinds: type[_E], default: _E | None = None) -> _E:
        """One of a fixed set of words."""
        word = self.take(name, str, default)
        if word not in {kind.value for kind in kinds}:
            raise RatesError(f"{self.where}: {name} must be one of " + ", ".join(kinds))
        return kinds(word)

    def value(self, name: str) -> Fraction:
        """An exact number, as text."""
        return _number(self.take(name, str), f"{self.where}: {name}")

    def done(self) -> None:
        """Refuse the first field that nobody took."""
        for name in self._values:
            raise RatesError(f"{self.where}: {name} is not a field of a rate")


def read(rates: str, announced: str = "", standings: Iterable[tuple[dt.date, str]] = ()) -> Table:
    """The table of the two files' texts, with every announced change begun that has a day.

    ``standings`` are those of one paying parent (``Table.with_change``). RatesError names what is wrong.
    """
    content = _load(rates)
    sources = content.pop("sources", {})
    entries = {name: _dated(name, tables, sources) for name, tables in content.items()}
    changes = tuple(_change(name, one, entries) for name, one in _load(announced).items())
    table = Table(entries, changes)
    for change in changes:
        if change.from_on is not None:
            table = table.with_change(change, standings)
    return table


def _load(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RatesError(str(error)) from None


def _dated(name: str, tables: object, sources: dict[str, Any]) -> tuple[Rate | Scale, ...]:
    if not isinstance(tables, list):
        raise RatesError(f"{name}: must be written [[{name}]]")
    found = [_one(_Fields(table, name), name, sources) for table in tables]
    return tuple(sorted(found, key=lambda one: one.from_on or dt.date.min))


def _one(fields: _Fields, name: str, sources: dict[str, Any]) -> Rate | Scale:
    source, url, checked = _source(fields, sources)
    cited = Cited(
        name=name,
        theme=fields.word("theme", Theme),
        unit=fields.take("unit", str),
        from_on=fields.day("from"),
        until=fields.day("until"),
        source=source,
        url=url,
        checked=checked,
        certainty=fields.word("certainty", Certainty, Certainty.VERIFIED),
        basis=fields.word("basis", Basis, Basis.LAW),
        note=fields.take("note", str, ""),
    )
    return _valued(fields, cited)


def _valued(fields: _Fields, cited: Cited) -> Rate | Scale:
    """The rate or the scale: a ``value``, or ``values`` in rows."""
    known = {name: getattr(cited, name) for name in Cited.__dataclass_fields__}
    found: Rate | Scale
    if fields.has("value"):
        found = Rate(value=fields.value("value"), **known)
    else:
        columns = tuple(fields.take("columns", list, []))
        rows = tuple(_row(one, fields.where, len(columns) or 1) for one in fields.take("values", list))
        found = Scale(columns=columns, rows=rows, **known)
    fields.done()
    return found


def _row(values: object, where: str, columns: int) -> Row:
    fields = _Fields(values, where)
    key, label = fields.take("key", str), fields.take("label", str)
    numbers = tuple(_number(one, f"{where}: {key}") for one in fields.take("values", list))
    if len(numbers) != columns:
        raise RatesError(f"{where}: {key} has {len(numbers)} values for {columns}")
    fields.done()
    return Row(key, label, numbers)


def _source(fields: _Fields, sources: dict[str, Any]) -> tuple[str, str, dt.date]:
    """Where it is said: one of the file's sources, or its own."""
    own = fields
    if fields.has("source"):
        name = fields.take("source", str)
        if name not in sources:
            raise RatesError(f"{fields.where}: {name} is not one of the sources")
        own = _Fields(sources[name], f"sources.{name}")
    found = own.take("says", str), own.take("url", str), own.take("checked", dt.date)
    if own is not fields:
        own.done()
    return found


def _change(name: str, values: object, entries: dict[str, tuple[Rate | Scale, ...]]) -> Announced:
    fields = _Fields(values, name)
    source, url, checked = _source(fields, {})
    rates = fields.take("rates", dict)
    change = Announced(
        name=name,
        title=fields.take("title", str),
        about=fields.take("about", str),
        announced_on=fields.take("announced", dt.date),
        expected=fields.take("expected", str),
        needs=fields.take("needs", str),
        withdraws=tuple(fields.take("withdraws", list, [])),
        standing=fields.take("standing", str),
        from_on=fields.day("from"),
        source=source,
        url=url,
        checked=checked,
        rates={},
    )
    fields.done()
    return _with_rates(change, rates, entries)


def _with_rates(change: Announced, rates: dict[str, Any], entries: dict[str, tuple[Rate | Scale, ...]]) -> Announced:
    """The change with its values, each under the name of a rate that there is."""
    found: dict[str, Rate | Scale] = {}
    for name, values in rates.items():
        if name not in entries:
            raise RatesError(f"{change.name}: there is no rate {name} for it to follow")
        fields = _Fields(values, f"{change.name}: {name}")
        cited = Cited(
            name=name,
            theme=entries[name][0].theme,
            unit=fields.take("unit", str),
            from_on=None,
            until=None,
            source=change.source,
            url=change.url,
            checked=change.checked,
        )
        found[name] = _valued(fields, cited)
    return Announced(**{key: getattr(change, key) for key in Announced.__dataclass_fields__} | {"rates": found})


def _number(text: object, where: str) -> Fraction:
    try:
        if not isinstance(text, str):
            raise ValueError
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise RatesError(f'{where} must be a number as text, such as "20.00"') from None
