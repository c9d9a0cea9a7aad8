"""How a plan is kept: the arrears part and ongoing maintenance apart, with days of grace by nation."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.facts import CaseFacts, Payment, Plan, PlanOrigin
from arrears.core.other_facts import Step, StepKind
from arrears.core.plan_results import PlannedState, PlanStanding
from arrears.core.plan_standing import grace_until, standing
from arrears.core.results import PlanState
from arrears.core.schedule import nth_month
from cases.core.facts import Frequency, Nation
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, service

DUE = (decision("60", "2025-01-03"), schedule("monthly", "2025-01-03"), opening("1000", "2024-12-01"))
PLAN = Plan(
    agreed_on=day("2024-12-20"), first_payment_on=day("2025-01-03"), frequency=Frequency.MONTHLY,
    total=30000, arrears_part=4000,
)  # fmt: skip


def judged(*facts: object, on: str, plan: Plan = PLAN, nation: Nation = Nation.ENGLAND) -> PlanStanding:
    """How a plan stands on a day of a case that owed £1,000 and falls due £260 a month."""
    return standing(case(*DUE, *facts), plan, on=day(on), known_on=day(on), nation=nation)


def step(kind: StepKind, on: str) -> Step:
    return Step(kind=kind, on=day(on), recorded_on=day(on))


def states(found: PlanStanding) -> list[PlannedState]:
    return [one.state for one in found.payments]


class TestGrace:
    def test_is_three_working_days(self) -> None:
        assert grace_until(day("2025-02-03"), nation=Nation.ENGLAND) == day("2025-02-06")

    def test_leaves_out_the_weekend(self) -> None:
        assert grace_until(day("2025-01-31"), nation=Nation.ENGLAND) == day("2025-02-05")

    def test_goes_by_the_bank_holidays_of_the_nation(self) -> None:
        assert grace_until(day("2025-01-01"), nation=Nation.ENGLAND) == day("2025-01-06")
        assert grace_until(day("2025-01-01"), nation=Nation.SCOTLAND) == day("2025-01-07")

    def test_ends_with_the_calendar(self) -> None:
        assert grace_until(dt.date.max, nation=Nation.WALES) == dt.date.max

    def test_of_one_payment_may_still_run_in_one_nation_and_be_over_in_another(self) -> None:
        plan = dataclasses.replace(PLAN, first_payment_on=day("2025-01-01"), agreed_on=day("2024-12-20"))
        assert judged(on="2025-01-07", plan=plan, nation=Nation.SCOTLAND).arrears is PlanState.AT_RISK
        assert judged(on="2025-01-07", plan=plan, nation=Nation.ENGLAND).arrears is PlanState.BROKEN


class TestEachPayment:
    def test_is_kept_on_its_own_day_and_not_late_yet(self) -> None:
        found = judged(on="2025-01-03")
        assert (found.state, states(found)) == (PlanState.KEPT, [PlannedState.DUE])

    def test_says_until_when_it_may_still_come(self) -> None:
        found = judged(on="2025-01-06")
        assert (found.state, found.at_risk_until) == (PlanState.AT_RISK, day("2025-01-08"))
        assert states(found) == [PlannedState.WAITING]

    def test_says_what_came_and_when(self) -> None:
        paid = (
            payment("300", "2025-01-03"), payment("300", "2025-02-05"), payment("300", "2025-03-20"),
            payment("270", "2025-04-03"),
        )  # fmt: skip
        found = judged(*paid, on="2025-05-20")
        assert states(found) == [
            PlannedState.IN_TIME, PlannedState.IN_GRACE, PlannedState.LATE, PlannedState.SHORT, PlannedState.MISSED,
        ]  # fmt: skip
        assert [(one.asked, one.came, one.came_on) for one in found.payments] == [
            (4000, 4000, day("2025-01-03")),
            (4000, 4000, day("2025-02-05")),
            (4000, 4000, day("2025-03-20")),
            (4000, 1000, day("2025-04-03")),
            (4000, 0, None),
        ]
        assert found.came_late == 1

    def test_may_come_in_two_parts(self) -> None:
        paid = (payment("280", "2025-01-03"), payment("20", "2025-01-07"))
        (only,) = judged(*paid, on="2025-01-20").payments
        assert (only.came, only.came_on, only.state) == (4000, day("2025-01-07"), PlannedState.IN_GRACE)

    def test_stands_beside_the_ongoing_instalments_of_its_time(self) -> None:
        found = judged(payment("300", "2025-01-03"), on="2025-02-20")
        assert [(one.ongoing_due, one.ongoing_short) for one in found.payments] == [(26000, 0), (26000, 26000)]

    def test_asks_the_last_time_for_what_remains(self) -> None:
        plan = dataclasses.replace(PLAN, arrears_part=60000)
        found = judged(on="2025-06-01", plan=plan)
        assert [one.asked for one in found.payments] == [60000, 40000]

    def test_is_none_where_a_file_gives_no_arrears_part(self) -> None:
        found = judged(on="2025-06-01", plan=dataclasses.replace(PLAN, arrears_part=0))
        assert (found.payments, found.arrears) == ((), PlanState.KEPT)

    def test_is_covered_by_money_that_came_ahead(self) -> None:
        found = judged(payment("380", "2025-01-03"), payment("260", "2025-02-03"), on="2025-02-20")
        assert (found.state, found.came_ahead) == (PlanState.KEPT, 4000)
        assert found.payments[1].came_on == day("2025-01-03")


class TestTwoLedgers:
    @given(
        ongoing=st.lists(st.booleans(), min_size=1, max_size=14),
        data=st.data(),
        after=st.integers(0, 40),
        origin=st.sampled_from(PlanOrigin),
    )
    def test_never_tell_of_each_other(
        self, ongoing: list[bool], data: st.DataObject, after: int, origin: PlanOrigin
    ) -> None:
        arrears = data.draw(st.lists(st.booleans(), min_size=len(ongoing), max_size=len(ongoing)))
        dues = [nth_month(day("2025-01-03"), place) for place in range(len(ongoing))]
        paid: list[Payment] = []
        for due, has_ongoing, has_arrears in zip(dues, ongoing, arrears, strict=True):
            if has_ongoing:
                paid.append(payment("260", str(due), parts=((str(due), "260"),), name=f"o {due}"))
            if has_arrears:
                paid.append(payment("40", str(due), parts=(("2024-12-01", "40"),), name=f"a {due}"))
        on = min(dues[-1] + dt.timedelta(days=after), nth_month(day("2025-01-03"), len(dues)) - dt.timedelta(days=1))
        plan = dataclasses.replace(PLAN, origin=origin)

        found = standing(case(*DUE, *paid), plan, on=on, known_on=on, nation=Nation.ENGLAND)

        assert found.ongoing is _expected([due for due, came in zip(dues, ongoing, strict=True) if not came], on)
        # What came for the arrears is laid against the planned payments in order.
        assert found.arrears is _expected(dues[sum(arrears) :], on)
        assert found.ongoing_short == 26000 * sum(not came for came in ongoing) - (
            26000 if on == dues[-1] and not ongoing[-1] else 0
        )
        assert found.arrears_paid == 4000 * sum(arrears)
        if origin is PlanOrigin.COURT_ORDER:
            assert found.state is found.arrears

    def test_are_told_apart_where_the_fee_of_cms_is_not_paid(self) -> None:
        plan = dataclasses.replace(PLAN, total=35200)
        no_fee = payment(
            "260", "2025-01-03", route="via_cms_paid", cms="2025-01-03", parts=(("2025-01-03", "260"),)
        )  # fmt: skip
        facts = case(*DUE, service("collect_and_pay", "2024-01-01"), no_fee, perspective="paying")
        found = standing(facts, plan, on=day("2025-01-20"), known_on=day("2025-01-20"), nation=Nation.ENGLAND)
        assert found.arrears is PlanState.BROKEN
        assert (found.arrears_paid, found.fees_short) == (0, 5200)

    def test_are_both_kept_under_collect_and_pay_with_its_fee(self) -> None:
        plan = dataclasses.replace(PLAN, total=35200)
        whole = payment("352", "2025-01-03", route="via_cms_paid", cms="2025-01-03")
        facts = case(*DUE, service("collect_and_pay", "2024-01-01"), whole, perspective="paying")
        found = standing(facts, plan, on=day("2025-01-20"), known_on=day("2025-01-20"), nation=Nation.ENGLAND)
        assert (found.state, found.ongoing, found.arrears) == (PlanState.KEPT,) * 3
        assert (found.arrears_paid, found.fees_short, found.ongoing_short) == (4000, 0, 0)


def _expected(missed: list[dt.date], on: dt.date) -> PlanState:
    """The oldest payment that did not come decides, once its day is over."""
    over = [due for due in missed if due < on]
    if not over:
        return PlanState.KEPT
    return PlanState.AT_RISK if on <= grace_until(over[0], nation=Nation.ENGLAND) else PlanState.BROKEN


class TestACourtOrder:
    ORDER = dataclasses.replace(PLAN, origin=PlanOrigin.COURT_ORDER, total=15000, arrears_part=15000)

    def test_is_kept_although_ongoing_maintenance_is_missed(self) -> None:
        only_arrears = payment("150", "2025-01-03", parts=(("2024-12-01", "150"),))
        found = judged(only_arrears, on="2025-01-20", plan=self.ORDER)
        assert (found.state, found.arrears, found.ongoing) == (PlanState.KEPT, PlanState.KEPT, PlanState.BROKEN)

    def test_may_be_on_hold_while_an_appeal_is_heard(self) -> None:
        held = dataclasses.replace(self.ORDER, steps=(step(StepKind.APPEALED, "2025-01-10"),))
        assert judged(on="2025-01-20", plan=held).on_hold_since == day("2025-01-10")
        assert judged(on="2025-01-09", plan=held).on_hold_since is None

    def test_is_on_hold_no_more_once_something_came_of_it(self) -> None:
        steps = (step(StepKind.BROKEN, "2025-01-15"), step(StepKind.APPEALED, "2025-01-10"))
        found = judged(on="2025-01-20", plan=dataclasses.replace(self.ORDER, steps=steps))
        assert found.on_hold_since is None


class TestTheEndOfAPlan:
    def test_is_not_undone_by_an_instalment_missed_later(self) -> None:
        found = judged(payment("1260", "2025-01-03"), on="2025-06-20")
        assert (found.state, found.ongoing, found.completed_on) == (
            PlanState.COMPLETED, PlanState.KEPT, day("2025-01-03"),
        )  # fmt: skip

    def test_is_not_undone_by_what_cms_adds_later(self) -> None:
        more = (payment("1260", "2025-01-03"), adjustment("correction_up", "500", "2025-04-01"))
        assert judged(*more, on="2025-06-20").state is PlanState.COMPLETED

    def test_takes_in_what_cms_adds_while_it_runs(self) -> None:
        more = (payment("300", "2025-01-03"), adjustment("correction_up", "500", "2025-01-20"))
        assert judged(*more, on="2025-02-01").left == 146000

    def test_comes_with_a_write_off_too(self) -> None:
        found = judged(payment("300", "2025-01-03"), adjustment("write_off", "960", "2025-01-10"), on="2025-01-20")
        assert (found.state, found.arrears_paid) == (PlanState.COMPLETED, 4000)

    def test_is_at_once_where_nothing_was_owed(self) -> None:
        facts = case(DUE[0], DUE[1])
        found = standing(facts, PLAN, on=day("2025-01-03"), known_on=day("2025-01-03"), nation=Nation.ENGLAND)
        assert (found.arrears, found.completed_on) == (PlanState.COMPLETED, day("2025-01-03"))

    def test_may_be_a_word_of_cms_and_it_is_judged_to_that_day(self) -> None:
        ended = dataclasses.replace(PLAN, steps=(step(StepKind.ENDED, "2025-02-01"),))
        found = judged(payment("300", "2025-01-03"), on="2025-06-20", plan=ended)
        assert (found.state, found.payments_due, found.ended_on) == (PlanState.KEPT, 1, day("2025-02-01"))

    def test_is_that_it_was_varied_where_cms_says_so(self) -> None:
        varied = dataclasses.replace(PLAN, steps=(step(StepKind.VARIED, "2025-02-01"),))
        assert judged(payment("300", "2025-01-03"), on="2025-06-20", plan=varied).state is PlanState.VARIED


class TestAPlanThatFollowsAnother:
    SECOND = dataclasses.replace(
        PLAN, agreed_on=day("2025-02-20"), first_payment_on=day("2025-03-03"), arrears_part=2000
    )

    def facts(self, *more: object) -> CaseFacts:
        return dataclasses.replace(case(*DUE, *more), plans=(PLAN, self.SECOND))

    def second(self, *more: object, on: str) -> PlanStanding:
        return standing(self.facts(*more), self.SECOND, on=day(on), known_on=day(on), nation=Nation.ENGLAND)

    def test_counts_no_money_that_the_plan_before_asked_for(self) -> None:
        late = (payment("300", "2025-01-03"), payment("300", "2025-02-25"))
        assert self.second(*late, on="2025-03-03").arrears_paid == 0

    def test_counts_what_came_beyond_that(self) -> None:
        late = (payment("300", "2025-01-03"), payment("330", "2025-02-25"))
        assert self.second(*late, on="2025-03-03").arrears_paid == 3000

    def test_counts_no_instalment_that_fell_due_before_it_began(self) -> None:
        plan = dataclasses.replace(PLAN, agreed_on=day("2025-02-01"), first_payment_on=day("2025-03-01"))
        paid = (payment("260", "2025-01-03"), payment("260", "2025-02-03"))
        assert judged(*paid, on="2025-03-01", plan=plan).arrears_paid == 0

    def test_takes_the_place_of_the_first(self) -> None:
        found = standing(
            self.facts(payment("300", "2025-01-03")), PLAN, on=day("2025-04-01"), known_on=day("2025-04-01"),
            nation=Nation.ENGLAND,
        )  # fmt: skip
        assert (found.state, found.ended_on, found.payments_due) == (PlanState.VARIED, day("2025-03-03"), 2)


@pytest.mark.parametrize("paid", ["0.01", "999999.99"])
def test_a_penny_a_week_against_any_sum_is_judged(paid: str) -> None:
    plan = dataclasses.replace(PLAN, frequency=Frequency.WEEKLY, arrears_part=1)
    assert judged(payment(paid, "2025-01-03"), on="2045-01-03", plan=plan).payments_due > 0
