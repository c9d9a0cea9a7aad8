"""``manage.py estimate``: what it answers, and that bad input is one line, exit code 1 and nothing else."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from arrears.management.commands.estimate import Command
from tests.unit.arrears.test_commands import run

CASES = Path(__file__).parents[2] / "examples" / "calculator_cases.json"
STEVE = {"gross_weekly_income": "600", "qualifying_children": 2, "nights_per_year_per_child": [0, 0]}

NO_TEXT = 'must be an amount as text, such as "260.00"'

Captured = pytest.CaptureFixture[str]


def _file(folder: Path, content: object) -> str:
    (folder / "inputs.json").write_text(json.dumps(content), encoding="utf-8")
    return str(folder / "inputs.json")


class TestEstimate:
    @pytest.mark.parametrize("one", json.loads(CASES.read_text())["cases"], ids=lambda one: one["id"])
    def test_answers_each_published_case(self, tmp_path: Path, one: dict[str, Any], capsys: Captured) -> None:
        assert run(Command(), "estimate", _file(tmp_path, one["inputs"]), "--json", "--on", "2026-11-22") == 0
        answer = json.loads(capsys.readouterr().out)
        assert (answer["rate"], answer["weekly"]) == (one["expected_rate"], one["expected_weekly"])
        assert answer["steps"]

    def test_answers_a_whole_file_at_once(self, capsys: Captured) -> None:
        assert run(Command(), "estimate", str(CASES), "--json") == 0
        answers = json.loads(capsys.readouterr().out)
        assert {one["id"]: one["weekly"] for one in answers}["GOV-5 Stephen"] == "63.20"

    def test_reads_standard_input_and_answers_in_plain_lines(
        self, monkeypatch: pytest.MonkeyPatch, capsys: Captured
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(STEVE).encode())))
        assert run(Command(), "estimate", "-") == 0
        assert capsys.readouterr().out.startswith("£96.00 a week, basic rate. An illustration")

    @pytest.mark.parametrize(
        ("content", "options", "says"),
        [
            (STEVE | {"gross_weekly_income": 6.5}, [], f"gross_weekly_income: {NO_TEXT}"),
            (STEVE | {"gros": "1"}, [], "gros: is not a field of this format"),
            ([STEVE, {}], [], "[1].gross_weekly_income: is missing"),
            (STEVE, ["--on", "2012-12-09"], "--on: must be 10 December 2012 or later, when the 2012 scheme began"),
            (STEVE, ["--on", "soon"], "--on: must be a date such as 2026-03-31"),
        ],
    )  # fmt: skip
    def test_refuses_in_one_line_that_names_the_field(
        self, tmp_path: Path, content: object, options: list[str], says: str, capsys: Captured
    ) -> None:
        assert run(Command(), "estimate", _file(tmp_path, content), "--json", *options) == 1
        told = capsys.readouterr()
        assert (told.out, told.err) == ("", f"{says}\n")

    def test_refuses_a_file_that_is_not_there_or_is_no_json(self, tmp_path: Path, capsys: Captured) -> None:
        assert run(Command(), "estimate", str(tmp_path / "none.json")) == 1
        (tmp_path / "bad.json").write_text("{")
        assert run(Command(), "estimate", str(tmp_path / "bad.json")) == 1
        assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()] == ["file", "file"]
