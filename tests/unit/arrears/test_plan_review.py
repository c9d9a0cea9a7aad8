"""Plans on a record: what each came to at its start, what it changed, how it stands."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core import case_file, plans
from arrears.core.case_values import Proposal
from arrears.core.facts import CaseFacts, Observation, Plan, PlanOrigin, Statement
from arrears.core.other_facts import Step, StepKind
from arrears.core.plan_effects import Terms
from arrears.core.plan_review import from_now_on, income_for, of_proposal, review, said_of, whole_cost
from arrears.core.results import Classification, PlanState
from cases.core.facts import Frequency, Nation, Perspective, StruckOut
from tests.unit.arrears import build

DAY = dt.date(2024, 2, 21)
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def facts() -> CaseFacts:
    return case_file.parse((EXAMPLES / "p-002456.json").read_text(encoding="utf-8")).facts


class TestReview:
    def test_judges_the_first_plan_on_the_liability_order(self, facts: CaseFacts) -> None:
        first, _ = review(facts, on=DAY, known_on=DAY, nation=Nation.ENGLAND)

        assert first.owed_on == dt.date(2022, 3, 31)
        assert first.verdict.arrears == 1239153
        assert first.verdict.classification is Classification.ARRANGEMENT
        assert first.verdict.payments == 97
        assert first.verdict.last_payment == 10929
        assert first.verdict.needed_for_two_years == 51632
        assert first.verdict.left_at_two_years == 932097

    def test_judges_the_second_plan_on_what_was_left(self, facts: CaseFacts) -> None:
        _, second = review(facts, on=DAY, known_on=DAY, nation=Nation.ENGLAND)

        assert second.verdict.arrears == 1136801
        assert second.verdict.payments == 141
        assert second.verdict.last_payment == 2801

    def test_sets_the_figure_given_to_the_parent_against_the_plan_then_in_force(self, facts: CaseFacts) -> None:
        first, second = review(facts, on=DAY, known_on=DAY, nation=Nation.ENGLAND)

        assert first.on_figures == ()
        assert [(one.statement.amount, one.verdict.payments) for one in second.on_figures] == [(953299, 118)]

    def test_says_how_much_longer_a_plan_made_it(self, facts: CaseFacts) -> None:
        first, second = review(facts, on=DAY, known_on=DAY, nation=Nation.ENGLAND)

        assert first.followed is None
        assert second.followed is not None
        assert second.followed.verdict.payments == 89
        assert second.followed.longer_by == 52

    def test_compares_no_counts_of_payments_that_are_not_equally_often(self, facts: CaseFacts) -> None:
        weekly = replace(facts.plans[1], frequency=Frequency.WEEKLY)

        _, second = review(replace(facts, plans=(facts.plans[0], weekly)), on=DAY, known_on=DAY, nation=Nation.ENGLAND)

        assert second.followed is not None
        assert second.followed.longer_by is None

    def test_leaves_out_a_plan_that_was_struck_out(self, facts: CaseFacts) -> None:
        slip = replace(facts.plans[0], struck_out=StruckOut(on=DAY, reason="typed twice"))

        (only,) = review(replace(facts, plans=(slip, facts.plans[1])), on=DAY, known_on=DAY, nation=Nation.ENGLAND)

        assert only.plan.arrears_part == 8100
        assert only.followed is None

    def test_does_not_depend_on_the_order_of_the_plans(self, facts: CaseFacts) -> None:
        turned = replace(facts, plans=facts.plans[::-1])

        assert review(turned, on=DAY, known_on=DAY, nation=Nation.ENGLAND) == review(
            facts, on=DAY, known_on=DAY, nation=Nation.ENGLAND
        )

    def test_judges_an_old_record_by_its_last_entry_and_not_by_the_years_since(self, facts: CaseFacts) -> None:
        _, second = review(facts, on=dt.date(2026, 11, 22), known_on=dt.date(2026, 11, 22), nation=Nation.ENGLAND)

        assert second.stands_on == dt.date(2024, 2, 1)
        assert second.standing.state is PlanState.KEPT


class TestASilentRecord:
    """Paul pays nothing that anybody logs once his plan begins; CMS's letters go on."""

    ON = dt.date(2026, 11, 22)
    PLAN = Plan(
        agreed_on=dt.date(2026, 2, 10), first_payment_on=dt.date(2026, 3, 1), frequency=Frequency.MONTHLY, total=57110,
        arrears_part=12000,
    )  # fmt: skip

    def of(self, *more: object, steps: tuple[Step, ...] = (), paid: str = "2025-02-04") -> CaseFacts:
        plan = replace(self.PLAN, steps=steps)
        money = (build.payment("451.10", paid),) if paid else ()
        facts = build.case(
            build.decision("104.10", "2025-01-01"), build.schedule("monthly", "2025-02-01"), *money, *more
        )  # fmt: skip
        figure = Statement(stated_on=dt.date(2026, 11, 15), as_at=dt.date(2026, 11, 10), amount=933454)
        return replace(facts, plans=(plan,), statements=(figure,), perspective=Perspective.PAYING)

    def test_is_not_said_to_have_missed_a_plan_because_cms_gave_a_figure(self) -> None:
        (found,) = review(self.of(), on=self.ON, known_on=self.ON, nation=Nation.ENGLAND)

        assert found.is_silent
        assert found.last_entry_on == dt.date(2025, 2, 4)
        assert found.standing.state is PlanState.NOT_STARTED
        assert found.standing.payments == ()

    def test_is_not_said_to_have_missed_a_plan_where_nothing_was_ever_logged(self) -> None:
        (found,) = review(self.of(paid=""), on=self.ON, known_on=self.ON, nation=Nation.ENGLAND)

        assert (found.is_silent, found.last_entry_on, found.stands_on) == (True, None, dt.date(2026, 2, 28))

    def test_knows_nothing_of_a_plan_whose_later_payments_nobody_noted(self) -> None:
        first = self.PLAN.first_payment_on
        spoken = build.payment("451.10", first.isoformat())
        quiet = {
            on: review(self.of(spoken), on=on, known_on=self.ON, nation=Nation.ENGLAND)[0].is_quiet
            for on in (first + dt.timedelta(days=number) for number in (1, 31, 34, 60))
        }
        assert list(quiet.values()) == [False, False, False, True]

    def test_is_not_silent_of_a_plan_that_has_not_begun(self) -> None:
        day = dt.date(2026, 2, 15)

        (found,) = review(self.of(paid=""), on=day, known_on=day, nation=Nation.ENGLAND)

        assert (found.is_silent, found.stands_on) == (False, day)

    def test_speaks_again_once_somebody_notes_that_nothing_came(self) -> None:
        noted = replace(self.of(), observations=(Observation(due_on=dt.date(2026, 11, 1), noted_on=self.ON),))

        (found,) = review(noted, on=self.ON, known_on=self.ON, nation=Nation.ENGLAND)

        assert not found.is_silent
        assert found.standing.state is PlanState.BROKEN

    def test_still_knows_that_cms_ended_the_plan(self) -> None:
        ended = Step(kind=StepKind.ENDED, on=dt.date(2026, 6, 5), recorded_on=self.ON)

        (found,) = review(self.of(steps=(ended,)), on=self.ON, known_on=self.ON, nation=Nation.ENGLAND)

        assert found.standing.ended_on == dt.date(2026, 6, 5)
        assert from_now_on(self.of(), found, known_on=self.ON) is None

    def test_says_nothing_beside_the_word_of_cms(self) -> None:
        facts = self.of(steps=(Step(kind=StepKind.BROKEN, on=dt.date(2026, 6, 5), recorded_on=self.ON),))

        (said,) = said_of(facts, facts.plans[0], known_on=self.ON, nation=Nation.ENGLAND)

        assert said.is_silent

    def test_counts_a_figure_of_a_later_day_from_that_day_on(self) -> None:
        (found,) = review(self.of(), on=self.ON, known_on=self.ON, nation=Nation.ENGLAND)

        (one,) = found.on_figures
        assert (one.from_start, one.verdict.payments) == (False, 78)
        assert one.verdict.first_payment_on == dt.date(2026, 12, 1)

    def test_counts_a_figure_of_an_earlier_day_from_the_start(self) -> None:
        early = Statement(stated_on=dt.date(2026, 2, 9), as_at=dt.date(2026, 2, 9), amount=24000)

        (found,) = review(
            replace(self.of(), statements=(early,)), on=self.ON, known_on=self.ON, nation=Nation.ENGLAND
        )  # fmt: skip

        assert [(one.from_start, one.verdict.payments) for one in found.on_figures] == [(True, 2)]


