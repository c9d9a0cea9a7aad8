"""Steps of migrations that people hardly notice: for tables that have grown, while others write.

Used in a migration with ``atomic = False``, alone, so that it can be run again after it was stopped.
"""

from typing import Any

from django.db.migrations.operations import AddIndex


class AddIndexGently(AddIndex):
    """Make an index while people go on writing: CONCURRENTLY on PostgreSQL, the plain way on SQLite.

    One that was stopped half-way leaves an invalid index on PostgreSQL; it is dropped and made anew.
    """

    atomic = False
    is_gentle = True

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make it."""
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            name = schema_editor.quote_name(self.index.name)
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            schema_editor.add_index(model, self.index, concurrently=True)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take it away again, as gently."""
        if schema_editor.connection.vendor != "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
            return
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.remove_index(model, self.index, concurrently=True)

    def describe(self) -> str:
        """Say what is done."""
        return f"{super().describe()}, gently"
