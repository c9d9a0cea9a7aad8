"""An index is made and taken away while others write, and made again after it was stopped half-way."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from cms_tracker.web.gentle import AddIndexGently

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = migrations.CreateModel(
    "Sale", [("id", models.BigAutoField(primary_key=True)), ("till", models.CharField(max_length=20))]
)
STEP = AddIndexGently("sale", models.Index(fields=["till"], name="by_till"))


def _indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, "web_sale"))


class TestAddIndexGently:
    def test_makes_it_again_after_it_was_stopped_and_takes_it_away(self) -> None:
        empty, before = ProjectState(), ProjectState()
        TABLE.state_forwards("web", before)
        after = before.clone()
        STEP.state_forwards("web", after)
        with connection.schema_editor() as editor:
            TABLE.database_forwards("web", editor, empty, before)

        try:
            for _ in range(2 if connection.vendor == "postgresql" else 1):
                with connection.schema_editor(atomic=False) as editor:
                    STEP.database_forwards("web", editor, before, after)
                assert "by_till" in _indexes()
            with connection.schema_editor(atomic=False) as editor:
                STEP.database_backwards("web", editor, after, before)
            assert "by_till" not in _indexes()
        finally:
            with connection.schema_editor() as editor:
                TABLE.database_backwards("web", editor, before, empty)
