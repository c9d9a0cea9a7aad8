"""What a repayment plan comes to, by hand and against a simulation (rules section 5)."""

import dataclasses
import datetime as dt
import itertools
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core import plans
from arrears.core.case_file import parse
from arrears.core.facts import Plan
from arrears.core.plan_standing import standing
from arrears.core.plans import PlanError
from arrears.core.results import Classification, PlanRow, PlanState, PlanVerdict
from arrears.core.schedule import nth_due
from cases.core.facts import Frequency, Nation
from tests.unit.arrears.build import case, day, decision, opening, payment, schedule

REAL = parse((Path(__file__).parents[2] / "examples" / "p-002456.json").read_text())


def monthly(arrears: int, instalment: int, first: str = "2022-04-01", frequency: str = "monthly") -> PlanVerdict:
    """A plan on an arrears part."""
    return plans.check(
        arrears=arrears, first_payment_on=day(first), frequency=Frequency(frequency), instalment=instalment
    )


class TestTheRealCase:
    def test_takes_97_payments_on_the_liability_order(self) -> None:
        verdict = monthly(1239153, 12794)
        assert verdict.classification is Classification.ARRANGEMENT
        assert (verdict.payments, verdict.last_payment, verdict.needed_for_two_years) == (97, 10929, 51632)
        assert verdict.last_payment_on == day("2030-04-01")

    def test_takes_141_payments_on_what_was_then_owed_and_118_on_the_figure_given(self) -> None:
        assert monthly(1136801, 8100).payments == 141
        assert monthly(1136801, 8100).needed_for_two_years == 47367
        assert (monthly(953299, 8100).payments, monthly(953299, 8100).last_payment) == (118, 5599)
        assert monthly(953299, 8100).needed_for_two_years == 39721

    def test_gives_the_same_for_the_plans_on_its_record(self) -> None:
        first, second = REAL.facts.plans
        assert plans.of_plan(first, arrears=1239153).payments == 97
        assert plans.of_plan(second, arrears=1136801).payments == 141

    def test_shows_the_first_plan_kept_until_the_second_replaced_it(self) -> None:
        first, second = REAL.facts.plans
        on = day("2024-02-21")
        was = standing(REAL.facts, first, on=on, known_on=on, nation=Nation.ENGLAND)
        assert (was.state, was.ongoing, was.arrears) == (PlanState.VARIED, PlanState.KEPT, PlanState.KEPT)
        assert (was.arrears_paid, was.payments_due, was.ended_on) == (102352, 8, day("2022-12-01"))
        now = standing(REAL.facts, second, on=on, known_on=on, nation=Nation.ENGLAND)
        assert (now.state, now.arrears_paid, now.arrears_asked) == (PlanState.KEPT, 121500, 121500)


class TestTheTwoYearLine:
    @pytest.mark.parametrize(
        ("frequency", "fits"), [("monthly", 24), ("weekly", 105), ("fortnightly", 53), ("four_weekly", 27)]
    )
    @pytest.mark.parametrize("first", ["2022-04-01", "2023-01-31", "2024-02-29"])
    def test_is_a_date_and_not_a_count(self, frequency: str, fits: int, first: str) -> None:
        assert monthly(fits * 100, 100, first, frequency).classification is Classification.AGREEMENT
        assert monthly(fits * 100 + 1, 100, first, frequency).classification is Classification.ARRANGEMENT
        assert monthly(1, 100, first, frequency).payments_by_two_years == fits

    def test_of_a_plan_from_29_february_is_28_february(self) -> None:
        assert monthly(100, 1, "2024-02-29").second_anniversary == day("2026-02-28")

    def test_leaves_what_is_not_paid_by_then(self) -> None:
        assert monthly(2500, 100).left_at_two_years == 100
        assert monthly(2400, 100).left_at_two_years == 0

    def test_needs_the_next_whole_penny(self) -> None:
        assert monthly(2401, 1).needed_for_two_years == 101


class TestInsufficient:
    def test_says_the_smallest_increase_that_would_make_it_sufficient(self) -> None:
        verdict = plans.check(
            arrears=50000, first_payment_on=day("2025-01-01"), frequency=Frequency.MONTHLY,
            total=30000, ongoing=26000, fee=5200,
        )  # fmt: skip
        assert verdict.classification is Classification.INSUFFICIENT
        assert (verdict.instalment, verdict.short_by) == (-1200, 1201)
        assert (verdict.payments, verdict.last_payment_on, verdict.last_payment) == (None, None, None)
        assert verdict.left_at_two_years == 50000
        assert list(plans.rows(verdict)) == []

    def test_is_so_where_nothing_is_left_for_the_arrears(self) -> None:
        verdict = monthly(100, 0)
        assert (verdict.classification, verdict.short_by) == (Classification.INSUFFICIENT, 1)
        one_more = monthly(100, 1)
        assert one_more.classification is not Classification.INSUFFICIENT


