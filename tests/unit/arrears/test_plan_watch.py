"""Whether a plan in force is broken, since when, and how long that holds by the clock alone."""

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from arrears.core.facts import CaseFacts, Plan
from arrears.core.other_facts import StepKind
from arrears.core.plan_watch import PlanWatch, watch
from arrears.core.snapshots import snapshot
from cases.core.facts import Nation
from tests.unit.arrears.build import case, day, payment
from tests.unit.arrears.test_plan_standing import DUE, PLAN, step


def planned(*facts: object, plan: Plan = PLAN) -> CaseFacts:
    return dataclasses.replace(case(*DUE, *facts), plans=(plan,))


def watched(*facts: object, on: str, plan: Plan = PLAN) -> PlanWatch:
    return watch(planned(*facts, plan=plan), on=day(on), known_on=day(on), nation=Nation.ENGLAND)


FIRST = payment("300", "2025-01-03")


class TestWatch:
    def test_calls_nothing_broken_while_the_days_of_grace_run(self) -> None:
        found = watched(FIRST, on="2025-02-06")
        assert found == PlanWatch(None, day("2025-02-07"))

    def test_calls_it_broken_since_the_payment_that_did_not_come(self) -> None:
        assert watched(FIRST, on="2025-02-07").broken_since == day("2025-02-03")

    def test_calls_nothing_broken_of_which_nobody_logged_a_payment(self) -> None:
        assert watched(on="2025-03-01").broken_since is None

    def test_calls_nothing_broken_that_cms_ended(self) -> None:
        ended = dataclasses.replace(PLAN, steps=(step(StepKind.ENDED, "2025-02-13"),))
        assert watched(FIRST, on="2025-02-12", plan=ended).broken_since == day("2025-02-03")
        assert watched(FIRST, on="2025-02-14", plan=ended).broken_since is None

    def test_calls_nothing_broken_where_there_is_no_plan(self) -> None:
        on = day("2025-03-01")
        found = watch(case(*DUE, FIRST), on=on, known_on=on, nation=Nation.ENGLAND)
        assert found == PlanWatch(None, dt.date.max)

    def test_waits_for_the_first_payment_of_a_plan_that_has_not_begun(self) -> None:
        later = dataclasses.replace(PLAN, first_payment_on=day("2025-06-03"))
        assert watched(FIRST, on="2025-01-10", plan=later) == PlanWatch(None, day("2025-06-04"))

    @given(
        st.lists(st.tuples(st.integers(0, 120), st.sampled_from(["40", "260", "300", "600"])), max_size=6),
        st.integers(0, 150),
    )
    def test_holds_until_the_day_it_or_the_figures_name(self, came: list[tuple[int, str]], start: int) -> None:
        first = day("2025-01-01")
        paid = [payment(amount, (first + dt.timedelta(days=days)).isoformat()) for days, amount in came]
        facts, on = planned(*paid), first + dt.timedelta(days=start)
        found = watch(facts, on=on, known_on=on, nation=Nation.ENGLAND)
        until = min(found.changes_on, snapshot(facts, on=on).changes_on)
        for days in range(1, min((until - on).days, 40)):
            then = on + dt.timedelta(days=days)
            assert watch(facts, on=then, known_on=then, nation=Nation.ENGLAND).broken_since == found.broken_since
