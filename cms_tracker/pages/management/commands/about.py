"""Say which version runs here and on what: ``manage.py about``."""

import platform
from typing import Any

import django
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms_tracker import version


class Command(BaseCommand):
    """The version and what it rests on. For operators: no page says it."""

    help = "Print the version, the database and whether migrations wait. `manage.py version` is Django's own."

    def handle(self, **_: Any) -> None:
        """Print a line each."""
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        known = set(executor.loader.disk_migrations or {})
        newer = len(set(executor.loader.applied_migrations) - known)
        for name, value in {
            "version": version.current(),
            "python": platform.python_version(),
            "django": django.get_version(),
            "database": connection.vendor,
            "migrations that wait": waiting,
            "migrations of a newer version": newer,
        }.items():
            self.stdout.write(f"{name}: {value}")