class TestClassify:
    @pytest.mark.parametrize(
        ("arrears", "instalment", "label"),
        [(2400, 100, "agreement"), (2401, 100, "arrangement"), (2400, 0, "insufficient"), (2400, -5, "insufficient"),
         (0, 0, "nothing_owed"), (0, 100, "nothing_owed")],
    )  # fmt: skip
    def test_gives_the_label_of_a_check(self, arrears: int, instalment: int, label: str) -> None:
        first = day("2025-01-01")
        found = plans.classify(
            arrears=arrears, instalment=instalment, first_payment_on=first, frequency=Frequency.MONTHLY
        )
        assert found.value == label
        assert found is monthly(arrears, instalment, first="2025-01-01").classification


class TestNothingOwed:
    def test_needs_no_payment(self) -> None:
        verdict = monthly(0, 100)
        assert verdict.classification is Classification.NOTHING_OWED
        assert (verdict.payments, verdict.last_payment_on, verdict.short_by) == (0, None, None)
        assert (verdict.needed_for_two_years, verdict.left_at_two_years) == (0, 0)


class TestReview:
    @pytest.mark.parametrize(
        ("review", "payments", "needed"),
        [("2022-03-31", 0, None), ("2022-04-01", 1, 100000), ("2023-02-28", 11, 9091), ("2023-03-01", 12, 8334)],
    )
    def test_counts_the_payments_up_to_and_including_that_day(
        self, review: str, payments: int, needed: int | None
    ) -> None:
        verdict = plans.check(
            arrears=100000, first_payment_on=day("2022-04-01"), frequency=Frequency.MONTHLY, instalment=1,
            review_on=day(review),
        )  # fmt: skip
        assert (verdict.payments_by_review, verdict.needed_by_review) == (payments, needed)


class TestTerms:
    def check(self, **terms: int | None) -> PlanVerdict:
        return plans.check(
            first_payment_on=day("2025-01-01"),
            frequency=Frequency.MONTHLY,
            **({"arrears": 100} | terms),
        )

    def test_give_the_share_of_net_income_that_the_whole_payment_takes(self) -> None:
        assert self.check(total=5000, ongoing=4000, net_income=20000).share_of_net_income == Fraction(1, 4)
        assert self.check(instalment=1000, net_income=20000).share_of_net_income == Fraction(1, 20)

    def test_that_agree_may_be_given_both_ways(self) -> None:
        assert self.check(instalment=800, total=5000, ongoing=4000, fee=200).instalment == 800

    @pytest.mark.parametrize(
        ("terms", "field"),
        [
            ({"instalment": 801, "total": 5000, "ongoing": 4000, "fee": 200}, "instalment"),
            ({}, "instalment"),
            ({"instalment": 1, "ongoing": 5}, "total"),
            ({"instalment": 1, "fee": 5}, "total"),
            ({"total": 5}, "ongoing"),
            ({"arrears": -1, "instalment": 1}, "arrears"),
            ({"instalment": 1, "net_income": 0}, "net_income"),
        ],
    )
    def test_that_are_missing_or_disagree_are_refused_by_name(self, terms: dict[str, int], field: str) -> None:
        with pytest.raises(PlanError) as refused:
            self.check(**terms)
        assert refused.value.field == field
        assert str(refused.value) == f"{field}: {refused.value.message}"


def simulated(arrears: int, first: dt.date, frequency: Frequency, instalment: int) -> list[PlanRow]:
    """Pay until nothing is left."""
    rows = []
    for number in itertools.count():
        if not arrears:
            return rows
        amount = min(instalment, arrears)
        arrears -= amount
        rows.append(PlanRow(number + 1, nth_due(first, frequency, number), amount, arrears))


