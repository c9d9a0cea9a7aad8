"""An installation apart: a folder and a database made for one measurement, and removed again.

What is measured runs in a process of its own, whose settings name them. Never the data in use: of the
settings of an installation that runs on this machine none is passed on, whether of its database, its
store of files, its mail server or its keys.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[3]
#: How names begin by which a process finds its programs, its libraries, its user's folders, and what proves it to the
#: PostgreSQL that was named; nothing that leads to another one (PGHOST). JOB_…: how patient workers are. They say what
#: is passed on and not what is left out, so that a setting that is new is left out by itself.
_PASSED_ON = (
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_", "TZ", "TMPDIR", "LD_", "DYLD_", "PYTHON", "XDG_", "FONTCONFIG_",
    "CHROMIUM", "PGPASS", "PGSSL", "PGUSER", "JOB_",
)  # fmt: skip
#: Made anew for each installation.
KEYS = {"SECRET_KEY": 64, "FIELD_KEYS": 32, "AUDIT_KEY": 32}


@contextmanager
def on_sqlite() -> Iterator[dict[str, str]]:
    """The settings of an installation on SQLite, as environment variables."""
    with tempfile.TemporaryDirectory(prefix="records-bench-") as folder:
        yield _settings(folder, f"sqlite:///{folder}/records.sqlite3")


@contextmanager
def on_postgresql(server_url: str) -> Iterator[dict[str, str]]:
    """The settings of one in a new database of that server."""
    name = f"bench_{secrets.token_hex(4)}"
    parts = urlsplit(server_url)
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            with tempfile.TemporaryDirectory(prefix="records-bench-") as folder:
                yield _settings(folder, urlunsplit(parts._replace(path=f"/{name}")))
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def said_by(module: str, *arguments: object, settings: dict[str, str]) -> Iterator[dict[str, object]]:
    """What a module, run with those settings, says line by line, each as JSON.

    Raises RuntimeError with what it and its children wrote to the terminal, where it fails.
    """
    with tempfile.TemporaryFile("w+") as remarks:
        with subprocess.Popen(  # noqa: S603 - this interpreter, a module of ours and numbers
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=ROOT, env=_machine() | settings, stdout=subprocess.PIPE, stderr=remarks, text=True,
        ) as process:  # fmt: skip
            for line in process.stdout or ():
                yield json.loads(line)
        if process.returncode:
            remarks.seek(0)
            raise RuntimeError(f"{module} ended with {process.returncode}:\n{remarks.read()}")


def _machine() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)}


def _settings(folder: str, url: str) -> dict[str, str]:
    return {
        "DATABASE_URL": url, "CMS_DATA_DIR": folder, "CMS_LOCAL": "1", "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "cms_tracker.settings",
        **{name: secrets.token_urlsafe(length) for name, length in KEYS.items()},
    }  # fmt: skip
