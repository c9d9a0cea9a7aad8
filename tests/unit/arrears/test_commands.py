"""The commands: what they answer, and that bad input is one line, exit code 1 and nothing else."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from arrears.core.answers import plan_json
from arrears.core.plans import check
from arrears.management.commands.check_plan import Command as CheckPlan
from arrears.management.commands.explain import Command as Explain
from arrears.management.commands.position import Command as PositionCommand
from arrears.management.plain_command import PlainCommand
from cases.core.facts import Frequency
from tests.unit.arrears.build import day

EXAMPLES = Path(__file__).parents[2] / "examples"
REAL = str(EXAMPLES / "p-002456.json")

Captured = pytest.CaptureFixture[str]


def run(command: PlainCommand, name: str, *arguments: str) -> int:
    """Run a command as from a terminal; return its exit code."""
    try:
        command.run_from_argv(["manage.py", name, *arguments])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


class TestPosition:
    def test_answers_a_worked_case(self, capsys: Captured) -> None:
        assert run(PositionCommand(), "position", REAL, "--on", "2024-02-21", "--json") == 0
        expected = json.loads((EXAMPLES / "p-002456.expected.json").read_text())[-1]
        assert json.loads(capsys.readouterr().out) == expected

    def test_takes_what_was_known_on_another_day(self, capsys: Captured) -> None:
        file = str(EXAMPLES / "collect-and-pay-fees.json")
        assert run(PositionCommand(), "position", file, "--on", "2025-04-10", "--known-on", "2025-07-01", "--json") == 0
        assert json.loads(capsys.readouterr().out)["outstanding"] == "127.05"

    def test_reads_standard_input(self, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path(REAL).read_bytes())))
        assert run(PositionCommand(), "position", "-", "--on", "2024-02-21", "--json") == 0
        assert json.loads(capsys.readouterr().out)["outstanding"] == "10153.01"

    def test_answers_in_a_few_plain_lines(self, capsys: Captured) -> None:
        file = str(EXAMPLES / "collect-and-pay-fees.json")
        assert run(PositionCommand(), "position", file, "--on", "2025-06-30") == 0
        assert capsys.readouterr().out.splitlines() == [
            "On 30 June 2025, by what was known on 30 June 2025:",
            "  £635.25 is owed, of which £635.25 is overdue.",
            "  £719.95 fell due and £93.17 was paid.",
            "  Fees apart: £33.88 was charged, £25.41 is unpaid.",
        ]
        assert run(PositionCommand(), "position", str(EXAMPLES / "weekly-catch-up.json"), "--on", "2025-01-02") == 0
        assert "credit" not in capsys.readouterr().out

    def test_says_what_is_credit(self, tmp_path: Path, capsys: Captured) -> None:
        paid = json.loads(Path(REAL).read_text()) | {
            "opening_balance": {"on": "2021-10-21", "amount": "1.00", "source": ""}
        }
        (tmp_path / "case.json").write_text(json.dumps(paid))
        assert run(PositionCommand(), "position", str(tmp_path / "case.json"), "--on", "2024-02-21") == 0
        assert "£2,237.52 is credit." in capsys.readouterr().out

    def test_gives_one_answer_for_each_line(self, tmp_path: Path, capsys: Captured) -> None:
        line = json.dumps(json.loads(Path(REAL).read_text()))
        file = tmp_path / "cases.jsonl"
        file.write_text(f"{line}\n\n{line}\n")
        assert run(PositionCommand(), "position", str(file), "--on", "2024-02-21", "--json") == 0
        answers = [json.loads(answer) for answer in capsys.readouterr().out.splitlines()]
        assert [answer["outstanding"] for answer in answers] == ["10153.01", "10153.01"]
        assert run(PositionCommand(), "position", str(file), "--on", "2024-02-21") == 0
        assert capsys.readouterr().out.count("£10,153.01 is owed") == 2

    def test_names_the_line_that_is_wrong_and_prints_no_other(self, tmp_path: Path, capsys: Captured) -> None:
        line = json.dumps(json.loads(Path(REAL).read_text()))
        file = tmp_path / "cases.jsonl"
        file.write_text(f"{line}\n{line.replace('437.99', '437.9', 1)}\n")
        assert run(PositionCommand(), "position", str(file), "--on", "2024-02-21", "--json") == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith("line 2: payments[0].amount: must be an amount")


class TestExplain:
    FILE = str(EXAMPLES / "backdated-change.json")

    def test_adds_up_to_the_change(self, capsys: Captured) -> None:
        assert run(Explain(), "explain", self.FILE, "--from", "2024-11-24", "--to", "2025-01-20", "--json") == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["change"] == "312.54"
        assert set(answer) == {"change", "causes"}
        assert [(cause["kind"], cause["amount"]) for cause in answer["causes"]] == [
            ("recalculation", "551.54"), ("instalment", "487.07"), ("payment", "-487.07"),
            ("instalment", "487.07"), ("payment", "-487.07"), ("recalculation", "-239.00"),
        ]  # fmt: skip
        assert set(answer["causes"][0]) == {"kind", "on", "amount", "text"}

    def test_takes_what_was_known_on_two_other_days(self, capsys: Captured) -> None:
        days = ("--from", "2025-04-10", "--to", "2025-04-10", "--known-from", "2025-04-10", "--known-to", "2025-07-01")
        assert run(Explain(), "explain", str(EXAMPLES / "collect-and-pay-fees.json"), *days) == 0
        assert capsys.readouterr().out.splitlines() == [
            "The balance went from £169.40 to £127.05: −£42.35.",
            "  −£42.35  The payment of £42.35 on 4 April 2025 was recorded on 1 July 2025. That took off £42.35.",
        ]


class TestCheckPlan:
    TERMS = ("--arrears", "12,391.53", "--instalment", "127.94", "--frequency", "monthly", "--first", "2022-04-01")

    def test_answers_for_the_real_case(self, capsys: Captured) -> None:
        assert run(CheckPlan(), "check_plan", *self.TERMS, "--json") == 0
        assert json.loads(capsys.readouterr().out) == {
            "classification": "arrangement",
            "payments": 97,
            "last_payment_on": "2030-04-01",
            "last_payment": "109.29",
            "needed_for_two_years": "516.32",
            "left_at_two_years": "9320.97",
        }

    def test_answers_what_else_is_asked(self, capsys: Captured) -> None:
        more = ("--review", "2023-03-01", "--net-income", "2000")
        assert run(CheckPlan(), "check_plan", *self.TERMS, *more, "--json") == 0
        answer = json.loads(capsys.readouterr().out)
        assert (answer["needed_by_review"], answer["share_of_net_income"]) == ("1032.63", "0.0640")
        assert run(CheckPlan(), "check_plan", *self.TERMS, *more) == 0
        assert capsys.readouterr().out.splitlines() == [
            "An arrangement: it takes longer than two years.",
            "  Payments: 97. The last is £109.29, on 1 April 2030.",
            "  To pay it off within two years: £516.32 each time. Owed at two years: £9,320.97.",
            "  To pay it off by 1 March 2023: £1,032.63 each time.",
            "  Share of net income: 0.0640.",
        ]

    def test_says_what_is_short(self, capsys: Captured) -> None:
        terms = ("--arrears", "500", "--frequency", "weekly", "--first", "2025-01-01")
        assert run(CheckPlan(), "check_plan", *terms, "--total", "60", "--ongoing", "60", "--fee", "12", "--json") == 0
        answer = json.loads(capsys.readouterr().out)
        assert (answer["classification"], answer["short_by"]) == ("insufficient", "12.01")
        assert (answer["payments"], answer["last_payment_on"], answer["last_payment"]) == (None, None, None)
        assert run(CheckPlan(), "check_plan", *terms, "--total", "60", "--ongoing", "60") == 0
        assert "Each payment would have to be £0.01 more." in capsys.readouterr().out

    def test_says_when_nothing_is_owed_or_the_calendar_ends(self, capsys: Captured) -> None:
        terms = ("--frequency", "weekly", "--first", "2025-01-01", "--instalment", "0.01")
        assert run(CheckPlan(), "check_plan", *terms, "--arrears", "0") == 0
        assert capsys.readouterr().out == "Nothing is owed.\n"
        assert run(CheckPlan(), "check_plan", *terms, "--arrears", "9999999.99") == 0
        assert "after the year 9999" in capsys.readouterr().out

    def test_answers_nothing_for_a_review_before_the_first_payment(self) -> None:
        verdict = check(
            arrears=100, first_payment_on=day("2025-01-01"), frequency=Frequency.WEEKLY, instalment=1,
            review_on=day("2024-12-31"),
        )  # fmt: skip
        assert plan_json(verdict)["needed_by_review"] is None


class TestBadInput:
    @pytest.mark.parametrize(
        ("command", "arguments", "line"),
        [
            (PositionCommand, ("nowhere.json", "--on", "2025-01-01"), "file: nowhere.json cannot be read"),
            (PositionCommand, ("a\0b", "--on", "2025-01-01"), "file: that is not the name of a file"),
            (PositionCommand, (REAL, "--on", "01/02/2025"), "--on: must be a date such as"),
            (PositionCommand, (REAL, "--on", "2025-01-01", "--known-on", "2025-02-30"), "--known-on: is not a date"),
            (PositionCommand, (REAL,), "the following arguments are required: --on"),
            (PositionCommand, (REAL, "--on", "2025-01-01", "--colour"), "unrecognized arguments: --colour"),
            (Explain, (REAL, "--from", "x", "--to", "2025-01-01"), "--from: must be a date"),
            (Explain, ("nowhere.json", "--from", "2025-01-01", "--to", "2025-01-01"), "file: nowhere.json cannot"),
            (Explain, (__file__, "--from", "2025-01-01", "--to", "2025-01-01"), "file: is not JSON: line 1"),
            (CheckPlan, ("--arrears", "1e5"), "the following arguments are required: --frequency, --first"),
            (CheckPlan, ("--arrears", "1e5", *TestCheckPlan.TERMS[2:]), "--arrears: Write the amount out in full"),
            (CheckPlan, ("--arrears", "NaN", *TestCheckPlan.TERMS[2:]), "--arrears: Use numbers only"),
            (CheckPlan, ("--arrears", "-5", *TestCheckPlan.TERMS[2:]), "--arrears: Enter an amount without a minus"),
            (CheckPlan, (*TestCheckPlan.TERMS, "--total", "5"), "--ongoing: is missing"),
            (CheckPlan, (*TestCheckPlan.TERMS, "--net-income", "0"), "--net-income: must be more than nothing"),
            (CheckPlan, (*TestCheckPlan.TERMS[:4], "--frequency", "daily", "--first", "2025-01-01"), "--frequency:"),
        ],
    )  # fmt: skip
    def test_is_one_line_and_exit_code_1(
        self, command: type[PlainCommand], arguments: tuple[str, ...], line: str, capsys: Captured
    ) -> None:
        assert run(command(), "command", *arguments) == 1
        said: Any = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith(line)
        assert said.err.count("\n") == 1

    def test_is_an_error_to_a_caller(self) -> None:
        with pytest.raises(CommandError, match="--on: must be a date"):
            call_command("position", REAL, on="soon")
