"""Checks that stop an unsafe start: what was answered "saved" must survive a power cut.

Settings refuse a missing or weak value by themselves (``cms_tracker/settings``); here is what
only a look at the running database or an installed library can tell.
"""

import os
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from cms_tracker.settings.environment import Refused

SQLITE_SYNCHRONOUS_FULL = 2
#: The first release whose fetcher can be closed for every kind of reference a document may hold.
FIRST_SAFE_WEASYPRINT = 70


@checks.register(checks.Tags.database)
def durable_database(
    *,
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[checks.CheckMessage]:
    """Return an error for each database that may lose a write it has acknowledged."""
    return [
        checks.Error(
            f"The database may lose what it has saved: {weakness}.",
            hint="See DATABASE_URL in .env.example.",
            id="web.E001",
        )
        for alias in databases or ()
        for weakness in _weaknesses(alias)
    ]


@checks.register(checks.Tags.security)
def safe_pdf_library(*, app_configs: Sequence[AppConfig] | None, **_: Any) -> list[checks.CheckMessage]:
    """Return an error when the installed PDF library could fetch files or addresses by itself."""
    try:
        version = metadata.version("weasyprint")
    except metadata.PackageNotFoundError:
        return []
    if int(version.split(".")[0]) >= FIRST_SAFE_WEASYPRINT:
        return []
    return [
        checks.Error(
            f"WeasyPrint {version} is too old to render letters safely.",
            hint="Install requirements.txt.",
            id="web.E002",
        ),
    ]


@checks.register(checks.Tags.security)
def private_data_folder(*, app_configs: Sequence[AppConfig] | None, **_: Any) -> list[checks.CheckMessage]:
    """Return an error when other users of this machine could look into the data folder of a server."""
    folder = Path(settings.DATA_DIR)
    if settings.LOCAL or os.name == "nt" or not folder.exists() or not folder.stat().st_mode & 0o077:
        return []
    return [
        checks.Error(
            "CMS_DATA_DIR is open to other users of this machine.",
            hint="chmod 700 the folder.",
            id="web.E003",
        ),
    ]


_found_safe: list[bool] = []


def refuse_unsafe_start() -> None:
    """Run every check, once in a process and its copies; raise ``Refused`` naming what is unsafe, or return.

    Once: a web server's worker that is replaced while the database is away must not end the others. The
    connection is closed again, since no copy of this process may share it.
    """
    if _found_safe:
        return
    try:
        messages = checks.run_checks(include_deployment_checks=not settings.LOCAL, databases=["default"])
    except (DatabaseError, ImproperlyConfigured):
        raise Refused("DATABASE_URL names a database that does not answer.") from None
    finally:
        connections.close_all()
    if serious := [_in_one_line(message) for message in messages if _stops(message)]:
        raise Refused(" ".join(serious))
    _found_safe.append(True)


def _stops(message: checks.CheckMessage) -> bool:
    """Django calls what is missing from a server's defences a warning; here it stops the start."""
    return message.is_serious() or (message.id or "").startswith("security.")


def _in_one_line(message: checks.CheckMessage) -> str:
    return " ".join(f"{message.msg} {message.hint or ''} ({message.id})".split())


def _weaknesses(alias: str) -> list[str]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return _sqlite_weaknesses(cursor)
        if connection.vendor == "postgresql":
            return _postgresql_weaknesses(cursor)
    return [f"{connection.vendor} is not supported"]


def _sqlite_weaknesses(cursor: Any) -> list[str]:
    # A database in memory, as tests use, has no journal and nothing to lose.
    in_memory = cursor.execute("PRAGMA journal_mode").fetchone()[0] == "memory"
    synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if in_memory or synchronous >= SQLITE_SYNCHRONOUS_FULL:
        return []
    return ["SQLite must run with synchronous=FULL"]


def _postgresql_weaknesses(cursor: Any) -> list[str]:
    found = []
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        cursor.execute("SELECT current_setting(%s)", [name])
        if cursor.fetchone()[0] == "off":
            found.append(f"PostgreSQL runs with {name}=off")
    return found
