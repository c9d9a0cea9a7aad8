"""The audit app: who did what, and the guard that keeps recorded facts as they were."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Reinstalls the append-only triggers after every migration and checks them at start."""

    name = "cms_tracker.audit"
    label = "audit"

    def ready(self) -> None:
        """Hook the guard to migrations: SQLite drops a table's triggers when it rebuilds the table."""
        from cms_tracker.audit import append_only  # noqa: PLC0415 - models are ready only now

        post_migrate.connect(append_only.reinstall_after_migration, sender=self)
        register(append_only.check_triggers, Tags.database)
