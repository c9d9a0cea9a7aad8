"""What a fact would change is what it does change once it is there."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core import other_facts, previews, walk
from arrears.core.facts import CaseFacts, OpeningBalance, Plan
from arrears.core.other_facts import Step, StepKind
from arrears.core.position import position, upcoming
from arrears.core.previews import FirstLetter
from cases.core.facts import Frequency, Perspective, ServicePeriod, ServiceType
from tests.unit.arrears.build import case, day, decision, payment, schedule, service

EMPTY = CaseFacts(perspective=Perspective.RECEIVING)


def letter(
    weekly: str = "60.00", *, told: str = "2025-01-23", first: str = "2025-02-03", opening: int = 0
) -> FirstLetter:
    return FirstLetter(
        decision=decision(weekly, "2025-01-06", told=told),
        service=ServicePeriod(type=ServiceType.DIRECT_PAY, from_on=day("2025-01-06"), id="service"),
        schedule=schedule("monthly", first),
        opening=OpeningBalance(on=day("2025-01-05"), amount=opening, id="opening") if opening else None,
    )


def step(kind: StepKind, on: str, amount: int | None = None) -> Step:
    return Step(kind=kind, on=day(on), recorded_on=day(on), amount=amount, id=f"{kind} {on} {amount}")


def running() -> CaseFacts:
    return previews.with_first_letter(EMPTY, letter())


class TestFirstEffect:
    def test_gives_a_month_as_52_weeks_divided_by_12(self) -> None:
        effect = previews.first_effect(EMPTY, letter(), on=day("2025-01-25"))
        assert effect.full == 26000
        assert effect.first is not None
        assert (effect.first.due_on, effect.first.amount) == (day("2025-02-03"), 26000)

    def test_gives_the_days_before_the_first_payment_as_owed_already(self) -> None:
        effect = previews.first_effect(EMPTY, letter(), on=day("2025-01-25"))
        assert effect.gap is not None
        assert effect.gap.days == 28
        assert effect.initial is not None
        assert (effect.initial.on, effect.initial.amount) == (day("2025-02-03"), 24000)
        assert effect.owed == 0

    def test_has_no_gap_where_payments_begin_with_the_liability(self) -> None:
        effect = previews.first_effect(EMPTY, letter(first="2025-01-06", told="2025-01-02"), on=day("2025-01-25"))
        assert effect.gap is None
        assert effect.initial is None

    def test_counts_what_was_carried_over(self) -> None:
        effect = previews.first_effect(EMPTY, letter(opening=120000), on=day("2025-01-25"))
        assert effect.owed == 120000

    def test_says_that_nothing_falls_due_under_a_nil_decision(self) -> None:
        effect = previews.first_effect(EMPTY, letter("0.00"), on=day("2025-01-25"))
        assert effect.first is None
        assert effect.full == 0


class TestDecisionEffect:
    def test_changes_payments_already_asked_for_in_one_line(self) -> None:
        later = decision("80.00", "2025-04-03", told="2025-05-10")
        effect = previews.decision_effect(running(), later, on=day("2025-05-12"))
        assert effect.recalculation is not None
        # Two whole months from 3 April, each up from £260.00 to £346.67, rounded once.
        assert effect.recalculation.amount == 17333
        assert (effect.changed, effect.gap) == (2, False)
        assert effect.owed_after - effect.owed_before == 17333
        assert effect.steady is not None
        assert (effect.steady.due_on, effect.steady.amount) == (day("2025-06-03"), 34667)

    def test_takes_off_where_the_amount_falls(self) -> None:
        later = decision("30.00", "2025-04-03", told="2025-05-10")
        effect = previews.decision_effect(running(), later, on=day("2025-05-12"))
        assert effect.taken_off == 26000
        assert effect.owed_before - effect.owed_after == 26000

    def test_changes_nothing_already_asked_for_where_it_lies_ahead(self) -> None:
        later = decision("80.00", "2025-09-03", told="2025-05-10")
        effect = previews.decision_effect(running(), later, on=day("2025-05-12"))
        assert effect.recalculation is None
        assert effect.taken_off == 0
        assert effect.owed_before == effect.owed_after
        assert effect.first_changed == effect.steady
        assert effect.first_changed is not None
        assert effect.first_changed.due_on == day("2025-09-03")

    def test_names_the_payment_within_which_it_begins(self) -> None:
        later = decision("80.00", "2025-08-18", told="2025-05-10")
        effect = previews.decision_effect(running(), later, on=day("2025-05-12"))
        assert effect.first_changed is not None
        assert effect.first_changed.due_on == day("2025-08-03")
        assert 26000 < effect.first_changed.amount < 34667
        assert effect.steady is not None
        assert effect.steady.due_on == day("2025-09-03")

    def test_ends_payments_at_nil(self) -> None:
        later = decision("0.00", "2025-08-18", told="2025-05-10")
        effect = previews.decision_effect(running(), later, on=day("2025-05-12"))
        assert effect.ends
        assert effect.last is not None
        assert effect.last.due_on == day("2025-08-03")

    def test_knows_a_case_without_payment_dates(self) -> None:
        facts = dataclasses.replace(EMPTY, decisions=(decision("60.00", "2025-01-06"),))
        effect = previews.decision_effect(facts, decision("80.00", "2025-02-06"), on=day("2025-05-12"))
        assert effect.recalculation is None
        assert not effect.ends

    @given(
        weekly=st.integers(0, 60_000),
        effective=st.integers(-400, 300),
        told=st.integers(0, 300),
        frequency=st.sampled_from(list(Frequency)),
    )
    def test_is_what_the_record_says_once_it_is_saved(
        self, weekly: int, effective: int, told: int, frequency: Frequency
    ) -> None:
        on = day("2026-01-15")
        facts = dataclasses.replace(running(), schedules=(schedule(frequency.value, "2025-02-03"),))
        later = dataclasses.replace(
            decision("1", "2025-01-01"),
            weekly=weekly,
            effective_on=on + dt.timedelta(days=effective),
            decided_on=on - dt.timedelta(days=told),
            notified_on=on - dt.timedelta(days=told),
            id="later",
        )
        effect = previews.decision_effect(facts, later, on=on)
        saved = dataclasses.replace(facts, decisions=(*facts.decisions, later))
        assert effect.owed_before == position(facts, on=on, known_on=on).outstanding
        assert effect.owed_after == position(saved, on=on, known_on=on).outstanding
        if effect.first_changed is not None:
            assert effect.first_changed in upcoming(saved, after=on, known_on=on, count=60)
            assert effect.first_changed not in upcoming(facts, after=on, known_on=on, count=60)


class TestStrikeEffect:
    def test_is_what_is_owed_with_the_fact_and_without_it(self) -> None:
        on = day("2025-03-10")
        effect = previews.strike_effect(running(), "opening", on=on)
        assert effect.changes_nothing
        facts = previews.with_first_letter(EMPTY, letter(opening=54000))
        effect = previews.strike_effect(facts, "opening", on=on)
        assert effect.owed_before - effect.owed_after == 54000
        assert not effect.changes_nothing

    @pytest.mark.parametrize("fact_id", ["service", "schedule 2025-02-03", "decision 60.00 2025-01-06", "opening"])
    def test_leaves_a_case_that_still_has_a_position(self, fact_id: str) -> None:
        facts = previews.with_first_letter(EMPTY, letter(opening=54000))
        assert walk.find(facts, fact_id) is not None
        assert previews.strike_effect(facts, fact_id, on=day("2025-03-10")).owed_after >= 0


CLAIM = other_facts.Claim(
    kind=other_facts.ClaimKind.DIRECT_PAYMENT, paid_on=day("2025-02-10"), amount=5000,
    recorded_on=day("2025-02-10"), steps=(step(StepKind.ACCEPTED, "2025-03-01", 4000),), id="claim",
)  # fmt: skip
DEAL = other_facts.Settlement(
    offered_on=day("2025-03-01"), arrears=20000, amount=15000, recorded_on=day("2025-03-01"),
    steps=(step(StepKind.AGREED, "2025-03-05", 5000),), id="deal",
)  # fmt: skip
PLAN = Plan(
    agreed_on=day("2025-03-01"), first_payment_on=day("2025-04-01"), frequency=Frequency.MONTHLY, total=30000,
    arrears_part=4000, steps=(step(StepKind.BROKEN, "2025-03-06"),), id="plan",
)  # fmt: skip
ORDER = other_facts.LiabilityOrder(
    granted_on=day("2025-03-05"), from_on=day("2025-01-01"), to_on=day("2025-03-01"), amount=9000, id="order"
)
CHARGE = other_facts.OtherMoney(
    kind=other_facts.OtherMoneyKind.ENFORCEMENT_CHARGE, on=day("2025-03-02"), amount=30000,
    recorded_on=day("2025-03-02"), id="charge",
)  # fmt: skip
SORRY = dataclasses.replace(CHARGE, kind=other_facts.OtherMoneyKind.CONSOLATORY_PAYMENT, amount=5000, id="sorry")
BUDGET = other_facts.Budget(on=day("2025-03-02"), id="budget")


def with_everything() -> CaseFacts:
    return dataclasses.replace(
        previews.with_first_letter(EMPTY, letter(opening=54000)), claims=(CLAIM,), settlements=(DEAL,), plans=(PLAN,),
        orders=(ORDER,), other_money=(CHARGE, SORRY), budgets=(BUDGET,),
    )  # fmt: skip


class TestStrikeEffectOfMoneyBesideTheLedger:
    @pytest.mark.parametrize(
        ("fact_id", "more"),
        [
            ("claim", 4000), ("accepted 2025-03-01 4000", 4000), ("deal", 5000), ("agreed 2025-03-05 5000", 5000),
            ("plan", 0), ("broken 2025-03-06 None", 0), ("order", 0), ("charge", 0), ("sorry", 0), ("budget", 0),
        ],
    )  # fmt: skip
    def test_is_what_cms_accepted_or_gave_up_and_nothing_for_what_moves_no_balance(
        self, fact_id: str, more: int
    ) -> None:
        assert walk.find(with_everything(), fact_id) is not None
        effect = previews.strike_effect(with_everything(), fact_id, on=day("2025-03-10"))
        assert effect.owed_after - effect.owed_before == more
        assert effect.changes_nothing is (more == 0)

    def test_is_said_of_each_pot_by_itself(self) -> None:
        def apart(fact_id: str) -> list[tuple[str, int, int]]:
            return list(previews.strike_effect(with_everything(), fact_id, on=day("2025-03-10")).apart)

        assert apart("charge") == [("charges", 30000, 0)]
        assert apart("sorry") == [("consolatory", 5000, 0)]
        assert apart("order") == []

    def test_is_said_of_the_fees_of_a_paying_parent(self) -> None:
        facts = case(
            decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            payment("72", "2025-01-03", route="via_cms_paid", name="paid"), perspective="paying",
        )  # fmt: skip
        effect = previews.strike_effect(facts, "paid", on=day("2025-01-03"))
        assert (effect.owed_before, effect.owed_after) == (0, 6000)
        assert list(effect.apart) == [("fees", 0, 1200)]


class TestSubjectOf:
    @pytest.mark.parametrize(
        ("fact_id", "subject"),
        [("accepted 2025-03-01 4000", "claim"), ("agreed 2025-03-05 5000", "deal"), ("broken 2025-03-06 None", "plan")],
    )
    def test_finds_what_a_step_was_said_of(self, fact_id: str, subject: str) -> None:
        found = walk.subject_of(with_everything(), fact_id)
        assert found is not None
        assert found.id == subject

    @pytest.mark.parametrize("fact_id", ["claim", "opening", "unknown"])
    def test_finds_nothing_for_what_is_no_step(self, fact_id: str) -> None:
        assert walk.subject_of(with_everything(), fact_id) is None


class TestFind:
    def test_finds_nothing_under_an_unknown_id(self) -> None:
        assert walk.find(running(), "unknown") is None
