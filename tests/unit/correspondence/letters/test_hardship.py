"""The paying parent who cannot pay the amount for arrears."""

from dataclasses import replace

import pytest

from arrears.core.other_facts import BudgetCategory, BudgetLine, Every
from cases.core.facts import Frequency, Nation, Perspective
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import Day, Pick
from correspondence.core.letters.hardship import KIND, NO_PLAN
from tests.unit.arrears.build import day, payment
from tests.unit.correspondence.letters.build import first_answers, written
from tests.unit.correspondence.letters.collecting import BUDGET, hard_up, owing

GIVEN = {"plan": "plan", "budget": "budget", "offered": 3000, "from_on": day("2025-08-03"), "reason": "Fewer hours."}
PAYING = Perspective.PAYING
POOR = replace(BUDGET, lines=(*BUDGET.lines[1:], replace(BUDGET.lines[0], amount=20000)))


class TestAnOffer:
    def test_shows_the_budget_by_the_month_and_what_it_leaves(self) -> None:
        about = written(KIND, hard_up(), **GIVEN | {"papers": ("bank", "payslips")}).about
        assert [(row.what, row.amount) for row in about.income] == [("Wages", 143000)]
        assert [row.amount for row in about.priority] == [65000, 26000]
        assert [row.amount for row in about.other] == [32500, 8000]
        assert (about.income_sum, about.priority_sum, about.other_sum, about.surplus) == (143000, 91000, 40500, 11500)
        assert (about.asked, about.asked_since, about.ongoing, about.whole) == (12000, day("2025-08-03"), 26000, 29000)
        assert (about.each, about.lacking, about.papers) == ("a month", 0, ("Payslips", "Bank statements"))
        assert (about.length.payments, about.length.last_on) == (117, day("2035-04-03"))

    def test_may_be_made_of_an_amount_that_is_not_in_the_record(self) -> None:
        about = written(
            KIND, owing(PAYING, budgets=(BUDGET,)), **GIVEN | {"plan": NO_PLAN, "asked": 5000, "ongoing": 100}
        ).about
        assert (about.frequency, about.asked, about.ongoing, about.asked_since) == (Frequency.MONTHLY, 5000, 100, None)

    def test_may_be_small_where_the_budget_leaves_nothing(self) -> None:
        about = written(KIND, owing(PAYING, budgets=(POOR,), plans=hard_up().facts.plans), **GIVEN).about
        assert about.surplus < 0
        assert about.lacking == -about.surplus

    @pytest.mark.parametrize(
        ("change", "field", "words"),
        [
            ({"plan": "other"}, "plan", "Choose what CMS asks"),
            ({"budget": "other"}, "budget", "Choose a budget"),
            ({"reason": " "}, "reason", "Say why"),
            ({"offered": 12000}, "offered", "not less than the £120.00"),
            ({"offered": 11900}, "offered", "leaves £115.00 a month"),
        ],
    )
    def test_is_refused_where_something_is_missing_or_too_much(
        self, change: dict[str, object], field: str, words: str
    ) -> None:
        with pytest.raises(Refusal, match=words) as refused:
            written(KIND, hard_up(), **GIVEN | change)  # type: ignore[arg-type]
        assert refused.value.field == field

    def test_needs_ongoing_maintenance_in_the_budget(self) -> None:
        bare = replace(BUDGET, lines=(BudgetLine(category=BudgetCategory.WAGES, amount=33000, every=Every.WEEK),))
        with pytest.raises(Refusal, match="ongoing child maintenance"):
            written(KIND, owing(PAYING, budgets=(bare,), plans=hard_up().facts.plans), **GIVEN)

    def test_names_an_act_of_great_britain_only_there(self) -> None:
        of = replace(hard_up(), nation=Nation.NORTHERN_IRELAND)
        assert not written(KIND, of, **GIVEN).about.is_great_britain


class TestTheQuestions:
    def test_begin_with_the_plan_the_newest_budget_and_the_next_payment(self) -> None:
        of = hard_up()
        assert first_answers(KIND, of) == {
            "plan": "plan", "budget": "budget", "from_on": day("2025-08-03"), "has_children": "no",
        }  # fmt: skip

    def test_say_what_the_budget_leaves(self) -> None:
        def about_budget(*budgets: object) -> Pick:
            (found,) = [one for one in KIND.asks(owing(PAYING, budgets=budgets)) if one.name == "budget"]
            assert isinstance(found, Pick)
            return found

        assert about_budget(BUDGET).help == "The newest leaves £115.00 a month for arrears."
        assert "a month short" in about_budget(POOR).help
        assert about_budget().help == ""

    def test_leave_the_day_open_where_no_plan_is_running(self) -> None:
        (found,) = [one for one in KIND.asks(owing(PAYING, budgets=(BUDGET,))) if isinstance(one, Day)]
        assert found.initial is None

    def test_come_only_where_something_is_owed_and_a_budget_stands(self) -> None:
        assert KIND.why_not(hard_up()) == ""
        assert "budget" in KIND.why_not(owing(PAYING))
        assert "nothing owed" in KIND.why_not(owing(PAYING, payments=(payment("9000", "2025-02-01"),)))
