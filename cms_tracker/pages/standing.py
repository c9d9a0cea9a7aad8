"""Ask each part of the installation how it fares: a few reads of indexes, and nothing of anybody."""

import datetime as dt
import shutil
import tempfile
from dataclasses import replace

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import localdate
from kombu.exceptions import OperationalError

from arrears import caseload
from cms_tracker.audit import anchors
from cms_tracker.pages.core.watching import Papers, Standing
from cms_tracker.watch import queries as watch
from cms_tracker.web import storage
from correspondence import queries as correspondence

#: Names of migrations are read from many files: once all are applied, they stay so while this process lives.
_migrated: list[bool] = []


def standing(*, at: dt.datetime) -> Standing:
    """How everything fares at this moment. A part that does not answer is no error: it is what was asked."""
    free, room = _room()
    around = Standing(at=at, database=False, broker=broker_answers(), files=files_can_be_kept(), free=free, room=room)
    try:
        if not is_migrated():
            return replace(around, database=True)
        counts, reminders_since = correspondence.reminders_unsent()
        lag = caseload.lag(on=localdate(at))
        return replace(
            around,
            database=True,
            migrated=True,
            papers=tuple(
                Papers(kind=kind, state=state, count=count, since=since)
                for kind, state, count, since in correspondence.unfinished()
            ),
            reminders=counts,
            reminders_since=reminders_since,
            marked=lag.marked,
            marked_since=lag.marked_since,
            figures_due_on=lag.due_on,
            anchor_at=anchors.latest_at(),
            runs=watch.runs(),
        )
    except DatabaseError:
        return around


def database_answers() -> bool:
    """Say whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def is_migrated() -> bool:
    """Say whether every migration of this version is applied. Raises DatabaseError."""
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.append(True)
    return True


def broker_answers() -> bool:
    """Say whether the broker answers, within the short time that settings give it."""
    try:
        with current_app.connection_for_write() as line:
            line.ensure_connection(max_retries=1, interval_start=0, interval_step=0)  # connect() would wait for 2 s
            line.channel().close()
    except (OperationalError, OSError, *current_app.connection_for_write().connection_errors):
        return False
    return True


def files_can_be_kept() -> bool:
    """Say whether a file can be written in the folder of private files, or whether their store answers."""
    try:
        if settings.S3:
            storage.is_empty()
            return True
        settings.PRIVATE_FILES_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.PRIVATE_FILES_DIR) as file:
            file.write(b"x" * 512)
    except OSError:
        return False
    return True


def _room() -> tuple[int, int]:
    """Bytes that are free, and that there are, on the disk of the data directory; 0, 0 where it is not there."""
    try:
        found = shutil.disk_usage(settings.DATA_DIR)
    except OSError:
        return 0, 0
    return found.free, found.total
