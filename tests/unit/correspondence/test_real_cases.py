"""Ten real cases: the engines answer each as its expected file says, and each says where it comes from."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from arrears.core.event_values import Power
from cms_tracker.money import parse_plain, plain, round_half_up
from correspondence.core import powers
from correspondence.core.enforcement import Situation, standing
from correspondence.core.old_debt import old_debt
from correspondence.core.steps import book
from tests import real_cases
from tests.real_cases import NAMES, Json, asked, real

each_case = pytest.mark.parametrize("name", NAMES)


def each(key: str) -> pytest.MarkDecorator:
    """Run a test once for every expected answer under this key."""
    found = asked(key)
    return pytest.mark.parametrize(
        ("name", "wanted"), found, ids=[f"{name}-{place}" for place, (name, _) in enumerate(found)]
    )


def test_there_are_ten_of_them() -> None:
    assert [name[:5] for name in NAMES] == [f"rc-{number:02}" for number in range(1, 11)]


class TestSource:
    @each_case
    def test_is_named_with_its_year_and_what_was_inferred(self, name: str) -> None:
        expected = real(name).expected
        source = expected["source"]
        assert source["name"]
        assert source["url"].startswith("https://") or source["why_no_url"]
        assert source["date"] or source["why_no_date"]
        assert isinstance(expected["inferred"], list)

    @each_case
    def test_has_a_file_that_says_itself_what_is_inferred(self, name: str) -> None:
        case = real(name)
        assert case.file.note
        assert ("inferred" in case.text.lower() or "inference" in case.text.lower()) is bool(case.expected["inferred"])


class TestMoney:
    @each("positions")
    def test_is_owed_as_expected(self, name: str, wanted: Json) -> None:
        assert real_cases.a_position(real(name).file.facts, wanted) == wanted

    @each("figures")
    def test_is_held_against_the_figure_given_and_neither_is_taken_for_the_other(self, name: str, wanted: Json) -> None:
        assert wanted in real_cases.figures(real(name).file.facts)

    @each("orders")
    def test_is_ordered_for_a_period_of_so_many_days(self, name: str, wanted: Json) -> None:
        assert wanted in real_cases.order_checks(real(name).file.facts)

    def test_of_an_order_says_nothing_of_the_months_after_it(self) -> None:
        facts = real("rc-01-a-plan-that-is-kept").file.facts
        (order,) = facts.orders
        between = {"on": "2022-03-31", "outstanding": plain(order.amount)}
        assert order.to_on < dt.date(2022, 3, 31)
        assert real_cases.a_position(facts, between) == between

    @each("apart")
    def test_paid_for_mistakes_moves_no_balance(self, name: str, wanted: Json) -> None:
        facts, on = real(name).file.facts, real_cases.day(wanted["on"])
        assert real_cases.consolatory(facts, on=on) == wanted["consolatory"]
        asked_for = {"on": wanted["on"], "due": "", "paid": "", "outstanding": "", "credit": ""}
        assert real_cases.a_position(facts, asked_for) == real_cases.a_position(
            replace(facts, other_money=()), asked_for
        )

    def test_paid_before_the_decision_counts_for_what_was_accepted_and_not_for_what_was_claimed(self) -> None:
        case = real("rc-06-what-was-paid-before")
        facts, expected = case.file.facts, case.expected
        assert real_cases.claims_window(facts) == expected["credit_window"]
        assert real_cases.claimed_and_counted(facts) == (expected["claimed"], expected["counted"])

    def test_is_reduced_by_sevenths_and_rounded_once(self) -> None:
        wanted = real("rc-07-arrears-on-the-first-day").expected["sevenths"]
        kept = round_half_up(parse_plain(wanted["before"]) * Fraction(wanted["kept"]))
        assert plain(kept) == wanted["weekly"]


class TestPlans:
    @each_case
    def test_are_named_by_arithmetic_beside_the_word_of_the_letter(self, name: str) -> None:
        case = real(name)
        for place, wanted in enumerate(case.expected.get("plans", [])):
            on = real_cases.day(wanted["on"])
            found = real_cases.plans_on(case.file.facts, case.file.nation, on=on)[place]
            assert real_cases.only(wanted, found | {"on": wanted["on"]}) == wanted

    @each("plan_checks")
    def test_end_where_the_sum_says(self, name: str, wanted: Json) -> None:
        assert name in NAMES
        assert real_cases.plan_check(wanted) == wanted


class TestNext:
    @each("next")
    def test_can_be_done_or_is_refused_as_expected(self, name: str, wanted: Json) -> None:
        found = real_cases.next_steps(real(name).file, on=real_cases.day(wanted["on"]))
        assert real_cases.differences(found, wanted) == []

    @each("next")
    def test_never_offers_what_it_refuses(self, name: str, wanted: Json) -> None:
        found = real_cases.next_steps(real(name).file, on=real_cases.day(wanted["on"]))
        assert not {one.rule.refuses for one in found.refusals if one.rule.refuses} & {
            one.rule.code for one in found.actions
        }

    @each("next")
    def test_names_codes_that_exist(self, name: str, wanted: Json) -> None:
        assert name in NAMES
        assert {*wanted["allowed"], *wanted["not_allowed"]} <= set(book.actions())
        assert set(wanted["refused"]) <= set(book.refusals())

    def test_asks_first_before_an_old_debt_of_that_size_goes_whatever_its_age(self) -> None:
        wanted = real("rc-10-old-debt-to-be-written-off").expected["old_debt"]
        on, amount = real_cases.day(wanted["on"]), parse_plain(wanted["amount"])
        for began_on in (None, dt.date(2005, 1, 1), dt.date(2015, 1, 1)):
            assert old_debt(amount, began_on=began_on, on=on).value == wanted["answer"]


class TestTheLicence:
    def test_stands_on_the_board_with_the_courts_order_and_the_most_there_is(self) -> None:
        case = real("rc-09-a-driving-licence")
        wanted = case.expected["licence"]
        on = real_cases.day(wanted["on"])
        found = standing(
            Power.DRIVING_LICENCE, Situation(on=on, nation=case.file.nation, owed=0, events=case.file.events)
        )
        assert (found.stage.value, str(found.since)) == (wanted["stage"], wanted["since"])
        assert f"For {wanted['months']} months" in found.log[-1].note
        assert wanted["most_years"] == 2
        assert "for up to two years" in powers.rules()[Power.DRIVING_LICENCE].what


class TestDays:
    @each("deadlines")
    def test_to_act_by_are_shown_safe_and_legal(self, name: str, wanted: Json) -> None:
        found = real_cases.deadlines_of(real(name).file, on=real_cases.day(wanted["on"]))
        assert real_cases.same_deadline(wanted, found) == wanted

    def test_from_the_application_to_the_first_decision_are_counted(self) -> None:
        case = real("rc-05-a-request-nobody-logged")
        wanted = case.expected["days_between"]
        assert case.file.contacts[0].at == real_cases.day(wanted["from"])
        assert (real_cases.day(wanted["to"]) - real_cases.day(wanted["from"])).days == wanted["days"]
