"""The real web server, worker, timer and `check --deploy`, started in every way that would not be safe.

The commands are those of the Dockerfile and of docker-compose.yml. Each refusal is a process that ends by itself, with
one line that names what is wrong and tells no secret, before a port is open.
"""

import json
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.architecture.source import ROOT
from tests.cast import PAUL
from tests.runner import postgres
from tests.runner.steps import clean_environment

pytestmark = pytest.mark.own_database

SECONDS = 100
PROGRAMS = Path(sys.executable).parent
FIELD_KEY, AUDIT_KEY, PASSWORD = "A" * 43, "B" * 42 + "A", "hUsh-tHis-1s-told-nobody"
SECRET_KEY = "kQ7vZr2mXw9LtB4nYc8HsJ5pDg6FeA1uTi3oRb0VqNxMzKlWyPhSdGjCfUaE"
SAFE = {
    "CMS_LOCAL": "0",
    "SECRET_KEY": SECRET_KEY,
    "FIELD_KEYS": FIELD_KEY,
    "AUDIT_KEY": AUDIT_KEY,
    "ALLOWED_HOSTS": "records.example",
    "SITE_URL": "https://records.example",
    "BEHIND_TLS_PROXY": "1",
    "REDIS_URL": "redis://127.0.0.1:1/0",  # nothing listens there, and nobody is asked before the start is safe
}


class Start(NamedTuple):
    """One way to start: which process, what differs from the safe environment, what the line must say."""

    of: str
    change: Mapping[str, str]
    says: str


Key = tuple[str, tuple[tuple[str, str], ...]]


def _everywhere(change: Mapping[str, str], says: str) -> list[Start]:
    return [Start(of, change, says) for of in ("web", "worker", "timer", "check")]


