"""Liability orders beside the ledger's own figure for their period."""

import datetime as dt
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from arrears.core import orders
from arrears.core.facts import CaseFacts
from arrears.core.orders import Buckets
from arrears.core.other_facts import Claim, ClaimKind, LiabilityOrder, Settlement, Step, StepKind
from arrears.core.position import position
from arrears.presenters.orders import shown
from tests.unit.arrears.build import case, day, decision, opening, payment, schedule
from tests.unit.arrears.histories import histories, views
from tests.unit.arrears.other_facts_strategies import with_other_facts

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ON = day("2025-06-30")


def order(first: str, last: str, *, amount: int = 90000, applied: str | None = None) -> LiabilityOrder:
    return LiabilityOrder(
        granted_on=day("2025-05-01"), from_on=day(first), to_on=day(last), amount=amount,
        applied_on=day(applied) if applied else None, id="order",
    )  # fmt: skip


#: £100 a week, weekly from 6 January 2025, nothing paid.
UNPAID = case(decision("100", "2025-01-06"), schedule("weekly", "2025-01-06"))


class TestAnOrder:
    def test_of_the_anchor_case_covers_853_days_and_agrees_with_its_sum(self) -> None:
        # RC-1: £12,391.53 for 22 June 2019 to 21 October 2021.
        facts = case(opening("12391.53", "2021-10-21"))
        rc1 = LiabilityOrder(
            granted_on=day("2022-02-01"), from_on=day("2019-06-22"), to_on=day("2021-10-21"), amount=1239153, id="lo"
        )
        found = orders.check(facts, rc1, on=day("2024-02-21"), known_on=day("2024-02-21"))
        assert (found.days, found.ours, found.theirs, found.difference) == (853, 1239153, 1239153, 0)
        assert found.now == Buckets(0, 1239153, 0)

    def test_is_compared_on_the_day_it_was_asked_for_else_made(self) -> None:
        assert orders.check(UNPAID, order("2025-01-06", "2025-02-02"), on=ON, known_on=ON).stands_on == day(
            "2025-05-01"
        )
        asked = order("2025-01-06", "2025-02-02", applied="2025-02-05")
        assert orders.check(UNPAID, asked, on=ON, known_on=ON).stands_on == day("2025-02-05")

    def test_says_both_figures_and_what_is_between_them(self) -> None:
        # Four weeks fell due; £40 of the first was paid before it was asked for, £60 after.
        facts = case(
            decision("100", "2025-01-06"), schedule("weekly", "2025-01-06"),
            payment("40", "2025-01-06"), payment("60", "2025-03-12"),
        )  # fmt: skip
        facts = replace(facts, allocation_rule=type(facts.allocation_rule).OLDEST_FIRST)
        found = orders.check(
            facts, order("2025-01-06", "2025-02-02", amount=40000, applied="2025-02-05"), on=ON, known_on=ON
        )
        assert (found.ours, found.theirs, found.difference) == (36000, 40000, -4000)
        assert found.now.within == 30000

    def test_is_a_bucket_apart_from_what_fell_due_before_and_after(self) -> None:
        found = orders.buckets(UNPAID, order("2025-01-13", "2025-01-26"), at=position(UNPAID, on=day("2025-02-10")))
        assert found == Buckets(10000, 20000, 30000)

    def test_takes_of_a_decision_about_the_past_the_days_of_its_period(self) -> None:
        # Told on 3 February that £170 instead of £100 applied from 20 January: two instalments of £70 more.
        facts = case(
            decision("100", "2025-01-06"), decision("170", "2025-01-20", told="2025-02-03"),
            schedule("weekly", "2025-01-06"), *(payment("100", f"2025-01-{on:02d}") for on in (6, 13, 20, 27)),
            payment("170", "2025-02-03"),
        )  # fmt: skip
        at = position(facts, on=day("2025-02-03"))
        assert at.by_cause == {"recalculation": 14000}
        assert orders.buckets(facts, order("2025-01-20", "2025-01-26"), at=at) == Buckets(0, 7000, 7000)
        assert orders.buckets(facts, order("2025-01-27", "2025-02-28"), at=at) == Buckets(7000, 7000, 0)

    def test_takes_of_the_days_before_the_first_payment_those_of_its_period(self) -> None:
        # 28 days at £10 a day from 6 January; told on 27 January, first due on 3 February.
        facts = case(decision("70", "2025-01-06", told="2025-01-27"), schedule("weekly", "2025-02-03"))
        at = position(facts, on=day("2025-02-03"))
        assert at.by_cause == {"instalment": 7000, "initial": 28000}
        assert orders.buckets(facts, order("2025-01-13", "2025-01-19"), at=at) == Buckets(7000, 7000, 21000)
        assert orders.buckets(facts, order("2024-01-01", "2025-01-31"), at=at) == Buckets(0, 26000, 9000)

    def test_does_not_claim_to_know_which_days_a_cancelled_settlement_brought_back(self) -> None:
        def step(kind: StepKind, on: str, amount: int) -> Step:
            return Step(kind=kind, on=day(on), recorded_on=day(on), amount=amount, id=kind.value)

        paid_on = day("2025-01-20")
        deal = Settlement(
            offered_on=day("2025-02-10"), arrears=60000, amount=40000, recorded_on=day("2025-02-10"), id="deal",
            steps=(step(StepKind.AGREED, "2025-02-10", 20000), step(StepKind.CANCELLED, "2025-02-14", 20000)),
        )  # fmt: skip
        claim = Claim(
            kind=ClaimKind.DIRECT_PAYMENT, paid_on=paid_on, amount=3000, recorded_on=paid_on, id="claim",
            steps=(step(StepKind.ACCEPTED, "2025-02-10", 3000), step(StepKind.WITHDRAWN, "2025-02-15", 3000)),
        )  # fmt: skip
        facts = replace(UNPAID, settlements=(deal,), claims=(claim,))
        one, on = order("2025-01-06", "2025-01-26", applied="2025-02-14"), day("2025-02-16")
        found = orders.check(facts, one, on=on, known_on=on)
        assert found.now == Buckets(0, 7000, 30000, 20000, 3000)
        assert (found.then.came_back, found.now.came_back) == (20000, 23000)
        said = shown(found)
        assert said.back_then == [
            "£200.00 came back when CMS cancelled a settlement. It may belong to this period: ask CMS."
        ]
        assert said.back_now == [
            *said.back_then,
            "£30.00 came back when CMS no longer counted a claim. It may belong to this period: ask CMS.",
        ]
        assert (said.now[-1].name, said.now[-1].amount) == ("Came back, may be of its period", 23000)
        assert sum(line.amount for line in said.now) == said.total == position(facts, on=on).outstanding

    @quick
    @given(facts=with_other_facts(histories()), view=views)
    def test_is_one_of_the_buckets_that_add_up_in_any_history(
        self, facts: CaseFacts, view: tuple[dt.date, dt.date]
    ) -> None:
        at = position(facts, on=view[0], known_on=view[1])
        for one in facts.orders:
            found = orders.buckets(facts, one, at=at)
            assert sum(found) == at.outstanding
            assert min(found) >= 0
