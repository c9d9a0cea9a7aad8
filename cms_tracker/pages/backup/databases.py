"""The database as a few files, at one instant while others write, and back into an empty one.

SQLite gives one file, by its own backup. PostgreSQL gives one file a table, by COPY in a single
read-only transaction: it needs no program beside the driver, and its text is the same in every version.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from cms_tracker.audit import append_only

ALIAS = "backup"  # the copy of a SQLite database, while it is read
_PIECE = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A database as files: its engine, its files by name, the columns of each table, and its migrations by app."""

    engine: str
    files: Mapping[str, Path]
    columns: Mapping[str, Sequence[str]]
    migrations: Mapping[str, Sequence[str]]
    named: Sequence[tuple[str, str]] = field(default=())


def is_empty() -> bool:
    """Whether the database has no table yet."""
    return not connection.introspection.table_names()


@contextmanager
def copied(into: Path, *, named_files: Any) -> Iterator[Copied]:
    """Copy the database to files in a folder. ``named_files(alias)`` is asked about the very same instant."""
    copy = _copy_sqlite if connection.vendor == "sqlite" else _copy_postgresql
    yield copy(into, named_files)


def put_back(found: Copied) -> None:
    """Fill the empty database from its files, then bring it to the migrations of this version."""
    if connection.vendor == "sqlite":
        _put_back_sqlite(found.files["database.sqlite3"])
    else:
        with transaction.atomic():
            _put_back_postgresql(found)
    call_command("migrate", verbosity=0, interactive=False)


def unknown_migrations(migrations: Mapping[str, Sequence[str]]) -> list[str]:
    """The migrations that this version does not have: the backup is of a newer one."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    return [f"{app}.{name}" for app, names in migrations.items() for name in names if (app, name) not in known]


def _migrations(alias: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for app, name in MigrationRecorder(connections[alias]).applied_migrations():
        found.setdefault(app, []).append(name)
    return {app: sorted(names) for app, names in sorted(found.items())}


def _copy_sqlite(into: Path, named_files: Any) -> Copied:
    path = into / "database.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as target:
        connection.connection.backup(target)  # one step: nobody writes in between
        target.execute("PRAGMA journal_mode=DELETE")
    target.close()
    connections.databases[ALIAS] = {**connections.databases["default"], "NAME": str(path), "OPTIONS": {}}
    try:
        named, migrations = list(named_files(ALIAS)), _migrations(ALIAS)
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]
    return Copied(engine="sqlite", files={path.name: path}, columns={}, migrations=migrations, named=named)


def _put_back_sqlite(path: Path) -> None:
    target = Path(connection.settings_dict["NAME"])
    connection.close()
    for left in (f"{target}-wal", f"{target}-shm"):
        Path(left).unlink(missing_ok=True)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o600)
    path.replace(target)


def _copy_postgresql(into: Path, named_files: Any) -> Copied:
    files, columns = {}, {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in sorted(connection.introspection.table_names()):
            columns[table] = _columns_of(cursor, table)
            files[f"{table}.copy"] = into / f"{table}.copy"
            with (
                files[f"{table}.copy"].open("wb") as file,
                cursor.copy(_copied_out(table, columns[table])) as rows,
            ):
                for piece in rows:
                    file.write(piece)
        return Copied(
            engine="postgresql",
            files=files,
            columns=columns,
            migrations=_migrations("default"),
            named=list(named_files("default")),
        )


def _columns_of(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def _copied_out(table: str, columns: Sequence[str]) -> sql.Composed:
    """COPY of what is selected: it takes a table that is in parts too."""
    return sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table)
    )


def _copied_in(table: str, columns: Sequence[str]) -> sql.Composed:
    return sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )


def _put_back_postgresql(found: Copied) -> None:
    for app, names in found.migrations.items():
        call_command("migrate", app, names[-1], verbosity=0, interactive=False)
    append_only.remove(connection)  # `migrate` puts the guards back; what comes now is the record itself
    tables = [Path(name).stem for name in found.files]
    with connection.cursor() as cursor:
        # What the migrations put in is checked, and done with: a table cannot be emptied while keys of it wait.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, tables))))
        for table in tables:
            with (
                found.files[f"{table}.copy"].open("rb") as file,
                cursor.copy(_copied_in(table, found.columns[table])) as rows,
            ):
                while piece := file.read(_PIECE):
                    rows.write(piece)
        _set_counters(cursor, tables)


def _set_counters(cursor: Any, tables: Sequence[str]) -> None:
    """Let each counter go on after the highest number that is there."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND is_identity = 'YES' AND table_name = ANY(%s)",
        [list(tables)],
    )
    for table, column in cursor.fetchall():
        cursor.execute(
            sql.SQL(
                "SELECT setval(pg_get_serial_sequence({0}, {1}), COALESCE(MAX({2}), 1), MAX({2}) IS NOT NULL) FROM {3}"
            ).format(sql.Literal(table), sql.Literal(column), sql.Identifier(column), sql.Identifier(table))
        )
