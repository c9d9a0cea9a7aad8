"""CMS's figure beside ours (rules section 6)."""

import datetime as dt
from pathlib import Path

from hypothesis import given

from arrears.core.case_file import parse
from arrears.core.facts import CaseFacts, Statement
from arrears.core.results import StatementCheck
from arrears.core.statements import beside, check
from cms_tracker.money import parse_typed
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, service
from tests.unit.arrears.histories import amounts, histories, views

FACTS = (decision("60", "2025-01-03", told="2025-01-01"), schedule("monthly", "2025-01-03"))


def compared(facts: CaseFacts, amount: str, on: str, known_on: str | None = None) -> StatementCheck:
    """A figure for a day, compared."""
    statement = Statement(stated_on=day(on), as_at=day(on), amount=parse_typed(amount), id="statement")
    return check(facts, statement, known_on=day(known_on or on))


def kinds(facts: CaseFacts, amount: str, on: str, known_on: str | None = None) -> set[str]:
    """What would explain the difference."""
    return {one.kind for one in compared(facts, amount, on, known_on).explanations}


def test_the_real_case_stays_unexplained() -> None:
    facts = parse((Path(__file__).parents[2] / "examples" / "p-002456.json").read_text()).facts
    found = check(facts, facts.statements[0], known_on=day("2024-02-21"))
    assert (found.ours, found.theirs, found.difference) == (1015301, 953299, 62002)
    assert (found.explanations, found.unexplained) == ((), 62002)


@given(histories(), views, amounts)
def test_the_two_figures_are_the_same_whether_or_not_an_explanation_is_sought(
    facts: CaseFacts, view: tuple[dt.date, dt.date], amount: int
) -> None:
    on, known_on = view
    statement = Statement(stated_on=on, as_at=on, amount=amount, id="statement")
    sought = check(facts, statement, known_on=known_on)
    found = beside(facts, statement, known_on=known_on)
    assert (found.theirs, found.ours, found.difference) == (sought.theirs, sought.ours, sought.difference)
    assert found.difference == found.ours - amount


def test_nothing_is_sought_where_the_figures_agree() -> None:
    found = compared(case(*FACTS), "260", "2025-01-10")
    assert (found.difference, found.explanations, found.unexplained) == (0, (), 0)


class TestWhatWouldExplainIt:
    def test_a_payment_that_one_side_lacks_or_has_twice(self) -> None:
        facts = case(*FACTS, payment("100", "2025-01-03"))
        assert "payment_not_counted" in kinds(facts, "260", "2025-01-10")
        assert "payment_counted_twice" in kinds(facts, "60", "2025-01-10")
        assert "payment_not_recorded" in kinds(facts, "0", "2025-01-10")
        soon = case(*FACTS, payment("100", "2025-01-12"))
        assert "payment_counted_early" in kinds(soon, "160", "2025-01-10", "2025-01-12")
        later = case(*FACTS, payment("100", "2025-02-12"))
        assert kinds(later, "160", "2025-01-10", "2025-02-12") == set()

    def test_ten_payments_of_one_amount_are_one_explanation(self) -> None:
        facts = case(*FACTS, payment("100", "2025-01-03", name="a"), payment("100", "2025-01-04", name="b"))
        found = [one for one in compared(facts, "160", "2025-01-10").explanations if one.kind == "payment_not_counted"]
        assert [one.fact_ids for one in found] == [("a", "b")]
        assert found[0].text == (
            "It would explain the difference if CMS has not counted the payment of £100.00 on 3 January 2025."
        )

    def test_an_instalment_counted_too_early_or_not_at_all(self) -> None:
        assert "instalment_not_yet_due" in kinds(case(*FACTS), "520", "2025-01-10")
        facts = case(*FACTS, opening("40", "2024-12-01"))
        assert "instalment_left_out" in kinds(facts, "40", "2025-01-10")

    def test_the_four_percent(self) -> None:
        one = payment("96", "2025-01-03", route="via_cms_received")
        assert "net_of_fee" in kinds(case(*FACTS, one), "164", "2025-01-10")
        two = payment("48", "2025-01-04", route="via_cms_received")
        assert kinds(case(*FACTS, one, two), "116", "2025-01-10") == {"all_net_of_fee"}

    def test_fees_and_credit(self) -> None:
        facts = case(
            decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            opening("500", "2024-12-01"), payment("72", "2025-01-10", route="via_cms_paid"), perspective="paying",
        )  # fmt: skip
        assert "fees_counted" in kinds(facts, "572", "2025-01-10")
        assert "fees_not_taken" in kinds(facts, "548", "2025-01-10")
        ahead = case(*FACTS, payment("100", "2025-03-03", parts=(("2025-06-03", "100"),)))
        assert "credit_taken_off" in kinds(ahead, "680", "2025-03-03")

    def test_a_balance_or_an_adjustment_left_out(self) -> None:
        facts = case(*FACTS, opening("500", "2024-12-01"), adjustment("write_off", "30", "2025-01-05"))
        assert kinds(facts, "760", "2025-01-10") == {"adjustment_left_out"}
        assert "opening_left_out" in kinds(facts, "230", "2025-01-10")
        up = case(*FACTS, adjustment("correction_up", "30", "2025-01-05"))
        assert kinds(up, "260", "2025-01-10") == {"adjustment_left_out"}
        later = case(*FACTS, opening("500", "2025-02-01"), adjustment("write_off", "30", "2025-02-05"))
        assert kinds(later, "230", "2025-01-10", "2025-03-01") == set()

    def test_a_decision_left_out_or_early_or_from_another_date(self) -> None:
        raised = decision("90", "2025-01-03", told="2025-02-10")
        facts = case(*FACTS, raised)
        assert "decision_left_out" in kinds(facts, "520", "2025-02-10")
        assert "decision_counted_early" in kinds(facts, "780", "2025-02-04", "2025-02-10")
        # From the day it was told: 21 of 28 days of £130 more on the instalment of 3 February.
        assert kinds(facts, "617.50", "2025-02-10") == {"decision_from_another_date"}

    def test_a_recalculation_without_rounding_in_between(self) -> None:
        facts = case(decision("85", "2025-01-03", told="2025-01-01"), schedule("monthly", "2025-01-03"))
        assert kinds(facts, "1105.00", "2025-03-10") == {"restated"}
