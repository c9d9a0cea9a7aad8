"""CMS's figure beside ours (rules section 6)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from arrears.core.allocation import counts_on
from arrears.core.case_file import parse
from arrears.core.derived import adjustments_of
from arrears.core.facts import CaseFacts, Route, Statement
from arrears.core.ledger import Ledger, known, movements
from arrears.core.other_facts import Claim, ClaimKind, LiabilityOrder, Step, StepKind
from arrears.core.position import position, upcoming
from arrears.core.results import Explanation
from arrears.core.statements import beside, check, check_all
from arrears.core.statements.candidates import on_the_day, plain
from arrears.core.statements.reworked import Reworked
from arrears.core.statements.search import MOST_COMBINED, search
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, service
from tests.unit.arrears.histories import amounts, histories, views
from tests.unit.arrears.stated import FACTS, WEEKLY, compared, kinds, said


def test_the_real_case_stays_unexplained() -> None:
    facts = parse((Path(__file__).parents[2] / "examples" / "p-002456.json").read_text()).facts
    found = check(facts, facts.statements[0], known_on=day("2024-02-21"))
    assert (found.ours, found.theirs, found.difference) == (1015301, 953299, 62002)
    assert (found.explanations, found.partly, found.unexplained) == ((), None, 62002)


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


@given(histories(), st.lists(st.tuples(views.map(lambda view: view[0]), amounts), max_size=4), views)
def test_every_explanation_adds_up_to_the_difference_and_several_figures_answer_as_one(
    facts: CaseFacts, figures: list[tuple[dt.date, int]], view: tuple[dt.date, dt.date]
) -> None:
    statements = [Statement(stated_on=on, as_at=on, amount=amount, id="s") for on, amount in figures]
    checked = check_all(facts, statements, known_on=view[1])
    assert checked == [check(facts, one, known_on=view[1]) for one in statements]
    for found in checked:
        gap = -found.difference
        assert all(one.amount == gap for one in found.explanations)
        assert all(one.amount == sum(part.amount for part in one.causes) for one in found.explanations if one.causes)
        part = found.partly.amount if found.partly else 0
        assert abs(part) < abs(gap) or not part
        assert found.unexplained == (0 if found.explanations else part - gap)
        assert "would explain" in "".join(one.text for one in found.explanations) or not found.explanations


def test_nothing_is_sought_where_the_figures_agree() -> None:
    found = compared(case(*FACTS), "260", "2025-01-10")
    assert (found.difference, found.explanations, found.unexplained, found.tried) == (0, (), 0, 0)


def test_no_figures_have_no_checks() -> None:
    assert check_all(case(*FACTS), [], known_on=day("2025-01-10")) == []


def wrongs(facts: CaseFacts, on: dt.date, known_on: dt.date) -> Iterator[tuple[str, CaseFacts, dt.date]]:
    """The record as CMS would have it with one thing wrong: its kind, the facts, the day they are read on."""
    seen = known(facts, known_on)
    for one in seen.payments:
        if counts_on(one) <= on:
            kept = tuple(other for other in seen.payments if other is not one)
            yield "payment_not_counted", replace(seen, payments=kept), on
            twice = (*seen.payments, replace(one, id="again", allocation=()))
            yield "payment_counted_twice", replace(seen, payments=twice), on
            if one.route is Route.VIA_CMS_RECEIVED:
                after = (*kept, replace(one, route=Route.DIRECT, allocation=()))
                yield "net_of_fee", replace(seen, payments=after), on
    if seen.openings:
        yield "opening_left_out", replace(seen, openings=()), on
    for one in adjustments_of(seen):
        if one.on <= on:
            rest = tuple(other for other in seen.adjustments if other is not one)
            yield "adjustment_left_out", replace(seen, adjustments=rest), on
    for one in seen.decisions:
        rest = tuple(other for other in seen.decisions if other is not one)
        if one.notified_on <= on:
            yield "decision_left_out", replace(seen, decisions=rest), on
        else:
            early = (*rest, replace(one, notified_on=on))
            yield "decision_counted_early", replace(seen, decisions=early), on
        if one.notified_on <= on:
            moved = (*rest, replace(one, effective_on=one.notified_on))
            yield "decision_from_another_date", replace(seen, decisions=moved), on
    for due in upcoming(seen, after=on, known_on=known_on, count=1):
        yield "instalment_not_yet_due", seen, due.due_on


@given(histories(), views)
def test_one_thing_that_is_wrong_is_among_the_answers(facts: CaseFacts, view: tuple[dt.date, dt.date]) -> None:
    on, known_on = view
    one = on_the_day(facts, on=on, known_on=known_on)
    ways = Reworked(facts, known_on=known_on, until=on)
    others = list(ways.candidates(on))
    for kind, other, read_on in wrongs(facts, on, known_on):
        theirs = position(other, on=read_on, known_on=known_on)
        gap = theirs.outstanding - one.at.outstanding
        # A credit or a fee that swallows a part of it hides the size of the thing: then nothing can be read off it.
        hidden = (one.at.credit, one.at.fees_outstanding, one.at.fees_due) != (
            theirs.credit, theirs.fees_outstanding, theirs.fees_due,
        )  # fmt: skip
        if (
            gap
            and not hidden
            and not (kind == "instalment_not_yet_due" and _also_happened(facts, on, read_on, known_on))
        ):
            found = search([*plain(one, theirs=theirs.outstanding), *others], gap, near=on.toordinal())
            assert kind in {answer.kind for answer in found.explanations}


def _also_happened(facts: CaseFacts, on: dt.date, until: dt.date, known_on: dt.date) -> bool:
    """Whether anything but one instalment moved the balance between two days."""
    moved = [one for one in movements(Ledger(facts, on=until, known_on=known_on)) if one.day > on.toordinal()]
    return len(moved) != 1


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
        assert [one.fact_ids for one in found] == [("b", "a")]  # the nearest to the day of the figure first
        assert found[0].text == (
            "It would explain the difference if CMS has not counted one of the 2 payments that count for £100.00 "
            "between 3 January 2025 and 4 January 2025."
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
        collected = service("collect_and_pay", "2025-01-01")
        net = case(*FACTS, collected, payment("96", "2025-01-03"), payment("48", "2025-01-04"))
        assert "gross_of_fee" in kinds(net, "112", "2025-01-10")
        assert kinds(net, "110", "2025-01-10") == {"all_gross_of_fee"}

    def test_fees_and_credit(self) -> None:
        facts = case(
            decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            opening("500", "2024-12-01"), payment("72", "2025-01-10", route="via_cms_paid"), perspective="paying",
        )  # fmt: skip
        assert "fees_counted" in kinds(facts, "572", "2025-01-10")
        assert "fees_not_taken" in kinds(facts, "548", "2025-01-10")
        assert "payment_not_counted" in kinds(facts, "620", "2025-01-10")  # with the fee in it, or without
        assert "payment_not_counted" in kinds(facts, "632", "2025-01-10")
        ahead = case(*FACTS, payment("100", "2025-03-03", parts=(("2025-06-03", "100"),)))
        assert "credit_taken_off" in kinds(ahead, "680", "2025-03-03")

    def test_the_paying_parents_fee_on_top_of_the_receiving_parents_figure(self) -> None:
        facts = case(*FACTS, service("collect_and_pay", "2025-01-01"))
        assert "fee_on_top" in kinds(facts, "312", "2025-01-10")

    def test_a_balance_or_an_adjustment_left_out(self) -> None:
        facts = case(*FACTS, opening("500", "2024-12-01"), adjustment("write_off", "30", "2025-01-05"))
        # The figure before the write-off is also the figure of the days before it.
        assert kinds(facts, "760", "2025-01-10") == {"another_day", "adjustment_left_out"}
        assert "opening_left_out" in kinds(facts, "230", "2025-01-10")
        up = case(*FACTS, adjustment("correction_up", "30", "2025-01-05"))
        assert kinds(up, "260", "2025-01-10") == {"another_day", "adjustment_left_out"}
        later = case(*FACTS, opening("500", "2025-02-01"), adjustment("write_off", "30", "2025-02-05"))
        assert kinds(later, "230", "2025-01-10", "2025-03-01") == set()

    def test_the_sum_of_an_order_where_its_balance_was_meant(self) -> None:
        facts = case(*FACTS, opening("500", "2024-12-01"), payment("41", "2025-01-03"))
        assert ("CMS gave the £500.00 carried over on 1 December 2024, not what was left on 10 January 2025.") in said(
            facts, "500", "2025-01-10"
        )
        order = LiabilityOrder(
            granted_on=day("2025-01-05"), from_on=day("2024-01-01"), to_on=day("2024-12-01"), amount=44_000, id="order"
        )
        ordered = replace(case(*FACTS), orders=(order,))
        assert kinds(ordered, "440", "2025-01-10") == {"order_sum"}
        assert kinds(ordered, "440", "2025-01-04") == set()

    def test_a_payment_reported_to_cms_that_it_has_not_answered(self) -> None:
        claim = Claim(
            kind=ClaimKind.DIRECT_PAYMENT, paid_on=day("2025-01-05"), amount=4_500, recorded_on=day("2025-01-05"),
            id="claim",
        )  # fmt: skip
        facts = replace(case(*FACTS), claims=(claim,))
        assert kinds(facts, "215", "2025-01-10") == {"claim_counted"}
        refused = Step(kind=StepKind.REFUSED, on=day("2025-01-08"), recorded_on=day("2025-01-08"), id="step")
        answered = replace(facts, claims=(replace(claim, steps=(refused,)),))
        assert kinds(answered, "215", "2025-01-10") == set()
        assert kinds(facts, "215", "2025-01-04", "2025-01-10") == set()

    def test_the_figure_of_an_earlier_day(self) -> None:
        facts = case(*FACTS, payment("17.23", "2025-02-01"), payment("11.01", "2025-02-02"))
        assert "CMS's figure is the one for 1 February 2025, not for 2 February 2025." in said(
            facts, "242.77", "2025-02-02"
        )
        assert "another_day" not in kinds(facts, "242.77", "2025-03-31")

    def test_a_decision_left_out_or_early_or_from_another_date(self) -> None:
        raised = decision("90", "2025-01-03", told="2025-02-10")
        facts = case(*FACTS, raised)
        assert "decision_left_out" in kinds(facts, "520", "2025-02-10")
        assert "decision_counted_early" in kinds(facts, "780", "2025-02-04", "2025-02-10")
        # From the day it was told: 21 of 28 days of £130 more on the instalment of 3 February.
        assert kinds(facts, "617.50", "2025-02-10") == {"decision_from_another_date"}

    def test_a_decision_told_late_counted_twice(self) -> None:
        # £60 to £90 a week from 3 January, told on 10 February: £130.00 more for each of two payments.
        facts = case(*FACTS, decision("90", "2025-01-03", told="2025-02-10"))
        assert (
            "CMS counted twice the £260.00 that the decision told on 10 February 2025 added for earlier dates."
        ) in said(facts, "1040", "2025-02-10")
        lower = case(*FACTS, decision("30", "2025-01-03", told="2025-02-10"))
        assert said(lower, "0", "2025-02-10") != []
        assert (
            "CMS counted twice the £260.00 that the decision told on 10 February 2025 took off for earlier dates."
        ) in said(lower, "0", "2025-02-10")
        up = case(*FACTS, adjustment("correction_up", "30", "2025-01-05"))
        assert "decision_counted_twice" not in kinds(up, "320", "2025-01-10")

    def test_a_decision_that_was_struck_out_only_later(self) -> None:
        raised = decision("90", "2025-01-03", told="2025-02-10", out="2025-05-01")
        assert kinds(case(*FACTS, raised), "617.50", "2025-02-10") == {"decision_from_another_date"}

    def test_a_decision_from_the_next_payment_date(self) -> None:
        facts = case(*WEEKLY, decision("75", "2025-02-05", told="2025-03-20"))
        # Seven weeks at £75 from 10 February on, the first five at £61.37.
        assert "CMS applied the decision of £75.00 a week from 10 February 2025, not from 5 February 2025." in said(
            facts, "756.85", "2025-03-20"
        )

    def test_a_recalculation_without_rounding_in_between(self) -> None:
        facts = case(decision("85", "2025-01-03", told="2025-01-01"), schedule("monthly", "2025-01-03"))
        assert kinds(facts, "1105.00", "2025-03-10") == {"restated"}

    def test_a_month_of_four_weeks_or_of_another_length(self) -> None:
        assert said(case(*FACTS), "720", "2025-03-10")[0] == (
            "CMS worked out each month as 4 weeks to the month, not as 52 weeks in 12 parts."
        )
        assert "another_month" in kinds(case(*FACTS), "782.13", "2025-03-10")  # 3 x £260.71: 365 days
        assert "another_month" in kinds(case(*FACTS), "782.10", "2025-03-10")  # 3 x £260.70: 4.345 weeks
        stated = case(decision("60", "2025-01-03", instalment="259"), schedule("monthly", "2025-01-03"))
        assert "another_month" in kinds(stated, "780", "2025-03-10")
        assert "another_month" not in kinds(case(*WEEKLY), "720", "2025-03-10")

    def test_a_figure_by_the_day(self) -> None:
        # 66 days from 6 January to 12 March at £61.37 a week; ten payments fell due.
        assert kinds(case(*WEEKLY), "578.63", "2025-03-12") == {"accrued_daily"}

    def test_nothing_by_the_day_before_a_decision_was_told_or_without_payment_dates(self) -> None:
        later = case(decision("60", "2025-01-03", told="2025-06-01"), schedule("weekly", "2025-01-03"))
        assert kinds(later, "17.14", "2025-01-04", "2025-06-02") == set()
        assert kinds(case(decision("60", "2025-01-03")), "17.14", "2025-01-04") == set()


class TestSeveralThings:
    def test_two_equal_payments(self) -> None:
        paid = [payment("61.37", f"2025-01-{n:02}", name=f"p{n}") for n in (6, 13, 20)]
        facts = case(*WEEKLY, *paid)
        found = compared(facts, "122.74", "2025-01-20").explanations[0]
        assert (found.kind, found.times, found.amount) == ("payment_not_counted", 2, 12_274)
        assert "two of the 3 payments that count for £61.37 between 6 January 2025 and 20 January 2025" in found.text
        whole = compared(facts, "184.11", "2025-01-20").explanations[0]
        assert "the 3 payments that count for £61.37" in whole.text

    def test_equal_payments_on_one_day_are_said_to_be(self) -> None:
        twice = (payment("20.10", "2025-01-06", name="a"), payment("20.10", "2025-01-06", name="b"))
        assert any(
            "that count for £20.10 on 6 January 2025" in one
            for one in said(case(*WEEKLY, *twice), "61.37", "2025-01-06")
        )

    def test_a_missed_payment_and_a_fee(self) -> None:
        facts = case(
            decision("61.37", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            opening("500", "2024-12-01"), payment("45.11", "2025-01-04", route="via_cms_paid"), perspective="paying",
        )  # fmt: skip
        at = position(facts, on=day("2025-01-10"))
        amount = at.outstanding + 4_511 + at.fees_outstanding
        statement = Statement(stated_on=at.on, as_at=at.on, amount=amount, id="s")
        found = check(facts, statement, known_on=at.on).explanations
        assert [{part.kind for part in one.causes} for one in found] == [{"payment_not_counted", "fees_counted"}]
        assert ", and " in found[0].text
        assert found[0].kind == "together"
        assert sum(part.amount for part in found[0].causes) == found[0].amount

    def test_three_different_payments(self) -> None:
        paid = [
            payment(amount, f"2025-01-0{n}", name=amount) for n, amount in enumerate(("11.13", "29.47", "101.59"), 6)
        ]
        facts = case(*WEEKLY, opening("500", "2024-12-01"), *paid)
        found = compared(facts, "561.37", "2025-01-11").explanations
        assert [len(one.causes) for one in found] == [3]

    def test_two_things_about_one_payment_are_never_put_together(self) -> None:
        facts = case(*FACTS, payment("96", "2025-01-03", route="via_cms_received"))
        # Not counted (+£100.00) and counted after the fee (+£4.00) cannot both be so.
        assert kinds(facts, "264", "2025-01-10") == set()

    def test_sums_that_would_hit_anything_are_not_shown(self) -> None:
        sizes = [2_000 + n * n * 37 % 3_001 for n in range(1, 41)]
        paid = [payment(f"{size / 100:.2f}", f"2025-01-{1 + size % 28:02}", name=str(size)) for size in sizes]
        facts = case(*WEEKLY, opening("5000", "2024-12-01"), *paid)
        ours = position(facts, on=day("2025-01-30")).outstanding
        amount = ours + sizes[15] + sizes[16]
        statement = Statement(stated_on=day("2025-01-30"), as_at=day("2025-01-30"), amount=amount, id="s")
        found = check(facts, statement, known_on=day("2025-01-30"))
        assert found.explanations == ()
        assert found.tried > 1_000

    def test_no_more_amounts_are_combined_than_the_limit(self) -> None:
        paid = [
            payment(f"{n}.{n % 100:02}", f"2024-{1 + n % 12:02}-{1 + n % 28:02}", name=str(n)) for n in range(1, 400)
        ]
        facts = case(opening("99000", "2023-12-01"), *paid)
        found = compared(facts, "98999.98", "2025-01-30")
        most = MOST_COMBINED * (MOST_COMBINED - 1) // 2 + MOST_COMBINED * (MOST_COMBINED - 1) * (MOST_COMBINED - 2) // 6
        assert found.tried <= 4 * 400 + most

    def test_the_fewest_things_come_first_and_the_rest_is_counted(self) -> None:
        found = compared(
            case(
                *FACTS, payment("260", "2025-01-03", name="a"), opening("260", "2024-12-01"),
                adjustment("write_off", "260", "2025-01-05"), adjustment("offset", "260", "2025-01-06"),
                decision("60", "2025-01-03", told="2025-01-09", name="again"),
            ),
            "260", "2025-01-10",
        )  # fmt: skip
        assert [one.kind for one in found.explanations][:2] == ["payment_not_counted", "instalment_not_yet_due"]
        assert found.left_out == max(0, found.left_out)


class TestAPart:
    def test_is_named_where_the_two_records_are_apart_by_design(self) -> None:
        facts = case(
            decision("61.37", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            perspective="paying",
        )  # fmt: skip
        found = compared(facts, "301.01", "2025-01-10")
        assert found.explanations == ()
        assert found.partly is not None
        assert (found.partly.kind, found.partly.amount) == ("fees_counted", 2_454)
        assert found.partly.text.startswith("It would explain a part of the difference if CMS counted £24.54 of")
        assert found.unexplained == found.difference + 2_454

    def test_is_not_named_where_it_pulls_the_other_way(self) -> None:
        facts = case(
            decision("61.37", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            perspective="paying",
        )  # fmt: skip
        assert compared(facts, "3.33", "2025-01-10").partly is None


def test_an_explanation_is_one_thing_once_unless_it_says_otherwise() -> None:
    assert Explanation("kind", 1, "text")[3:] == ((), 1, (), ())
