"""Installations of their own, beside the one that the tests use: a folder, a database, keys, and programs."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.architecture.source import ROOT
from tests.runner.steps import clean_environment


def new_keys() -> dict[str, str]:
    """Return keys that no other installation has."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": secrets.token_urlsafe(32),
        "AUDIT_KEY": secrets.token_urlsafe(32),
    }


@contextmanager
def empty_databases(count: int) -> Iterator[list[str]]:
    """Give so many addresses of empty databases, on the engine of this run; empty text stands for a file."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield [""] * count
        return
    names = [f"apart_{secrets.token_hex(4)}" for _ in range(count)]
    with psycopg.connect(url, autocommit=True) as server:
        for name in names:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield [urlunsplit(urlsplit(url)._replace(path=f"/{name}")) for name in names]
        for name in names:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


class Installation:
    """An installation of its own: a folder, a database, and the programs that run on it."""

    def __init__(self, folder: Path, url: str, **keys: str) -> None:
        self.folder = folder
        self.environment = {
            **clean_environment(),
            **keys,
            "CMS_LOCAL": "1",
            "CMS_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "cms_tracker.settings",
            **({"DATABASE_URL": url} if url else {}),
        }

    def run(self, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of manage.py to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, module: str, *arguments: str, code: Path = ROOT) -> "subprocess.Popen[str]":
        """Start a program of ours, of the version that lies in a folder (this one)."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=code,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
