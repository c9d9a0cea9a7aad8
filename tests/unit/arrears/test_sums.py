"""What fell due, what was paid and what was taken off: the same on every page, and they add up."""

import datetime as dt

from hypothesis import HealthCheck, given, settings

from arrears.core.breakdown import breakdown
from arrears.core.facts import CaseFacts
from arrears.core.position import position
from arrears.core.sums import Sums, sums
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, service
from tests.unit.arrears.histories import histories, views
from tests.unit.arrears.other_facts_strategies import with_other_facts

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class TestSums:
    def test_keep_what_fell_due_whatever_is_taken_off(self) -> None:
        facts = case(
            opening("500", "2025-01-01"), payment("100", "2025-02-01"), adjustment("offset", "40", "2025-02-02")
        )
        assert sums(position(facts, on=day("2025-02-01"))) == Sums(50000, 10000, 0, 0, 50000)
        assert sums(position(facts, on=day("2025-02-02"))) == Sums(50000, 10000, 4000, 0, 50000)

    def test_say_what_of_the_money_went_to_fees(self) -> None:
        facts = case(
            decision("100", "2025-01-06"), schedule("weekly", "2025-01-06"), service("collect_and_pay", "2025-01-06"),
            payment("120", "2025-01-06", route="via_cms_paid"), perspective="paying",
        )  # fmt: skip
        assert sums(position(facts, on=day("2025-01-07"))) == Sums(10000, 12000, 0, 2000, 10000)

    def test_count_a_decision_that_lowered_as_taken_off(self) -> None:
        facts = case(
            decision("100", "2025-01-06"), decision("70", "2025-01-06", told="2025-01-13"),
            schedule("weekly", "2025-01-06"),
        )  # fmt: skip
        at = position(facts, on=day("2025-01-13"))
        assert sums(at) == Sums(17000, 0, 3000, 0, 14000)

    @quick
    @given(facts=with_other_facts(histories()), view=views)
    def test_add_up_to_the_balance_on_both_pages(self, facts: CaseFacts, view: tuple[dt.date, dt.date]) -> None:
        at = position(facts, on=view[0], known_on=view[1])
        found = sums(at)
        assert min(found.due, found.paid, found.taken_off) >= 0
        assert found.due - found.taken_off - found.paid + found.to_fees == at.net
        account = breakdown(facts, on=view[0], known_on=view[1])
        assert account.sums == found
        assert (account.due, account.paid) == (found.due, found.paid - found.to_fees + found.taken_off)