@given(
    arrears=st.integers(1, 500_000),
    first=st.dates(dt.date(2020, 1, 1), dt.date(2028, 12, 31)),
    frequency=st.sampled_from(Frequency),
    instalment=st.integers(500, 60_000),
    review_after=st.integers(-10, 1200),
)
def test_the_closed_form_agrees_with_paying_it_off(
    arrears: int, first: dt.date, frequency: Frequency, instalment: int, review_after: int
) -> None:
    review = first + dt.timedelta(days=review_after)
    verdict = plans.check(
        arrears=arrears, first_payment_on=first, frequency=frequency, instalment=instalment, review_on=review
    )
    rows = simulated(arrears, first, frequency, instalment)
    assert list(plans.rows(verdict)) == rows
    assert (verdict.payments, verdict.last_payment_on, verdict.last_payment) == (
        len(rows),
        rows[-1].on,
        rows[-1].amount,
    )
    limit = verdict.second_anniversary
    assert (verdict.classification is Classification.AGREEMENT) == (rows[-1].on < limit)
    terms = {"arrears": arrears, "first_payment_on": first, "frequency": frequency}
    assert plans.classify(instalment=instalment, **terms) is verdict.classification
    paid = sum(row.amount for row in rows if row.on < limit)
    assert verdict.left_at_two_years == arrears - paid
    everything = itertools.takewhile(
        lambda on: on <= max(review, limit), (nth_due(first, frequency, n) for n in itertools.count())
    )
    dates = list(everything)
    assert verdict.payments_by_two_years == sum(on < limit for on in dates)
    assert verdict.payments_by_review == sum(on <= review for on in dates)
    assert verdict.needed_for_two_years * verdict.payments_by_two_years >= arrears
    assert (verdict.needed_for_two_years - 1) * verdict.payments_by_two_years < arrears


def test_a_plan_that_outlasts_the_calendar_has_a_count_and_no_date() -> None:
    verdict = monthly(999_999_999, 1, frequency="weekly")
    assert (verdict.payments, verdict.last_payment_on, verdict.last_payment) == (999_999_999, None, 1)
    ends = monthly(999_999_999, 9_000, first="2090-01-01")
    assert sum(1 for _ in plans.rows(ends)) < (ends.payments or 0)


class TestStanding:
    """Two ledgers: ongoing maintenance, and the arrears part."""

    FACTS = (decision("60", "2025-01-03"), schedule("monthly", "2025-01-03"), opening("1000", "2024-12-01"))
    PLAN = Plan(
        agreed_on=day("2024-12-20"), first_payment_on=day("2025-01-03"), frequency=Frequency.MONTHLY,
        total=30000, arrears_part=4000,
    )  # fmt: skip

    def state(self, *facts: object, on: str) -> tuple[PlanState, PlanState, PlanState]:
        judged = standing(case(*self.FACTS, *facts), self.PLAN, on=day(on), known_on=day(on), nation=Nation.ENGLAND)
        return judged.state, judged.ongoing, judged.arrears

    def test_has_not_started_before_the_first_payment(self) -> None:
        assert self.state(on="2025-01-02")[0] is PlanState.NOT_STARTED

    def test_is_kept_where_both_came(self) -> None:
        paid = (payment("300", "2025-01-03"), payment("300", "2025-02-03"))
        assert self.state(*paid, on="2025-02-20") == (PlanState.KEPT, PlanState.KEPT, PlanState.KEPT)

    def test_tells_a_missed_arrears_part_from_a_missed_instalment(self) -> None:
        only_ongoing = (payment("260", "2025-01-03"), payment("260", "2025-02-03"))
        assert self.state(*only_ongoing, on="2025-02-20") == (PlanState.BROKEN, PlanState.KEPT, PlanState.BROKEN)
        only_arrears = payment("80", "2025-01-04", parts=(("2024-12-01", "80"),))
        assert self.state(only_arrears, on="2025-02-20") == (PlanState.BROKEN, PlanState.BROKEN, PlanState.KEPT)

    def test_is_at_risk_for_three_working_days_after_a_payment_did_not_come(self) -> None:
        first = payment("300", "2025-01-03")
        assert self.state(first, on="2025-02-03")[0] is PlanState.KEPT
        assert self.state(first, on="2025-02-06") == (PlanState.AT_RISK, PlanState.AT_RISK, PlanState.AT_RISK)
        assert self.state(first, on="2025-02-07")[0] is PlanState.BROKEN

    def test_is_completed_where_nothing_older_is_left(self) -> None:
        paid = payment("1260", "2025-01-03")
        assert self.state(paid, on="2025-01-10") == (PlanState.COMPLETED, PlanState.KEPT, PlanState.COMPLETED)

    def test_was_varied_before_it_began(self) -> None:
        later = Plan(
            agreed_on=day("2024-12-22"), first_payment_on=day("2025-01-03"), frequency=Frequency.MONTHLY,
            total=30000, arrears_part=100,
        )  # fmt: skip
        facts = dataclasses.replace(case(*self.FACTS), plans=(self.PLAN, later))
        assert (
            standing(facts, self.PLAN, on=day("2025-01-03"), known_on=day("2025-01-03"), nation=Nation.ENGLAND).state
            is PlanState.VARIED
        )