# {folder}, {weak}: filled in when there is a folder and a database server.
UNSAFE = {
    "debug": [Start("web", {"DEBUG": "True"}, "DEBUG is set")],
    "no secret key": _everywhere({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
    "a short secret key": [Start("web", {"SECRET_KEY": PASSWORD}, "SECRET_KEY must be at least 50")],
    "a made up secret key": [
        Start("web", {"SECRET_KEY": "django-insecure-" + SECRET_KEY}, "SECRET_KEY must be at least 50 random")
    ],
    "no host": [Start("web", {"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is missing")],
    "every host": [Start("web", {"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name each host")],
    "every host below": [Start("web", {"ALLOWED_HOSTS": ".records.example"}, "ALLOWED_HOSTS must name each host")],
    "links in the open": [Start("web", {"SITE_URL": "http://records.example"}, "SITE_URL must be https://")],
    "no field keys": [Start("web", {"FIELD_KEYS": ""}, "FIELD_KEYS is missing")],
    "a malformed field key": [Start("worker", {"FIELD_KEYS": PASSWORD}, "FIELD_KEYS must be different keys")],
    "field keys that others may read": [
        Start("web", {"FIELD_KEYS_FILE": "{folder}/keys"}, "FIELD_KEYS_FILE may be read by its owner alone")
    ],
    "no audit key": [Start("timer", {"AUDIT_KEY": ""}, "AUDIT_KEY is missing")],
    "a malformed audit key": [Start("web", {"AUDIT_KEY": PASSWORD}, "AUDIT_KEY must be a key of 32 random bytes")],
    "a broker without a password": [
        Start("worker", {"REDIS_URL": "rediss://broker.example:6379/0"}, "REDIS_URL names another machine")
    ],
    "a broker reached in the open": [
        Start("web", {"REDIS_URL": f"redis://:{PASSWORD}@broker.example:6379/0"}, "REDIS_URL names another machine")
    ],
    "a database reached in the open": [
        Start("web", {"DATABASE_URL": f"postgres://a:{PASSWORD}@far.example/a"}, "DATABASE_URL names another machine")
    ],
    "a database that is not there": [
        Start("web", {"DATABASE_URL": f"postgres://a:{PASSWORD}@127.0.0.1:1/a"}, "DATABASE_URL names a database that")
    ],
    "files in a store and no word of the database": _everywhere(
        {"S3_BUCKET": "family-records"}, "DATABASE_URL is missing, and S3_BUCKET is set"
    ),
    "no word of the proxy": [Start("web", {"BEHIND_TLS_PROXY": ""}, "BEHIND_TLS_PROXY is missing")],
    "a laptop's ease on a server": [Start("web", {"CMS_LOCAL": "1"}, "CMS_LOCAL is for this machine only")],
    "an old PDF library": _everywhere({"PYTHONPATH": "{folder}/old"}, "WeasyPrint 69.0 is too old"),
    "a data folder that others may read": [Start("web", {"CMS_DATA_DIR": "{folder}/open"}, "CMS_DATA_DIR is open")],
    "a database that may forget": [
        Start("web", {"DATABASE_URL": "{weak}"}, f"PostgreSQL runs with {name}=off")
        for name in ("fsync", "synchronous_commit", "full_page_writes")
    ],
    "a record without its guard": [
        Start(of, {"DATABASE_URL": "sqlite:///{folder}/unguarded"}, "triggers of audit_event are missing")
        for of in ("web", "worker", "timer")
    ],
    "a person of the demo": [
        Start(of, {"DATABASE_URL": "sqlite:///{folder}/demo"}, "paul@example.com is a person of the demo")
        for of in ("web", "worker", "timer")
    ],
}


def _commands() -> dict[str, list[str]]:
    """The commands of the image and of the compose file, with the programs of this environment."""
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    web = json.loads(re.findall(r"^CMD (\[.*\])$", dockerfile, re.MULTILINE)[-1])
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"].values()
    others = [service["command"] for service in services if "celery" in service.get("command", [])]
    worker = next(command for command in others if "worker" in command)
    timer = next(command for command in others if "beat" in command)
    check = ["python", "manage.py", "check", "--deploy", "--database=default", "--fail-level=WARNING"]
    web = ["--bind=127.0.0.1:0" if part.startswith("--bind=") else part for part in web]
    return {
        name: [str(PROGRAMS / command[0]), *command[1:]]
        for name, command in {"web": web, "worker": worker, "timer": timer, "check": check}.items()
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the unsafe starts find: keys and a folder open to others, an old library, databases without a guard."""
    folder = tmp_path_factory.mktemp("starts")
    (folder / "data").mkdir(mode=0o700)
    (folder / "open").mkdir()
    (folder / "open").chmod(0o755)
    (folder / "keys").write_text(FIELD_KEY)
    (folder / "keys").chmod(0o644)
    old = folder / "old" / "weasyprint-69.0.dist-info"
    old.mkdir(parents=True)
    (old / "METADATA").write_text("Metadata-Version: 2.1\nName: weasyprint\nVersion: 69.0\n")
    with closing(sqlite3.connect(folder / "unguarded")) as database, database:
        database.execute("CREATE TABLE audit_event (id integer)")
    with closing(sqlite3.connect(folder / "demo")) as database, database:
        database.execute("CREATE TABLE users_user (id text, email text, password text, is_active bool)")
        database.execute("INSERT INTO users_user VALUES (?, ?, 'argon2$a hash', 1)", ["0" * 32, PAUL.email])
    return folder


def _environment(folder: Path, change: Mapping[str, str]) -> dict[str, str]:
    return {**clean_environment(), **SAFE, "CMS_DATA_DIR": str(folder / "data"), **change}


@pytest.fixture(scope="module")
def ended(folder: Path) -> "dict[Key, subprocess.CompletedProcess[str]]":
    """Every unsafe start, two at a time, each to its own end."""
    weak = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    commands = _commands()
    with postgres.Server(**weak) as server, ThreadPoolExecutor(max_workers=2) as lanes:

        def run(key: Key) -> "subprocess.CompletedProcess[str]":
            change = {name: value.format(folder=folder, weak=server.url) for name, value in key[1]}
            return _run(commands[key[0]], _environment(folder, change))

        keys = {_key(start) for starts in UNSAFE.values() for start in starts}
        return dict(zip(keys, lanes.map(run, keys), strict=True))


def _key(start: Start) -> Key:
    return start.of, tuple(start.change.items())


def _run(command: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        watch = threading.Timer(SECONDS, process.kill)  # one that should not run, and does
        watch.start()
        said, complained = process.communicate()
        watch.cancel()
    return subprocess.CompletedProcess(command, process.returncode, said, complained)


@pytest.fixture(scope="module")
def safe_database() -> Iterator[str]:
    """A PostgreSQL that keeps what it says is kept."""
    with postgres.Server(fsync="on") as server:
        yield server.url


class TestAnUnsafeStart:
    @pytest.mark.parametrize(
        "start",
        [pytest.param(start, id=f"{start.of} with {name}") for name, starts in UNSAFE.items() for start in starts],
    )
    def test_ends_with_one_line_that_names_it(
        self, ended: "dict[Key, subprocess.CompletedProcess[str]]", start: Start
    ) -> None:
        outcome = ended[_key(start)]
        said = outcome.stdout + outcome.stderr

        assert outcome.returncode == 1, said
        assert len([line for line in said.splitlines() if start.says in line]) == 1, said
        assert "Traceback" not in said
        assert "Listening at" not in said
        for secret in (SECRET_KEY, FIELD_KEY, AUDIT_KEY, PASSWORD):
            assert secret not in said


class TestASafeStart:
    """The same commands and environment without the fault: what was refused above was refused for its fault."""

    def test_opens_its_port(self, folder: Path) -> None:
        with subprocess.Popen(
            _commands()["web"], cwd=ROOT, env=_environment(folder, {}), stderr=subprocess.PIPE, text=True
        ) as process:
            watch = threading.Timer(SECONDS, process.kill)
            watch.start()
            assert process.stderr
            said = next((line for line in process.stderr if "Listening at" in line), "")
            watch.cancel()
            process.terminate()

        assert said

    @pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
    def test_is_clean_in_the_eyes_of_the_framework(self, folder: Path, safe_database: str, engine: str) -> None:
        change = {"DATABASE_URL": safe_database} if engine == "postgresql" else {}

        checked = _run(_commands()["check"], _environment(folder, change))

        assert checked.returncode == 0, checked.stderr
        assert "no issues (0 silenced)" in checked.stdout
