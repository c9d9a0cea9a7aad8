"""Sealing what is stored already: under a new key, or, in a migration, what was plain until then.

Row by row in batches, each in a transaction of its own where the caller has none. What is done
stays done, so whatever breaks off is simply begun again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

from cms_tracker.audit.append_only import lifted
from cms_tracker.sealed.fields import Sealed
from cms_tracker.sealed.ring import ring

BATCH = 500  # rows a transaction


class Column(NamedTuple):
    """A column that holds tokens, the key of its table, and what its tokens are bound to."""

    table: str
    key: str
    column: str
    purpose: str


def sealed_columns() -> list[Column]:
    """Every sealed column of the installed models, and the payload of sessions."""
    return [
        Column(model._meta.db_table, str(model._meta.pk.column), str(field.column), field.purpose)
        for model in installed.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, Sealed)
    ]


def reseal(connection: BaseDatabaseWrapper, column: Column) -> Iterator[int]:
    """Seal a column anew under the newest key; after each batch, say how many rows it took.

    Raises CannotOpenError where a row is sealed with a key that is not there; rows before it are done.
    """
    keys = ring()

    def again(token: str) -> str:
        return keys.seal(keys.open(token, purpose=column.purpose), purpose=column.purpose)

    name = connection.ops.quote_name(column.column)
    waiting = f"{name} <> '' AND {name} NOT LIKE '{keys.start_of_current}%%'"
    while count := _batch(connection, column, where=waiting, params=[], change=again)[0]:
        yield count


def seal_existing(app: str, columns: Mapping[str, Sequence[str]]) -> RunPython:
    """The step of a migration that seals what these columns of an app's models hold, and opens it on the way back."""

    def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for column in _named(apps, app, columns):
            _all(editor.connection, column, partial(ring().seal, purpose=column.purpose))

    def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for column in _named(apps, app, columns):
            _all(editor.connection, column, partial(ring().open, purpose=column.purpose))

    return RunPython(forwards, backwards, elidable=True)


def _named(apps: Apps, app: str, columns: Mapping[str, Sequence[str]]) -> Iterator[Column]:
    for model_name, names in columns.items():
        meta = apps.get_model(app, model_name)._meta
        for name in names:
            column = meta.get_field(name).column
            yield Column(meta.db_table, meta.pk.column, column, f"{meta.db_table}.{column}")


def _all(connection: BaseDatabaseWrapper, column: Column, change: Callable[[str], str]) -> None:
    """Change every row of a column once, in the order of its keys."""
    quote = connection.ops.quote_name
    where, last = f"{quote(column.column)} <> ''", None
    while True:
        beyond = f"{where} AND {quote(column.key)} > %s" if last is not None else where
        count, last = _batch(connection, column, where=beyond, params=[] if last is None else [last], change=change)
        if not count:
            return


def _batch(
    connection: BaseDatabaseWrapper, column: Column, *, where: str, params: Sequence[Any], change: Callable[[str], str]
) -> tuple[int, Any]:
    """Change the first rows that ``where`` finds; how many they were, and the key of the last."""
    quote = connection.ops.quote_name
    table, key, name = quote(column.table), quote(column.key), quote(column.column)
    select = f"SELECT {key}, {name} FROM {table} WHERE {where} ORDER BY {key} LIMIT {BATCH}"  # noqa: S608 - our own names
    update = f"UPDATE {table} SET {name} = %s WHERE {key} = %s AND {name} = %s"  # noqa: S608 - and again
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(select, list(params))
        rows = cursor.fetchall()
        if not rows:
            return 0, None
        with lifted(connection, column.table):
            # Only where it is still what was read: somebody may have changed a row meanwhile.
            cursor.executemany(update, [(change(text), found, text) for found, text in rows])
    return len(rows), rows[-1][0]
