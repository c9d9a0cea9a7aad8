"""A whole installation to harm: its own database and folder, gunicorn, and Rosa in a browser of her own."""

import contextlib
import os
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from cms_tracker.pages.bench.own_postgres import OwnPostgres
from cms_tracker.pages.bench.site import Answer, Site, Visitor
from tests.architecture.source import ROOT
from tests.cast import ROSA
from tests.needs import absent
from tests.runner.steps import clean_environment


class Household:
    """Rosa, her record, and the site that serves her."""

    def __init__(self, folder: Path, *, url: str) -> None:
        self.folder = folder
        self.environment = clean_environment() | {
            "DATABASE_URL": url, "CMS_DATA_DIR": str(folder), "CMS_LOCAL": "1", "REDIS_URL": "",
            "SECRET_KEY": secrets.token_urlsafe(64), "FIELD_KEYS": os.environ["FIELD_KEYS"],
            "AUDIT_KEY": os.environ["AUDIT_KEY"], "DJANGO_SETTINGS_MODULE": "cms_tracker.settings",
        }  # fmt: skip
        self.record = self._made()
        self.site = Site(self.environment, processes=1)
        self.rosa = Visitor(self.site)

    def __enter__(self) -> "Household":
        self.site.__enter__()
        self.rosa.sign_in(ROSA.email)
        return self

    def __exit__(self, *_: object) -> None:
        self.site.__exit__()

    @property
    def log_page(self) -> str:
        """The address of the form that logs a payment."""
        return f"/records/{self.record}/payments/log/"

    def form(self, *, pence: int) -> dict[str, str]:
        """The form for a payment, filled in and not sent."""
        page = self.rosa.get(self.log_page)
        assert page.status == 200, page.text
        return page.hidden() | {"came": "other", "amount": f"{pence // 100}.{pence % 100:02}", "when": "today"}

    def log(self, *, pence: int) -> Answer:
        """Log a payment."""
        return self.rosa.post(self.log_page, self.form(pence=pence))

    def payments(self) -> list[int]:
        """What the database holds, in pence."""
        asked, url = "SELECT amount_pence FROM arrears_payment ORDER BY amount_pence", self.environment["DATABASE_URL"]
        if url.startswith("sqlite"):
            with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as line:
                return [pence for (pence,) in line.execute(asked)]
        with psycopg.connect(url) as line_to_server:
            return [pence for (pence,) in line_to_server.execute(asked)]

    def _made(self) -> str:
        """Have tables, Rosa and her record made, in a process of its own; the id of the record."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.household"],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@contextlib.contextmanager
def small_disk(folder: Path, *, options: str) -> Iterator[None]:
    """A disk in memory of a size of one's choice, mounted over a folder. Only root may."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        absent("no disk may be mounted here (not root, or a container that forbids it)")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)


@contextlib.contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Leave no room in a folder's disk for as long as it is entered."""
    filler = folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    try:
        yield
    finally:
        filler.unlink()


def remount(folder: Path, how: str) -> None:
    """Let a disk be written to (rw), or not (ro): as soon as nobody has a file of it open to be written."""
    end = time.monotonic() + 20
    while subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], capture_output=True, check=False).returncode:
        assert time.monotonic() < end, f"somebody writes to {folder}"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Household]:
    """An installation whose database and files lie on a small disk of their own."""
    folder = tmp_path_factory.mktemp("disk")
    with small_disk(folder, options="size=64m"), Household(folder, url=f"sqlite:///{folder}/records.sqlite3") as home:
        yield home


@pytest.fixture(scope="module")
def postgres() -> Iterator[OwnPostgres]:
    """A PostgreSQL to be killed."""
    with OwnPostgres() as server:
        yield server


@pytest.fixture(scope="module")
def on_postgresql(postgres: OwnPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Household]:
    """An installation on it."""
    with Household(tmp_path_factory.mktemp("data"), url=postgres.url) as home:
        yield home
