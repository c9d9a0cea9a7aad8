"""The form is filled in with what would settle the payment that is most likely meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.expecting import (
    Shown,
    changed_since,
    choices,
    coming,
    expected,
    last_logged,
    unlogged,
    usual_route,
)
from arrears.core.facts import Observation, Payment, Route
from arrears.core.ledger import known
from arrears.core.position import position
from cases.core.facts import Decision, Perspective, StruckOut
from tests.unit.arrears.build import adjustment, case, day, decision, payment, schedule, service

MONTHLY = (decision("60", "2025-01-03"), schedule("monthly", "2025-02-03"))
ON = day("2025-04-05")


def noted(due_on: str, on: str) -> Observation:
    return Observation(due_on=day(due_on), noted_on=day(on), id=f"noted {due_on}")


class TestExpected:
    def test_is_the_latest_payment_that_nothing_is_said_about(self) -> None:
        found = expected(case(*MONTHLY, payment("260", "2025-02-03")), on=ON, known_on=ON)
        assert found is not None
        assert (found.due_on, found.pay, found.route) == (day("2025-04-03"), 26000, Route.DIRECT)

    def test_goes_back_to_older_ones_once_the_latest_is_noted(self) -> None:
        found = expected(case(*MONTHLY, noted("2025-04-03", "2025-04-05")), on=ON, known_on=ON)
        assert found is not None
        assert found.due_on == day("2025-03-03")

    def test_goes_to_one_that_nothing_is_logged_for_before_one_that_came_in_part(self) -> None:
        found = expected(case(*MONTHLY, payment("200", "2025-04-03")), on=ON, known_on=ON)
        assert found is not None
        assert found.due_on == day("2025-03-03")

    def test_comes_back_to_the_one_that_came_in_part_when_every_date_is_spoken_of(self) -> None:
        said = (payment("260", "2025-02-03"), noted("2025-03-03", "2025-04-05"), payment("200", "2025-04-03"))
        facts = case(*MONTHLY, *said)
        found = expected(facts, on=ON, known_on=ON)
        assert found is not None
        assert (found.due_on, found.left) == (day("2025-04-03"), 6000)

    @pytest.mark.parametrize(("paid", "left"), [("1400", 0), ("1100", 20571), ("780", 26000)])
    def test_counts_what_was_paid_ahead_towards_one_that_is_still_to_come(self, paid: str, left: int) -> None:
        facts = case(*MONTHLY, payment(paid, "2025-04-03"))
        found = expected(facts, on=ON, known_on=ON, due_on=day("2025-05-03"))
        assert found is not None
        assert (found.due, found.left) == (26000, left)

    def test_is_what_is_left_of_a_payment_that_came_in_part(self) -> None:
        facts = case(*MONTHLY, payment("200", "2025-04-03"))
        found = expected(facts, on=ON, known_on=ON, due_on=day("2025-04-03"))
        assert found is not None
        assert (found.due, found.left, found.pay) == (26000, 6000, 6000)

    def test_takes_the_four_percent_off_what_reaches_the_receiving_parent(self) -> None:
        found = expected(case(*MONTHLY, service("collect_and_pay", "2025-01-03")), on=ON, known_on=ON)
        assert found is not None
        assert (found.left, found.pay, found.route) == (26000, 24960, Route.VIA_CMS_RECEIVED)

    def test_adds_the_fee_to_what_the_paying_parent_pays(self) -> None:
        facts = case(*MONTHLY, service("collect_and_pay", "2025-01-03"), perspective="paying")
        found = expected(facts, on=ON, known_on=ON)
        assert found is not None
        assert (found.left, found.fee_left, found.pay, found.route) == (26000, 5200, 31200, Route.VIA_CMS_PAID)

    @pytest.mark.parametrize("due_on", ["2025-05-03", "2025-06-03"])
    def test_may_be_one_that_is_still_to_come(self, due_on: str) -> None:
        found = expected(case(*MONTHLY), on=ON, known_on=ON, due_on=day(due_on))
        assert found is not None
        assert found.left == 26000

    def test_is_nothing_where_no_payment_is_due_that_day(self) -> None:
        assert expected(case(*MONTHLY), on=ON, known_on=ON, due_on=day("2025-04-04")) is None
        assert expected(case(), on=ON, known_on=ON) is None

    @given(st.integers(1, 200_000))
    def test_settles_the_payment_when_it_is_paid(self, weekly: int) -> None:
        for perspective in Perspective:
            first = Decision(
                weekly=weekly, effective_on=day("2025-01-03"), decided_on=day("2025-01-03"),
                notified_on=day("2025-01-03"), id="d",
            )  # fmt: skip
            facts = case(
                first, schedule("monthly", "2025-02-03"), service("collect_and_pay", "2025-01-03"),
                perspective=perspective,
            )  # fmt: skip
            on = day("2025-02-03")
            found = expected(facts, on=on, known_on=on)
            if found is None or not found.pay:
                continue
            paid = Payment(paid_on=on, amount=found.pay, route=found.route, recorded_on=on, id="p")
            at = position(
                case(*facts.decisions, *facts.schedules, *facts.services, paid, perspective=perspective), on=on
            )
            # Two amounts a penny apart can leave the same sum after 4%, and the smaller one counts.
            doubt = 1 if perspective is Perspective.RECEIVING else 0
            assert at.instalments[0].outstanding <= doubt
            assert at.instalments[0].fee_outstanding == 0


class TestChangedSince:
    def test_says_nothing_while_the_form_is_right(self) -> None:
        assert changed_since(case(*MONTHLY), Shown(day("2025-04-03"), 26000), on=ON) == ""
        assert changed_since(case(), Shown(day("2025-04-03"), 26000), on=ON) == ""

    @pytest.mark.parametrize(("paid", "logged"), [("260", "£260.00"), ("100", "£100.00")])
    def test_says_what_was_logged_in_another_tab(self, paid: str, logged: str) -> None:
        facts = case(*MONTHLY, payment(paid, "2025-04-03"))
        assert changed_since(facts, Shown(day("2025-04-03"), 26000), on=ON) == (
            f"{logged} for 3 April 2025 is already logged, perhaps in another tab. Log this only if more money came."
        )

    def test_says_that_more_is_left_than_the_form_showed(self) -> None:
        assert changed_since(case(*MONTHLY), Shown(day("2025-04-03"), 6000), on=ON) == (
            "£260.00 is left for 3 April 2025 now, not £60.00. Check it, then save."
        )


class TestComing:
    def test_is_as_the_credit_leaves_it_on_its_day(self) -> None:
        facts = case(*MONTHLY, payment("1400", "2025-04-03"))
        one = coming(facts, position(facts, on=ON))
        assert one is not None
        assert (one.due_on, one.outstanding) == (day("2025-05-03"), 0)

    def test_is_nothing_where_nothing_is_due(self) -> None:
        assert coming(case(), position(case(), on=ON)) is None


class TestUsualRoute:
    def test_follows_the_service_of_the_day_and_the_side(self) -> None:
        facts = case(service("direct_pay", "2025-01-01"), service("collect_and_pay", "2025-06-01"))
        assert usual_route(facts, day("2024-12-01")) is Route.DIRECT
        assert usual_route(facts, day("2025-05-31")) is Route.DIRECT
        assert usual_route(facts, day("2025-06-01")) is Route.VIA_CMS_RECEIVED


class TestUnlogged:
    def test_leaves_out_what_came_and_what_was_noted(self) -> None:
        facts = case(*MONTHLY, payment("10", "2025-02-03"), noted("2025-03-03", "2025-03-09"))
        found = unlogged(facts, position(facts, on=ON))
        assert [one.due_on for one in found] == [day("2025-04-03")]

    def test_takes_no_write_off_for_a_payment(self) -> None:
        facts = case(*MONTHLY, adjustment("write_off", "10", "2025-02-10"))
        assert len(unlogged(facts, position(facts, on=ON))) == 3


class TestChoices:
    def test_offers_the_next_one_and_then_what_is_open_newest_first(self) -> None:
        facts = case(*MONTHLY)
        found = choices(facts, position(facts, on=ON), count=2)
        assert [one.due_on for one in found] == [day("2025-05-03"), day("2025-04-03"), day("2025-03-03")]


class TestTheLastDay:
    def test_logged_is_the_latest_payment_or_note_that_stands(self) -> None:
        slip = Payment(
            paid_on=day("2025-04-01"), amount=1, route=Route.DIRECT, recorded_on=day("2025-04-01"),
            struck_out=StruckOut(on=day("2025-04-02"), reason="Slip"), id="slip",
        )  # fmt: skip
        facts = case(*MONTHLY, payment("10", "2025-02-03"), noted("2025-03-03", "2025-03-09"), slip)
        assert last_logged(known(facts, ON)) == day("2025-03-03")
        assert last_logged(case()) is None
