"""Reads whose SQL is made once: on a small read, making it costs ten times what running it does.

The cells come as the driver gives them, which for dates, numbers and words is what a model would
give; a key is text or a UUID, by the driver (``key_text``). What is sealed is opened.
"""

import datetime as dt
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.sqlite3 import base as _  # noqa: F401 - registers its own way to read days, which ours replaces
from django.db.models import QuerySet
from django.db.models.expressions import Col
from django.utils.dateparse import parse_date

from cms_tracker.sealed.fields import Sealed

Cells = tuple[Any, ...]
RowsOf = Callable[[Sequence[uuid.UUID]], QuerySet[Any, Any]]
Given = uuid.UUID | dt.date | str

MOST = 512  # cases in one read whose SQL is kept
# The SQL; of each parameter its place among the keys or values, or itself; the columns that are sealed, by place.
Made = tuple[str, list[tuple[int | None, Any]], list[tuple[int, Sealed]]]
_made: dict[tuple[str, str, int], Made] = {}


def cells(name: str, rows_of: RowsOf, case_ids: Sequence[uuid.UUID]) -> list[Cells]:
    """The rows of these cases. ``name`` is of this read alone; ``rows_of`` filters by the keys of the cases.

    What ``rows_of`` gives may depend on nothing else: for one number of cases it is asked once and
    never again. Numbers go up by doubling, and the last case fills the places that are left over.
    """
    if not case_ids:
        return []
    if len(case_ids) <= MOST:
        size = 1 << (len(case_ids) - 1).bit_length()
        made = _made.get((name, connection.vendor, size))
        if made is None:
            # Keys that no case has stand in for theirs until it is used.
            stand_ins = [uuid.UUID(int=place) for place in range(size)]
            made = _made[name, connection.vendor, size] = _make(rows_of(stand_ins), stand_ins)
        keys = prepared_keys(case_ids)
        return _fetched(made, keys + [keys[-1]] * (size - len(keys)))
    return _fetched(_make(rows_of(case_ids), []), [])


def read(name: str, rows_of: Callable[..., QuerySet[Any, Any]], *values: Given) -> list[Cells]:
    """The rows of a query by a few values: a person, a day, a place in a list.

    ``name`` is of this read alone; ``rows_of`` takes the values in their order. What it gives may depend
    on nothing else: it is asked once and never again. Raises ValueError where a value is not a parameter
    of the SQL, which would then hold it for everybody.
    """
    made = _made.get((name, connection.vendor, _OF_VALUES))
    if made is None:
        stand_ins = [_stand_in(one, place) for place, one in enumerate(values)]
        made = _make(rows_of(*stand_ins), stand_ins)
        if {place for place, _ in made[1]} - {None} != set(range(len(values))):
            raise ValueError(f"{name}: each value must be a parameter of the SQL.")
        _made[name, connection.vendor, _OF_VALUES] = made
    return _fetched(made, [_as_taken(one) for one in values])


def remember_days() -> None:
    """Let SQLite's driver make each day once: a caseload names a few thousand days a million times.

    Days never change, so that rows may share them. Other databases give dates and are left alone.
    """
    sqlite3.register_converter("date", _day)


@lru_cache(maxsize=2**16)
def _day(cell: bytes) -> dt.date | None:
    return parse_date(cell.decode())


def prepared(key: uuid.UUID) -> Any:
    """A key as the database's driver takes and gives it."""
    return prepared_keys([key])[0]


def prepared_keys(keys: Iterable[uuid.UUID]) -> list[Any]:
    """Many keys as the driver takes and gives them: asking which driver it is costs more than what it asks for."""
    return list(keys) if connection.features.has_native_uuid_field else [key.hex for key in keys]


def key(cell: Any) -> uuid.UUID:
    """The key that the driver gave as a UUID, or as its digits alone."""
    return cell if type(cell) is uuid.UUID else uuid.UUID(cell)


def key_text(cell: Any) -> str:
    """The text of a key that the driver gave as a UUID, or as its digits alone."""
    if type(cell) is str:
        return f"{cell[:8]}-{cell[8:12]}-{cell[12:16]}-{cell[16:20]}-{cell[20:]}"
    return str(cell)


_OF_VALUES = -1  # in place of a number of cases


def _stand_in(value: Given, place: int) -> Given:
    """A value of the same kind that nobody asks for, and that no query holds by itself."""
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=place)
    return dt.date.min + dt.timedelta(days=place) if isinstance(value, dt.date) else f"stand-in {place}"


def _as_taken(value: Given) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, uuid.UUID):
        return prepared(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


def _make(rows: QuerySet[Any, Any], stand_ins: Sequence[Given]) -> Made:
    """The SQL of these rows, with the places of the values that stand in for others until it is used."""
    compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    columns = [one[0].target if isinstance(one[0], Col) else None for one in compiler.select]
    sealed = [(place, field) for place, field in enumerate(columns) if isinstance(field, Sealed)]
    places = {_as_taken(one): place for place, one in enumerate(stand_ins)}
    return sql, [(places.get(one), one) for one in params], sealed


def _fetched(made: Made, values: Sequence[Any]) -> list[Cells]:
    """The rows by these values."""
    sql, params, sealed = made
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple([own if place is None else values[place] for place, own in params]))
        found: list[Cells] = cursor.fetchall()
    return _opened(found, sealed) if sealed else found


def _opened(rows: list[Cells], sealed: list[tuple[int, Sealed]]) -> list[Cells]:
    """The rows with their sealed cells opened. Most are empty, and a caseload has millions."""
    for place, field in sealed:
        if any(row[place] for row in rows):
            opened = field.opened
            rows = [(*row[:place], opened(row[place]), *row[place + 1 :]) if row[place] else row for row in rows]
    return rows
