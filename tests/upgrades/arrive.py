"""`python -m tests.upgrades.arrive NAME`: put what `leave` kept into the empty installation that the environment names.

The tables are those of that time: each app is brought to the migration that it had then, no further.
"""

import base64
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import django

from tests.upgrades import kept


def arrive(name: str) -> None:
    """Make the tables of that time and fill them; put its files where they belong."""
    from django.conf import settings
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from cms_tracker.audit import append_only

    found = kept(name)
    MigrationExecutor(connection).migrate([(app, applied[-1]) for app, applied in found["migrations"].items()])
    with transaction.atomic(), connection.cursor() as cursor:
        for table, held in found["tables"].items():
            _fill(cursor, table, held["columns"], held["rows"], flags=_flags(cursor, table))
        if connection.vendor == "postgresql":
            _count_on(cursor, found["tables"])
    if {model._meta.db_table for model in append_only.guarded_models()} <= set(connection.introspection.table_names()):
        append_only.install(connection)  # as `migrate` did then; of older states some tables are not there yet
    for path, content in found["files"].items():
        file = Path(settings.PRIVATE_FILES_DIR, path)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(content))


def _fill(cursor: Any, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, flags: set[str]) -> None:
    cursor.execute(f'DELETE FROM "{table}"')  # what the migrations themselves put in
    listed, marks = ", ".join(f'"{one}"' for one in columns), ", ".join(["%s"] * len(columns))
    values = [
        [
            bool(value) if name in flags and value is not None else _value(value)
            for name, value in zip(columns, row, strict=True)
        ]
        for row in rows
    ]
    cursor.executemany(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', values)


def _value(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, Mapping) else value


def _flags(cursor: Any, table: str) -> set[str]:
    """The columns that hold yes or no: SQLite keeps numbers for them, PostgreSQL takes none."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return set()
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND data_type = 'boolean'", [table]
    )
    return {name for (name,) in cursor.fetchall()}


def _count_on(cursor: Any, tables: Mapping[str, Any]) -> None:
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE is_identity = 'YES' AND table_name = ANY(%s)",
        [list(tables)],
    )
    for table, column in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), COALESCE(MAX(\"{column}\"), 1),"
            f' MAX("{column}") IS NOT NULL) FROM "{table}"'
        )


if __name__ == "__main__":
    django.setup()
    arrive(sys.argv[1])