class TestOfProposal:
    def test_judges_what_a_person_typed(self) -> None:
        terms = Proposal(
            label="Mine", arrears=100_000, first_payment_on=dt.date(2025, 6, 2), frequency=Frequency.MONTHLY,
            instalment=5000,
        )  # fmt: skip

        assert of_proposal(terms).last_payment_on == dt.date(2027, 1, 2)


class TestIncomeFor:
    @pytest.mark.parametrize(
        ("every", "frequency", "expected"),
        [
            (Frequency.WEEKLY, Frequency.MONTHLY, 130000),
            (Frequency.WEEKLY, Frequency.FOUR_WEEKLY, 120000),
            (Frequency.MONTHLY, Frequency.WEEKLY, 6923),
            (Frequency.MONTHLY, Frequency.MONTHLY, 30000),
        ],
    )
    def test_puts_an_income_on_the_interval_of_the_payments(
        self, every: Frequency, frequency: Frequency, expected: int
    ) -> None:
        assert income_for(amount=30000, every=every, frequency=frequency) == expected


class TestWholeCost:
    @given(
        arrears=st.integers(1, 2_000_000),
        part=st.integers(1, 100_000),
        ongoing=st.integers(0, 100_000),
    )
    def test_is_the_sum_of_every_payment(self, arrears: int, part: int, ongoing: int) -> None:
        verdict = plans.check(
            arrears=arrears,
            first_payment_on=DAY,
            frequency=Frequency.WEEKLY,
            total=part + ongoing,
            ongoing=ongoing,
        )

        assert verdict.payments is not None
        assert verdict.last_payment is not None
        assert whole_cost(verdict) == (part + ongoing) * (verdict.payments - 1) + verdict.last_payment + ongoing

    def test_is_unknown_without_the_whole_payment(self) -> None:
        verdict = plans.check(arrears=100, first_payment_on=DAY, frequency=Frequency.WEEKLY, instalment=10)

        assert whole_cost(verdict) is None

    def test_is_unknown_of_a_plan_that_never_ends(self) -> None:
        verdict = plans.of_plan(
            Plan(agreed_on=DAY, first_payment_on=DAY, frequency=Frequency.WEEKLY, total=500, arrears_part=0),
            arrears=100,
        )

        assert whole_cost(verdict) is None


