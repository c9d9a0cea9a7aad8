"""Settlements: how each stands, and what agreeing to one gives up."""

from dataclasses import replace

import pytest

from arrears.core import settlements
from arrears.core.facts import CaseFacts
from arrears.core.other_facts import Settlement, Step, StepKind
from arrears.core.position import position
from arrears.core.settlements import SettlementState
from tests.unit.arrears.build import case, day, opening

ON = day("2025-06-30")


def step(kind: StepKind, on: str, amount: int | None = None) -> Step:
    return Step(kind=kind, on=day(on), recorded_on=day(on), amount=amount, id=f"{kind} {on}")


CONSENTED = step(StepKind.CONSENTED, "2025-03-10")
AGREED = step(StepKind.AGREED, "2025-03-20", 5000)


def deal(*steps: Step, pay_by: str | None = "2025-05-01") -> Settlement:
    return Settlement(
        offered_on=day("2025-03-01"), arrears=20000, amount=15000, recorded_on=day("2025-03-01"),
        pay_by=day(pay_by) if pay_by else None, steps=steps, id="deal",
    )  # fmt: skip


def owing(*every: Settlement) -> CaseFacts:
    return replace(case(opening("200", "2025-01-01")), settlements=every)


class TestHowASettlementStands:
    @pytest.mark.parametrize(
        ("steps", "state", "given_up"),
        [
            ((), SettlementState.OFFERED, 0),
            ((CONSENTED,), SettlementState.PARENT_AGREES, 0),
            ((CONSENTED, step(StepKind.REFUSED, "2025-03-11")), SettlementState.REFUSED, 0),
            ((CONSENTED, AGREED), SettlementState.NOT_PAID_IN_TIME, 5000),
            ((AGREED, step(StepKind.PAID, "2025-04-11")), SettlementState.PAID, 5000),
            ((AGREED, step(StepKind.CANCELLED, "2025-05-11", 5000)), SettlementState.CANCELLED, 0),
        ],
    )
    def test_follows_from_its_steps(self, steps: tuple[Step, ...], state: SettlementState, given_up: int) -> None:
        at = settlements.standing(deal(*steps), on=ON)
        assert (at.state, at.given_up, at.has_consent) == (state, given_up, CONSENTED in steps)

    def test_is_late_from_the_day_after_its_last_day(self) -> None:
        late = SettlementState.NOT_PAID_IN_TIME
        assert settlements.standing(deal(AGREED), on=day("2025-05-01")).state is SettlementState.TO_BE_PAID
        at = settlements.standing(deal(AGREED), on=day("2025-05-02"))
        assert (at.state, at.days_late) == (late, 1)
        assert settlements.standing(deal(AGREED, pay_by=None), on=ON).state is SettlementState.TO_BE_PAID

    def test_is_listed_as_unpaid_only_then(self) -> None:
        every = (deal(AGREED), deal(AGREED, pay_by=None), deal())
        assert settlements.unpaid(every, on=ON) == every[:1]

    def test_is_listed_as_to_be_paid_until_its_last_day_the_nearest_first(self) -> None:
        every = (deal(AGREED, pay_by=None), deal(AGREED), deal(), deal(AGREED, pay_by="2025-04-01"))
        assert settlements.to_pay(every, on=day("2025-04-01")) == (every[3], every[1], every[0])
        assert settlements.to_pay(every, on=ON) == every[:1]


class TestWhatAgreeingGivesUp:
    @pytest.mark.parametrize("kind", [StepKind.CONSENTED, StepKind.AGREED])
    def test_is_shown_before_it_is_recorded_and_comes_true(self, kind: StepKind) -> None:
        facts = owing(deal())
        before = settlements.before_agreeing(facts, deal(), step(kind, "2025-06-01"), on=ON)
        assert (before.owed_before, before.owed_after, before.given_up) == (20000, 15000, 5000)
        assert position(owing(deal(AGREED)), on=ON).outstanding == before.owed_after

    def test_is_what_the_letter_says_where_it_says_less(self) -> None:
        before = settlements.before_agreeing(owing(deal()), deal(), step(StepKind.AGREED, "2025-06-01", 4000), on=ON)
        assert (before.owed_after, before.given_up) == (16000, 4000)

    def test_leaves_another_settlement_alone(self) -> None:
        other = replace(deal(), id="other")
        before = settlements.before_agreeing(owing(other, deal()), deal(), step(StepKind.AGREED, "2025-06-01"), on=ON)
        assert before.owed_after == 15000

    def test_is_the_usual_amount_of_a_step(self) -> None:
        assert settlements.usual_amount(deal(), StepKind.AGREED) == 5000
        assert settlements.usual_amount(deal(AGREED), StepKind.CANCELLED) == 5000
        assert settlements.usual_amount(deal(), StepKind.PAID) is None
