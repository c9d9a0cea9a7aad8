"""What a migration may do while the version before it still runs, and while people write. Plain comparisons.

Two questions. Does the version that people have still work on the tables of this one (`contracted`)? And would
a step hold a large table for long on PostgreSQL (`heavy`)? The rules are those that django-migration-linter and
PostgreSQL's own documentation of ALTER TABLE give, for the operations that Django has.
"""

from collections.abc import Iterator

from django.db import models
from django.db.migrations import operations as ops
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.expressions import Value
from django.db.models.fields import NOT_PROVIDED
from django.db.models.functions import Now

#: Defaults that PostgreSQL works out once, so that adding the column writes no row.
_WORKED_OUT_ONCE = (Value, Now)
#: What writes no row and holds a table only for a moment; each field and state is looked at by itself.
_LIGHT = (
    ops.CreateModel,
    ops.DeleteModel,
    ops.RemoveField,
    ops.RemoveIndex,
    ops.RemoveConstraint,
    ops.RenameIndex,
    ops.AlterModelOptions,
    ops.AlterModelManagers,
)


def contracted(then: ProjectState, now: ProjectState) -> list[str]:
    """What the older version needs and no longer finds, or does not know that it must fill."""
    return [line for key in sorted(then.models) for line in _model_contracted(key, then, now)]


def _model_contracted(key: tuple[str, str], then: ProjectState, now: ProjectState) -> Iterator[str]:
    label = ".".join(key)
    if key not in now.models:
        yield f"{label} is gone"
        return
    before, after = then.apps.get_model(*key)._meta, now.apps.get_model(*key)._meta
    if before.db_table != after.db_table:
        yield f"{label} has another table"
    columns = {field.column: field for field in after.local_concrete_fields}
    known = {field.column for field in before.local_concrete_fields}
    for field in before.local_concrete_fields:
        if field.column not in columns:
            yield f"{label}.{field.column} is gone"
        else:
            yield from (f"{label}.{field.column} {what}" for what in _narrowed(field, columns[field.column]))
    for column, field in columns.items():
        if column not in known and not (field.null or field.has_db_default()):
            yield f"{label}.{column} is new, may not be empty, and has no db_default"
    constraints = {one.name for one in before.constraints}
    for one in after.constraints:
        if one.name not in constraints:
            yield f"{label} has the new constraint {one.name}, which the older version does not know"
    if set(after.unique_together) - set(before.unique_together):
        yield f"{label} has a new unique_together"


def _narrowed(before: "models.Field[object, object]", after: "models.Field[object, object]") -> Iterator[str]:
    if before.get_internal_type() != after.get_internal_type():
        yield f"was {before.get_internal_type()} and is {after.get_internal_type()}"
    if before.null and not after.null:
        yield "may no longer be empty"
    if after.max_length is not None and (before.max_length is None or after.max_length < before.max_length):
        yield "is shorter"
    if after.unique and not before.unique:
        yield "is unique now"
    if before.has_db_default() and not after.has_db_default():
        yield "lost its db_default"


def heavy(migration: Migration, state: ProjectState, *, released: ProjectState) -> list[str]:
    """The steps of a migration that would write or hold a table with people's rows; moves ``state`` to behind it.

    ``released`` tells which tables have rows: those that came later are empty when the migration runs.
    """
    found = []
    for operation in migration.operations:
        before = state.clone()
        operation.state_forwards(migration.app_label, state)
        found += [f"{operation.describe()}: {why}" for why in _weight(operation, migration, before, state, released)]
    return found


def _weight(
    operation: Operation, migration: Migration, before: ProjectState, after: ProjectState, released: ProjectState
) -> Iterator[str]:
    model = getattr(operation, "model_name_lower", None)
    is_filled = model is not None and (migration.app_label, model) in released.models
    if isinstance(operation, _LIGHT) or (model is not None and not is_filled):
        return
    if isinstance(operation, ops.AddField):
        yield from _field_added(operation.field)
    elif isinstance(operation, ops.AlterField):
        key = (migration.app_label, operation.model_name_lower)
        yield from _field_altered(before.models[key].fields[operation.name], after.models[key].fields[operation.name])
    elif isinstance(operation, ops.AddIndex):
        if migration.atomic or not getattr(operation, "is_gentle", False):
            yield "an index is made with AddIndexGently, in a migration with atomic = False"
    elif isinstance(operation, ops.AddConstraint):
        yield "every row is looked at while nobody may write"
    elif isinstance(operation, ops.RunPython | ops.RunSQL | ops.SeparateDatabaseAndState):
        yield "nobody can tell from outside how long it holds what"
    else:
        yield f"{type(operation).__name__} is not known to be light"


def _field_added(field: "models.Field[object, object]") -> Iterator[str]:
    default = field.db_default
    if not field.null and default is NOT_PROVIDED:
        yield "writes every row: null=True, or a db_default"
    elif hasattr(default, "resolve_expression") and not isinstance(default, _WORKED_OUT_ONCE):
        yield "its db_default may differ from row to row, so every row is written"
    if field.unique or field.db_index:
        yield "makes an index while nobody may write: without one here, and AddIndexGently after it"


def _field_altered(before: "models.Field[object, object]", after: "models.Field[object, object]") -> Iterator[str]:
    if before.get_internal_type() != after.get_internal_type():
        yield "another type writes every row"
    if before.null and not after.null:
        yield "every row is looked at while nobody may read"
    if (after.unique and not before.unique) or (after.db_index and not before.db_index):
        yield "makes an index while nobody may write"