class TestSaidOf:
    def test_sets_each_word_beside_our_own_judgement_of_that_day(self, facts: CaseFacts) -> None:
        steps = (
            Step(kind=StepKind.ENDED, on=DAY, recorded_on=DAY),
            Step(kind=StepKind.BROKEN, on=dt.date(2023, 6, 15), recorded_on=DAY),
        )
        plan = replace(facts.plans[1], steps=steps)

        first, second = said_of(facts, plan, known_on=DAY, nation=Nation.ENGLAND)

        assert (first.step.kind, first.ours.state) == (StepKind.BROKEN, PlanState.KEPT)
        assert (second.step.kind, second.ours.state, second.ours.ended_on) == (StepKind.ENDED, PlanState.KEPT, None)


class TestFromNowOn:
    def of(self, facts: CaseFacts, *, on: dt.date = DAY) -> tuple[Terms | None, ...]:
        found = review(facts, on=on, known_on=on, nation=Nation.ENGLAND)
        return tuple(from_now_on(facts, one, known_on=on) for one in found)

    def test_is_nothing_for_a_plan_that_was_replaced_and_the_rest_of_the_one_that_runs(self, facts: CaseFacts) -> None:
        assert self.of(facts) == (
            None,
            Terms(arrears=1015301, next_on=dt.date(2024, 3, 1), frequency=Frequency.MONTHLY, part=8100, ongoing=31953),
        )

    def test_takes_the_fee_out_of_the_ongoing_part_under_collect_and_pay(self, facts: CaseFacts) -> None:
        first, _ = self.of(facts, on=dt.date(2022, 3, 1))

        # Before its first payment: the whole of what was owed then.
        assert first is not None
        assert (first.next_on, first.part, first.ongoing, first.fee) == (dt.date(2022, 4, 1), 12794, 31005, 6201)

    def test_knows_no_ongoing_part_of_a_courts_order(self, facts: CaseFacts) -> None:
        order = replace(facts.plans[1], origin=PlanOrigin.COURT_ORDER, total=8100)

        _, terms = self.of(replace(facts, plans=(facts.plans[0], order)))

        assert terms is not None
        assert (terms.ongoing, terms.total) == (None, None)

    def test_is_nothing_once_cms_ended_it(self, facts: CaseFacts) -> None:
        ended = replace(facts.plans[1], steps=(Step(kind=StepKind.ENDED, on=DAY, recorded_on=DAY),))

        assert self.of(replace(facts, plans=(facts.plans[0], ended)))[1] is None

    def test_is_nothing_after_the_last_day_of_the_calendar(self, facts: CaseFacts) -> None:
        _, found = review(facts, on=DAY, known_on=DAY, nation=Nation.ENGLAND)

        assert from_now_on(facts, replace(found, stands_on=dt.date.max), known_on=DAY) is None
