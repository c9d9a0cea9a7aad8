"""Rows that are never changed: the database itself refuses UPDATE and DELETE.

A model that inherits ``AppendOnly`` gets three triggers, on SQLite and on PostgreSQL alike. UPDATE
is always refused. DELETE is refused unless a ``DeletionPermit`` for the row's case exists, which
only the operation that deletes a whole case grants, inside its own transaction. Audit events have
no permit at all. The third closes each engine's own way round the second: REPLACE on SQLite, which
deletes without the delete trigger, and TRUNCATE on PostgreSQL.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, NamedTuple

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Cast, Now

from cms_tracker.sealed.fields import EncryptedTextField

REFUSAL = "append-only: this row is part of the record and cannot be changed"

_EVENTS = {"sqlite": ("update", "delete", "replace"), "postgresql": ("update", "delete", "truncate")}


class AppendOnly(models.Model):
    """A row that may be added and read, and never updated or deleted one by one."""

    # The column that names the case whose deletion permit opens this table; None: nothing does.
    permit_column: str | None = "case_id"

    class Meta:
        abstract = True


class Limit(NamedTuple):
    """How many facts of one kind a case may hold, struck-out ones counted; what they are called; the form's field."""

    most: int
    what: str
    field: str


class Fact(AppendOnly):
    """A recorded fact of a case. A slip is struck out with a reason and recorded anew.

    Each concrete fact adds its ``case``. ``entered_at`` is set by the database. ``limit`` is for
    kinds of which a great many would make every page of the case slow.
    """

    limit: ClassVar[Limit | None] = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    note = EncryptedTextField(max_length=2000, blank=True)
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True


def whole(column: str, *, name: str) -> models.CheckConstraint:
    """A constraint that takes whole numbers only: a column of SQLite would keep a fraction or a word."""
    number = Cast(column, models.BigIntegerField())
    return models.CheckConstraint(condition=models.Q(**{column: number}), name=name)


def guarded_models() -> list[type[AppendOnly]]:
    """List every installed model whose rows the database must keep as they are."""
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def install(connection: BaseDatabaseWrapper) -> None:
    """Create, or create again, the triggers of every guarded table on this connection."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in _statements(connection, drop=False):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers. Only a test's own clean-up between two tests has a use for this."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in _statements(connection, drop=True):
            cursor.execute(statement)


@contextmanager
def lifted(connection: BaseDatabaseWrapper, table: str) -> Iterator[None]:
    """Let rows of one table be written anew, inside the caller's transaction alone: nobody else sees it open.

    Only for what gives each row the same meaning in another form: a migration, and keys that are changed.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("The guard is lifted only inside a transaction.")
    guard = _name(table, "update")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [guard])
            made = [row[0] for row in cursor.fetchall()]
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard}")
        else:
            cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = %s AND NOT tgisinternal", [guard])
            there = cursor.fetchone() is not None
            # A table cannot be altered while foreign keys of its rows wait to be checked: they are checked at once.
            made = [f"ALTER TABLE {table} ENABLE TRIGGER {guard}", "SET CONSTRAINTS ALL DEFERRED"] if there else []
            if there:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
        yield
        for statement in made:
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the guarded tables, and their parts, that exist without all of their triggers at work."""
    tables = set(connection.introspection.table_names())
    guards = {
        table: {_name(table, event) for event in _EVENTS[connection.vendor]}
        for table in (model._meta.db_table for model in guarded_models())
        if table in tables
    }
    # Updates and deletions are refused in a part by the triggers of the whole, which each part has under their names.
    parts = {one.table: {*guards[one.whole] - {_name(one.whole, "truncate")}, one.guard} for one in _parts(connection)}
    present = _present(connection)
    return [table for table, names in (guards | parts).items() if not names <= present.get(table, set())]


def _present(connection: BaseDatabaseWrapper) -> dict[str, set[str]]:
    """The triggers of each table that are at work."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        present = defaultdict[str, set[str]](set)
        for table, name in cursor.fetchall():
            present[table].add(name)
    return present


class _Part(NamedTuple):
    """A part of a guarded table: the table it is of, its own name as a statement takes it, and its own guard's."""

    whole: str
    table: str
    guard: str


