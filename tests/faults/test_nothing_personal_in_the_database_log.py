"""Of a statement that fails, the database writes nothing that somebody wrote: by docker-compose.yml, by the guide."""

import re
import time
from pathlib import Path

import psycopg
import pytest

from tests.architecture.source import ROOT
from tests.faults.as_containers import Site
from tests.runner import postgres

pytestmark = pytest.mark.own_database

CANARY = "Kanarienvogel"
# A line that the settings do not keep back, so that the test knows when everything before it is written.
_LAST = "DO $$ BEGIN RAISE LOG 'all is written'; END $$"
_FAILING = {
    "words of a statement": (f"SELECT '{CANARY}' FROM nowhere", "does not exist"),
    "a value that is no number": (f"SELECT '{CANARY}'::integer", "invalid input syntax"),
    "a row that is there already": (f"INSERT INTO people VALUES ('{CANARY}', 1)", "duplicate key"),
    "a row that breaks a rule": (f"INSERT INTO people VALUES ('{CANARY} too', 0)", "violates check constraint"),
}


def _log_of(settings: dict[str, str]) -> str:
    """What a server with these settings writes while statements with a canary in them fail."""
    kept = {"logging_collector": "on", "log_directory": "kept", "log_filename": "all"}
    with postgres.Server(**kept, **settings) as server:
        with psycopg.connect(server.url, autocommit=True) as line:
            line.execute("CREATE TABLE people (name text UNIQUE, age integer CHECK (age > 0))")
            line.execute("INSERT INTO people VALUES (%s, 1)", [CANARY])
            for statement, says in _FAILING.values():
                with pytest.raises(psycopg.Error, match=says):
                    line.execute(statement)
                with pytest.raises(psycopg.Error):
                    line.execute("SELECT %s::uuid", [CANARY])
            line.execute(_LAST)
        return _written(server.folder / "data" / "kept" / "all")


def _written(path: Path) -> str:
    end = time.monotonic() + 30
    while "all is written" not in (text := path.read_text()):
        assert time.monotonic() < end, text
        time.sleep(0.05)
    return text


def _of_the_guide() -> dict[str, str]:
    guide = (ROOT / "docs/guides/deploy.md").read_text(encoding="utf-8")
    return dict(re.findall(r"ALTER SYSTEM SET (\w+) = '(\w+)'", guide))


class TestTheDatabasesLog:
    def test_holds_nothing_of_a_statement_that_failed(self, tmp_path: Path) -> None:
        written = _log_of(Site(tmp_path).database_settings())

        assert "ready to accept connections" in written
        assert CANARY not in written

    def test_would_hold_it_without_the_settings(self) -> None:
        written = _log_of({})

        for statement, _ in _FAILING.values():
            assert statement in written
        assert written.count(CANARY) > len(_FAILING)

    def test_is_the_same_without_containers(self, tmp_path: Path) -> None:
        assert _of_the_guide() == Site(tmp_path).database_settings()


class TestTheDatabase:
    def test_writes_no_statement_unasked(self, tmp_path: Path) -> None:
        unasked = {
            "log_statement": "none",
            "log_min_duration_statement": "-1",
            "log_min_duration_sample": "-1",
            "log_transaction_sample_rate": "0",
            "log_parameter_max_length_on_error": "0",
        }
        with postgres.Server(**Site(tmp_path).database_settings()) as server, psycopg.connect(server.url) as line:
            assert {name: line.execute(f"SHOW {name}").fetchone() for name in unasked} == {
                name: (value,) for name, value in unasked.items()
            }
