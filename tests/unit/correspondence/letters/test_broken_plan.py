"""The report of a plan that is not being kept, on its two ledgers."""

from dataclasses import replace

import pytest

from arrears.core.facts import PlanOrigin
from cms_tracker.refusal import Refusal
from correspondence.core.letters.broken_plan import KIND
from tests.unit.arrears.build import day, service
from tests.unit.correspondence.letters.build import written
from tests.unit.correspondence.letters.collecting import broken, long_plan, owing, plan


class TestAReport:
    def test_keeps_arrears_and_maintenance_apart(self) -> None:
        about = written(KIND, broken(), plan="plan").about
        assert [(row.due_on, row.asked, row.came, row.ongoing_due, row.ongoing_short) for row in about.rows] == [
            (day("2025-06-03"), 4000, 0, 26000, 4000),
            (day("2025-07-03"), 4000, 0, 26000, 26000),
        ]
        assert (about.arrears_short, about.ongoing_short, about.short) == (8000, 30000, 38000)
        assert (about.since, about.due, about.left) == (day("2025-06-03"), 3, 268000)
        assert about.terms.how == "you set"
        assert (about.terms.ongoing, about.terms.each) == (26000, "a month")
        assert about.is_direct_pay

    def test_offers_to_ask_for_collection_on_direct_pay_only(self) -> None:
        assert [one.name for one in KIND.asks(broken())] == ["plan", "asks_collect", "hardship"]
        collects = (service("collect_and_pay", "2025-01-06"),)
        of = replace(broken(), facts=replace(broken().facts, services=collects))
        assert [one.name for one in KIND.asks(of)] == ["plan", "hardship"]
        assert not written(KIND, of, plan="plan").about.is_direct_pay

    def test_names_a_court_and_a_payment_for_arrears_alone(self) -> None:
        of = broken()
        court = plan("40", origin=PlanOrigin.COURT_ORDER, total=4000)
        of = replace(of, facts=replace(of.facts, plans=(court,)))
        asked = KIND.asks(of)[0]
        assert asked.options[0].label == "£40.00 a month from 3 May 2025"  # type: ignore[attr-defined]
        about = written(KIND, of, plan="plan").about
        assert about.terms.how == "a court ordered"
        assert (about.arrears_short, about.ongoing_short) == (8000, 0)

    def test_is_for_a_running_plan_that_is_broken(self) -> None:
        assert KIND.why_not(broken()) == ""
        assert KIND.why_not(owing()).startswith("First add the repayment plan")
        assert "no missed or short payment" in KIND.why_not(long_plan())
        silent = owing(plans=(plan("40"),), payments=())
        assert "does not say what came" in KIND.why_not(silent)

    def test_needs_a_plan(self) -> None:
        with pytest.raises(Refusal) as refused:
            written(KIND, broken())
        assert refused.value.field == "plan"