def _parts(connection: BaseDatabaseWrapper) -> list[_Part]:
    """Every part that holds rows, where tables are in parts (``partitions``); SQLite has none."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT whole.relname, tree.relid::regclass::text, part.relname FROM pg_class whole,"
            " pg_partition_tree(whole.oid) tree JOIN pg_class part ON part.oid = tree.relid"
            " WHERE whole.relkind = 'p' AND whole.relname = ANY(%s) AND pg_table_is_visible(whole.oid) AND tree.isleaf"
            " ORDER BY part.relname",
            [[model._meta.db_table for model in guarded_models()]],
        )
        return [_Part(whole, table, _name(name, "truncate")) for whole, table, name in cursor.fetchall()]


def reinstall_after_migration(sender: AppConfig, *, using: str, **_: Any) -> None:
    """Put the triggers back after ``migrate``: table rebuilds on SQLite lose them silently."""
    connection = connections[using]
    if all(table in connection.introspection.table_names() for table in _all_tables()):
        install(connection)


def check_triggers(
    app_configs: Sequence[AppConfig] | None = None, databases: Iterable[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Refuse to start on a database whose record could be changed unnoticed."""
    return [
        Error(
            f"The append-only triggers of {', '.join(absent)} are missing.",
            hint="Run manage.py migrate --skip-checks: it puts them back.",
            id="audit.E001",
        )
        for alias in databases or []
        if (absent := missing(connections[alias]))
    ]


def _all_tables() -> list[str]:
    return [model._meta.db_table for model in guarded_models()] + ["audit_deletionpermit"]


def _name(table: str, event: str) -> str:
    return f"{table}_no_{event}"


def _statements(connection: BaseDatabaseWrapper, *, drop: bool) -> list[str]:
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    whole = [statement for model in guarded_models() for statement in make(model, drop=drop)]
    return whole + [statement for part in _parts(connection) for statement in _of_part(part, drop=drop)]


def _condition(model: type[AppendOnly]) -> str:
    if model.permit_column is None:
        return ""
    permit = f"SELECT 1 FROM audit_deletionpermit p WHERE p.case_id = OLD.{model.permit_column}"  # noqa: S608 - ours
    return f"NOT EXISTS ({permit})"


def _sqlite(model: type[AppendOnly], *, drop: bool) -> list[str]:
    table = model._meta.db_table
    statements = [f"DROP TRIGGER IF EXISTS {_name(table, event)}" for event in _EVENTS["sqlite"]]
    if drop:
        return statements
    permitted = f"WHEN {_condition(model)}" if _condition(model) else ""
    exists = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {_same_row(model)})"  # noqa: S608 - names of our own tables
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return [
        *statements,
        f"{_trigger(table, 'update')} {refuse}",
        f"{_trigger(table, 'delete')} {permitted} {refuse}",
        f"CREATE TRIGGER {_name(table, 'replace')} BEFORE INSERT ON {table} {exists} {refuse}",
    ]


def _same_row(model: type[AppendOnly]) -> str:
    """The rows that a REPLACE of NEW would delete: those it is equal to in whatever has to be unique."""
    meta = model._meta
    column_of = {field.name: field.column for field in meta.concrete_fields}
    unique = [[field.column] for field in meta.concrete_fields if field.unique]
    together = [[column_of[name] for name in one.fields] for one in meta.total_unique_constraints]
    same = [" AND ".join(f"{column} = NEW.{column}" for column in columns) for columns in (*unique, *together)]
    return " OR ".join(f"({one})" for one in same)


def _postgresql(model: type[AppendOnly], *, drop: bool) -> list[str]:
    table = model._meta.db_table
    statements = [f"DROP TRIGGER IF EXISTS {_name(table, event)} ON {table}" for event in _EVENTS["postgresql"]]
    if drop:
        return statements
    permitted = f"IF NOT ({_condition(model)}) THEN RETURN OLD; END IF;" if _condition(model) else ""
    refuse = f"RAISE EXCEPTION '{REFUSAL}';"
    never, unless_permitted = f"{_name(table, 'update')}()", f"{_name(table, 'delete')}()"
    return [
        *statements,
        _function(never, refuse),
        _function(unless_permitted, f"{permitted} {refuse}"),
        f"{_trigger(table, 'update')} FOR EACH ROW EXECUTE FUNCTION {never}",
        f"{_trigger(table, 'delete')} FOR EACH ROW EXECUTE FUNCTION {unless_permitted}",
        f"{_trigger(table, 'truncate')} FOR EACH STATEMENT EXECUTE FUNCTION {never}",
    ]


def _of_part(part: _Part, *, drop: bool) -> list[str]:
    # TRUNCATE of a part asks no trigger of the whole.
    statement = f"DROP TRIGGER IF EXISTS {part.guard} ON {part.table}"
    if drop:
        return [statement]
    refused = f"FOR EACH STATEMENT EXECUTE FUNCTION {_name(part.whole, 'update')}()"
    return [statement, f"CREATE TRIGGER {part.guard} BEFORE TRUNCATE ON {part.table} {refused}"]


def _trigger(table: str, event: str) -> str:
    return f"CREATE TRIGGER {_name(table, event)} BEFORE {event.upper()} ON {table}"


def _function(signature: str, body: str) -> str:
    head = f"CREATE OR REPLACE FUNCTION {signature} RETURNS trigger LANGUAGE plpgsql"
    return f"{head} AS $guard$ BEGIN {body} END $guard$"
