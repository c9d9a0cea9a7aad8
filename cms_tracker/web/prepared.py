"""Reads of one case whose SQL is made once: on a small read, making it costs ten times what running it does.

The cells come as the driver gives them, which for dates, numbers and words is what a model would
give; a key is text or a UUID, by the driver (``key_text``).
"""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet, UUIDField

Cells = tuple[Any, ...]
RowsOf = Callable[[Sequence[uuid.UUID]], QuerySet[Any, Any]]

_STAND_IN = uuid.UUID(int=0)  # for the case, until the SQL is used
_made: dict[tuple[str, str], tuple[str, tuple[Any, ...]]] = {}


def cells(name: str, rows_of: RowsOf, case_ids: Sequence[uuid.UUID]) -> list[Cells]:
    """The rows of these cases. ``name`` is of this read alone; ``rows_of`` filters by the keys of the cases.

    What ``rows_of`` gives may depend on nothing else: for one case it is asked once and never again.
    """
    if not case_ids:
        return []
    if len(case_ids) == 1:
        made = _made.get((name, connection.vendor))
        if made is None:
            made = _made[name, connection.vendor] = _sql(rows_of([_STAND_IN]))
        blank, key = prepared(_STAND_IN), prepared(case_ids[0])
        sql, params = made[0], tuple(key if one == blank else one for one in made[1])
    else:
        sql, params = _sql(rows_of(case_ids))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[Cells] = cursor.fetchall()
    return found


def prepared(key: uuid.UUID) -> Any:
    """A key as the database's driver takes and gives it."""
    return _FIELD.get_db_prep_value(key, connection)


def key_text(cell: Any) -> str:
    """The text of a key that the driver gave as a UUID, or as its digits alone."""
    if type(cell) is str:
        return f"{cell[:8]}-{cell[8:12]}-{cell[12:16]}-{cell[16:20]}-{cell[20:]}"
    return str(cell)


_FIELD: "UUIDField[uuid.UUID, uuid.UUID]" = UUIDField()


def _sql(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    sql, params = rows.query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
    return sql, tuple(params)
