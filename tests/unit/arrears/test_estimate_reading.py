"""The inputs of an estimate as JSON: what is taken, what is refused by name, and what is answered."""

import json
from pathlib import Path
from typing import Any

import pytest

from arrears.core.estimate import reading
from tests.unit.arrears.build import day

TODAY = day("2026-11-22")
FILE = json.loads((Path(__file__).parents[2] / "examples" / "calculator_cases.json").read_text(encoding="utf-8"))


class TestReading:
    GOOD: dict[str, Any] = {
        "gross_weekly_income": "600", "qualifying_children": 1, "relevant_other_children": 0,
        "nights_per_year_per_child": [0], "on_prescribed_benefit": False,
    }  # fmt: skip

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"gross_weekly_income": 600.0}, "gross_weekly_income: must be an amount as text"),
            ({"gross_weekly_income": "1e3"}, "gross_weekly_income: Write the amount out in full"),
            ({"gross_weekly_income": "-5"}, "gross_weekly_income: Enter an amount without a minus"),
            ({"gross_weekly_income": None}, "gross_weekly_income: may be null only"),
            ({"gross_annual": "1"}, "gross_annual: is one income too many beside gross_weekly_income"),
            ({"hmrc_figure_annual": "1"}, "hmrc_figure_annual: needs gross_annual beside it"),
            ({"qualifying_children": 0}, "qualifying_children: must be a whole number from 1 to 20"),
            ({"qualifying_children": True}, "qualifying_children: must be a whole number"),
            ({"qualifying_children": 2}, "nights_per_year_per_child: must be a list of 2"),
            ({"nights_per_year_per_child": "0"}, "nights_per_year_per_child: must be a list of 1"),
            ({"nights_per_year_per_child": [367]}, r"nights_per_year_per_child\[0\]: must be a whole number"),
            ({"nights_per_year_per_child": [1.0]}, r"nights_per_year_per_child\[0\]: must be a whole number"),
            ({"relevant_other_children": -1}, "relevant_other_children: must be a whole number"),
            ({"on_prescribed_benefit": "no"}, "on_prescribed_benefit: must be true or false"),
            ({"nights": [0]}, "nights: is not a field"),
            ({"children": []}, "children: must be 1 to 20"),
            ({"children": [{"night": 1}]}, r"children\[0\].night: is not a field"),
            ({"children_with": {}}, "children_with: must be 1 to 20"),
            ({"children_with": []}, "children_with: must be an object"),
            ({"weekly_total": 60}, "weekly_total: must be an amount as text"),
        ],
    )  # fmt: skip
    def test_refuses_by_name_what_is_wrong(self, change: dict[str, Any], says: str) -> None:
        with pytest.raises(ValueError, match=says):
            reading.answers(json.dumps(self.GOOD | change), on=TODAY)

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ({"cases": {}}, "cases: must be a list"),
            ({"cases": [{}]}, r"cases\[0\].inputs: is missing"),
            ({"cases": [{"inputs": {}}]}, r"cases\[0\].inputs.gross_weekly_income: is missing"),
            ([{}], r"\[0\].gross_weekly_income: is missing"),
            (7, "file: must be an object"),
        ],
    )  # fmt: skip
    def test_refuses_by_place_in_a_list(self, content: object, says: str) -> None:
        with pytest.raises(ValueError, match=says):
            reading.answers(json.dumps(content), on=TODAY)

    def test_refuses_a_day_before_the_scheme(self) -> None:
        with pytest.raises(ValueError, match=r"^on: must be 10 December 2012 or later"):
            reading.answers(json.dumps(self.GOOD), on=day("2012-12-09"))

    def test_takes_one_a_list_or_a_whole_file(self) -> None:
        for content in (self.GOOD, {"inputs": self.GOOD}):
            answer = reading.answers(json.dumps(content), on=TODAY)
            assert isinstance(answer, dict)
            assert (answer["weekly"], answer["notice"]) == ("72.00", reading.NOTICE)
        answers = reading.answers(json.dumps([self.GOOD, self.GOOD]), on=TODAY)
        assert isinstance(answers, list)
        assert [one["weekly"] for one in answers] == ["72.00", "72.00"]
        whole = reading.answers(json.dumps(FILE), on=TODAY)
        assert len(whole) == len(FILE["cases"]) + len(FILE["multi_receiving_parent_cases"])

    def test_takes_every_spelling_of_an_income(self) -> None:
        more = {"qualifying_children": 1, "nights_per_year_per_child": [0]}
        monthly = {"gross_monthly_income": "1750", "private_pension_monthly": None}
        yearly = {"gross_annual": "22000", "private_pension_annual": "1000", "hmrc_figure_annual": "21,000"}
        found = [reading.answers(json.dumps(one | more), on=TODAY) for one in (monthly, yearly)]
        assert [one["weekly"] for one in found if isinstance(one, dict)] == ["48.33", "48.33"]
        nothing = reading.answers(json.dumps(more | {"pays_nothing": True}), on=TODAY)
        assert isinstance(nothing, dict)
        assert nothing["rate"] == "nil"

    def test_says_each_step_with_its_source(self) -> None:
        answer = reading.answers(json.dumps(self.GOOD), on=TODAY)
        assert isinstance(answer, dict)
        last = answer["steps"][-1]
        assert last["lines"] == [{"says": "12% of £600.00", "amount": "72.00"}]
        assert (last["result"], last["exact"], last["checked"]) == ("72.00", "72", "2026-11-22")
        assert last["url"].startswith("https://")

    def test_writes_plain_lines(self) -> None:
        text = reading.as_text(reading.answers(json.dumps(FILE), on=TODAY))
        assert "GOV-2 Chris: £152.00 a week, basic plus rate. An illustration" in text
        assert "GOV-4 Mark: £20.89 a week, the given amount." in text
        one = reading.as_text(reading.answers(json.dumps(self.GOOD), on=TODAY))
        assert one.startswith("£72.00 a week, basic rate.")
