"""A whole caseload: recomputed in full, rolled forward by a night, and read as one person's list.

It is written into a database made for it alone, a file in a folder that is removed again, and with
``--postgres`` into a database of that server that is dropped again. Never into the one in use.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from cms_tracker.pages.bench.groups import Ask, Figure, section

ROOT = Path(__file__).resolve().parents[3]
SCRATCH = "cms_tracker.pages.bench.scratch"


@section("engine")
def caseload(ask: Ask) -> Iterator[Figure]:
    """Every size asked for, on SQLite, then on the PostgreSQL that was named."""
    if not ask.caseload:
        return
    with tempfile.TemporaryDirectory(prefix="records-bench-") as folder:
        yield from _measured(ask, folder=folder, url=f"sqlite:///{folder}/records.sqlite3")
    if ask.postgres:
        name = f"bench_{secrets.token_hex(4)}"
        parts = urlsplit(ask.postgres)
        with psycopg.connect(ask.postgres, autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            try:
                with tempfile.TemporaryDirectory(prefix="records-bench-") as folder:
                    url = urlunsplit(parts._replace(path=f"/{name}"))
                    yield from _measured(ask, folder=folder, url=url)
            finally:
                server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _measured(ask: Ask, *, folder: str, url: str) -> Iterator[Figure]:
    """What a process of its own, on that database, says line by line."""
    sizes = ",".join(map(str, ask.caseload))
    settings = {
        "DATABASE_URL": url, "CMS_DATA_DIR": folder, "CMS_LOCAL": "1", "SECRET_KEY": secrets.token_urlsafe(64),
        "DJANGO_SETTINGS_MODULE": "cms_tracker.settings",
    }  # fmt: skip
    with subprocess.Popen(  # noqa: S603 - this interpreter, a module and numbers
        [sys.executable, "-m", SCRATCH, str(ask.rounds), sizes],
        cwd=ROOT, env=os.environ | settings, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            yield Figure(**json.loads(line))
    if process.returncode:
        raise RuntimeError(f"the scratch caseload ended with {process.returncode}")
