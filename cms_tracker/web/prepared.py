"""Reads of cases whose SQL is made once: on a small read, making it costs ten times what running it does.

The cells come as the driver gives them, which for dates, numbers and words is what a model would
give; a key is text or a UUID, by the driver (``key_text``). What is sealed is opened.
"""

import datetime as dt
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.sqlite3 import base as _  # noqa: F401 - registers its own way to read days, which ours replaces
from django.db.models import QuerySet, UUIDField
from django.utils.dateparse import parse_date

from cms_tracker.sealed.fields import Sealed

Cells = tuple[Any, ...]
RowsOf = Callable[[Sequence[uuid.UUID]], QuerySet[Any, Any]]

MOST = 512  # cases in one read whose SQL is kept
# The SQL; of each parameter its place among the keys, or itself; the columns that are sealed, by place.
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
            made = _made[name, connection.vendor, size] = _make(rows_of, size)
        keys = [prepared(one) for one in case_ids]
        keys += [keys[-1]] * (size - len(keys))
        sql, params, sealed = made[0], tuple([own if place is None else keys[place] for place, own in made[1]]), made[2]
    else:
        rows = rows_of(case_ids)
        (sql, params), sealed = _sql(rows), _sealed(rows)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[Cells] = cursor.fetchall()
    return _opened(found, sealed) if sealed else found


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
    return _FIELD.get_db_prep_value(key, connection)


def key_text(cell: Any) -> str:
    """The text of a key that the driver gave as a UUID, or as its digits alone."""
    if type(cell) is str:
        return f"{cell[:8]}-{cell[8:12]}-{cell[12:16]}-{cell[16:20]}-{cell[20:]}"
    return str(cell)


_FIELD: "UUIDField[uuid.UUID, uuid.UUID]" = UUIDField()


def _make(rows_of: RowsOf, size: int) -> Made:
    """The SQL for so many cases: keys that no case has stand in for theirs until it is used."""
    stand_ins = [uuid.UUID(int=place) for place in range(size)]
    rows = rows_of(stand_ins)
    sql, params = _sql(rows)
    places = {prepared(one): place for place, one in enumerate(stand_ins)}
    return sql, [(places.get(one), one) for one in params], _sealed(rows)


def _sealed(rows: QuerySet[Any, Any]) -> list[tuple[int, Sealed]]:
    """The sealed ones among the columns that are read, each with its place."""
    fields = map(rows.model._meta.get_field, rows.query.values_select)
    return [(place, field) for place, field in enumerate(fields) if isinstance(field, Sealed)]


def _opened(rows: list[Cells], sealed: list[tuple[int, Sealed]]) -> list[Cells]:
    """The rows with their sealed cells opened. Most are empty, and a caseload has millions."""
    for place, field in sealed:
        if any(row[place] for row in rows):
            opened = field.opened
            rows = [(*row[:place], opened(row[place]), *row[place + 1 :]) if row[place] else row for row in rows]
    return rows


def _sql(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    sql, params = rows.query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
    return sql, tuple(params)
