"""The measurements run, say what they measured, and say plainly what is not there to measure."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from cases.models import Case
from cms_tracker.pages import standing
from cms_tracker.pages.bench import yardsticks
from cms_tracker.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def _no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with none of the programs to hold against."""
    monkeypatch.setenv("PATH", "")


def engine(*arguments: str) -> str:
    """Run the group as briefly as it can be."""
    out = io.StringIO()
    known = ("--rounds", "1", "--cases", "2", "--caseload", "0")
    call_command("bench", "engine", *known, *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("_no_programs")
class TestTheEngine:
    def test_is_held_against_each_yardstick_and_leaves_nothing_behind(self) -> None:
        lines: list[dict[str, Any]] = [json.loads(line) for line in engine("--json").splitlines()]
        names = [line["name"] for line in lines]
        assert len(names) == len(set(names)) > 12
        (in_memory,) = (line for line in lines if line["name"] == "position, in memory")
        assert (in_memory["goal"], in_memory["met"]) == ("<= 1 ms", in_memory["ms"] <= 1)
        rivals = [line for line in lines if line["name"].split(", ")[-1] in {one.program for one in yardsticks.RIVALS}]
        assert [(line["note"], line["ms"], line["met"]) for line in rivals] == [("not installed", None, None)] * 3
        assert not User.objects.exists()
        assert not Case.objects.exists()

    def test_is_shown_as_a_table_with_its_goals(self) -> None:
        table = engine().splitlines()
        assert any("position, through the database" in line and "<= 2 ms" in line for line in table)
        assert any("not measured: give a database with --postgres URL" in line for line in table)

    def test_measures_a_caseload_in_a_database_of_its_own(self) -> None:
        lines = [json.loads(line) for line in engine("--json", "--caseload", "30,60").splitlines()]
        figures = [line for line in lines if line["part"] == "caseload"]
        names = [line["name"] for line in figures]
        assert names[0].startswith("30 cases of five years, ")
        assert "list of 60: deepest page" in names
        recomputed = [line for line in figures if line["name"] == "every case read, computed, stored"]
        assert [line["goal"] for line in recomputed] == ["<= 5x", "<= 5x"]
        assert all(line["ms"] > 0 for line in recomputed)
        (growth,) = (line for line in figures if line["name"] == "growth with the number of cases")
        assert growth["note"].startswith("2x the cases take ")
        assert not Case.objects.exists()


@pytest.mark.parametrize("word", ["", "engine", "statements"])
def test_a_database_without_the_tables_of_this_version_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setattr(standing, "_migrated", [])
    MigrationRecorder(connection).migration_qs.filter(app="correspondence").delete()
    with pytest.raises(CommandError, match=r"Run `manage\.py migrate` first"):
        call_command("bench", word)
