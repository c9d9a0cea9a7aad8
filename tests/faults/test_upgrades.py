"""Each state of the product that people may have comes up to now, with all that was in it."""

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cms_tracker.processes import system_packages
from tests import upgrades
from tests.architecture.source import ROOT
from tests.faults.installation import Installation, empty_databases, new_keys
from tests.needs import absent
from tests.runner import postgres

pytestmark = pytest.mark.timeout(1500)  # all migrations, twice, and every page: a busy machine takes its time

RULING, DECIDED_ON = "120000002456", "2024-02-21"  # the record of the demo whose figures were published
PUBLISHED = "10153.01"


@pytest.fixture(scope="module", params=upgrades.names())
def state(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def brought_up(state: str, folder: Path, url: str) -> Installation:
    """Lay out an installation as it was then, in an empty database, and take `migrate` of now."""
    place = Installation(folder, url, **new_keys() | upgrades.kept(state)["keys"])
    said(place, "tests.upgrades.arrive", state)
    migrated = place.run("migrate", "--verbosity=0", "--skip-checks")
    assert migrated.returncode == 0, migrated.stderr
    return place


@pytest.fixture(scope="module")
def upgraded(state: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give what is found in it."""
    with empty_databases(1) as (url,):
        place = brought_up(state, tmp_path_factory.mktemp("data"), url)
        found: dict[str, Any] = json.loads(said(place, "tests.upgrades.prove", state))
    return found


def said(place: Installation, module: str, *arguments: str, code: Path = ROOT) -> str:
    """What a program of ours prints there; it has to end well."""
    with place.start(module, *arguments, code=code) as running:
        printed = running.communicate()[0]
    assert running.returncode == 0
    return printed


class TestAnOlderState:
    def test_comes_up_whole(self, upgraded: dict[str, Any]) -> None:
        proofs = upgraded["proofs"]

        assert "all as they were written" in proofs["verify_files"]
        assert "every one follows from the one before" in proofs["verify_audit"]
        assert "all as their facts give" in proofs["verify_ledger"]

    def test_holds_every_row_that_it_held(self, upgraded: dict[str, Any], state: str) -> None:
        then = {table: len(held["rows"]) for table, held in upgrades.kept(state)["tables"].items()}

        assert then["arrears_payment"] > 40
        assert {table: rows for table, rows in then.items() if upgraded["rows"][table] < rows} == {}

    def test_gives_the_same_figures_to_the_penny(self, upgraded: dict[str, Any], state: str) -> None:
        figures = upgrades.kept(state)["figures"]

        assert figures[RULING][DECIDED_ON]["outstanding"] == PUBLISHED
        assert upgraded["figures"] == figures

    def test_lets_people_in_and_every_kind_of_page_answers(self, upgraded: dict[str, Any]) -> None:
        visit = upgraded["visit"]

        assert visit["outside"] == []
        assert visit["broken"] == []
        assert len(visit["kinds"]) > 100
        assert {"pages:today", "arrears:payments", "arrears:new-decision", "pages:guide"} <= set(visit["kinds"])


@pytest.fixture
def code_of_then(tmp_path: Path) -> Path:
    """Lay out the version that left the newest state behind, with the program that tries it."""
    if not system_packages.has_git():
        absent("git is not installed, so the last version cannot be laid out")
    commit = upgrades.last_release()["commit"]
    archive = subprocess.run(["git", "archive", "--format=zip", commit], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        # What the tables must keep for it is held without any history by tests/architecture/test_migrations.py.
        pytest.skip(f"the history at hand does not reach back to {commit[:7]}, so that version cannot be run")
    code = tmp_path / "code"
    with zipfile.ZipFile(io.BytesIO(archive.stdout)) as held:
        held.extractall(code)
    code.joinpath("tests", "upgrades").mkdir(exist_ok=True)
    for name in ("__init__.py", "beside.py"):
        shutil.copy(ROOT / "tests" / "upgrades" / name, code / "tests" / "upgrades" / name)
    return code


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def empty(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of an empty database of each engine that is not lost with the current."""
    if request.param == "SQLite":
        yield ""
        return
    with postgres.Server(fsync="on") as server:
        yield server.url


# Its start refuses the PostgreSQL of the tests, which gives up durability for speed.
@pytest.mark.own_database
class TestTheLastVersion:
    def test_goes_on_working_on_the_tables_of_this_one(
        self, empty: str, code_of_then: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        place = brought_up(upgrades.names()[-1], tmp_path_factory.mktemp("data"), empty)
        beside = json.loads(said(place, "tests.upgrades.beside", code=code_of_then))

        assert set(beside["pages"].values()) == {200}
        assert beside["is_shown"]
        assert "every one follows from the one before" in beside["proofs"]
        assert "all as their facts give" in beside["proofs"]
        assert place.run("roll_forward").returncode == 0
        for proof in ("verify_audit", "verify_files", "verify_ledger"):
            now = place.run(proof)
            assert now.returncode == 0, now.stdout + now.stderr
