"""Rows that a named constraint has to refuse."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction


def refused(constraint: str, model: type[models.Model], **values: Any) -> None:
    """Add a row and expect this constraint, and no other, to refuse it."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model._default_manager.create(**values)


def copied(model: type[models.Model], **changes: Any) -> dict[str, Any]:
    """The values of the first row, which the database has taken, with some changed."""
    row = model._default_manager.first()
    assert row is not None
    kept = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    del kept[model._meta.pk.attname]
    return kept | changes


def refused_copy(constraint: str, model: type[models.Model], **changes: Any) -> None:
    """Expect the constraint to refuse a row like the first with some values changed, and to take it unchanged."""
    with transaction.atomic():
        model._default_manager.create(**copied(model))
    refused(constraint, model, **copied(model, **changes))


def refused_part_of_a_penny(constraint: str, model: type[models.Model], column: str) -> None:
    """Expect half a penny not to be kept: SQLite's constraint refuses it, PostgreSQL's column cannot hold it."""
    values = copied(model) | {column: models.Value(100.5, output_field=models.FloatField())}
    if model._meta.pk.attname == "id" and isinstance(model._meta.pk, models.UUIDField):
        values["id"] = uuid.uuid4()
    if connection.vendor == "sqlite":
        refused(constraint, model, **values)
    else:
        with transaction.atomic():
            row = model._default_manager.create(**values)
        assert model._default_manager.values_list(column, flat=True).get(pk=row.pk) in {100, 101}
