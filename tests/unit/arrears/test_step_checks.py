"""What may follow what in the steps of a claim and of a settlement."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core import step_checks
from arrears.core.other_facts import Claim, ClaimKind, Settlement, Step, StepKind
from tests.unit.arrears.build import day, struck

CLAIM = Claim(
    kind=ClaimKind.DIRECT_PAYMENT, paid_on=day("2025-02-10"), amount=5000, recorded_on=day("2025-02-10"), id="claim"
)
DEAL = Settlement(offered_on=day("2025-03-01"), arrears=20000, amount=15000, recorded_on=day("2025-03-01"), id="deal")


def step(kind: StepKind, on: str, amount: int | None = None, *, out: str | None = None) -> Step:
    return Step(
        kind=kind, on=day(on), recorded_on=day(on), amount=amount, struck_out=struck(out), id=f"{kind} {on} {amount}"
    )


ACCEPTED = step(StepKind.ACCEPTED, "2025-03-01", 4000)
AGREED = step(StepKind.AGREED, "2025-03-20", 5000)
PAID = step(StepKind.PAID, "2025-03-30")
CANCELLED = step(StepKind.CANCELLED, "2025-05-20", 5000)


class TestTheStepsOfAClaim:
    @pytest.mark.parametrize(
        "steps",
        [
            [],
            [ACCEPTED],
            [ACCEPTED, step(StepKind.ACCEPTED, "2025-03-02", 1000)],
            [ACCEPTED, step(StepKind.WITHDRAWN, "2025-03-01", 4000)],
            [ACCEPTED, step(StepKind.WITHDRAWN, "2025-04-01", 4000), step(StepKind.ACCEPTED, "2025-05-01", 5000)],
            [ACCEPTED, step(StepKind.WITHDRAWN, "2025-04-01", 4000), step(StepKind.REFUSED, "2025-04-01")],
            [step(StepKind.REFUSED, "2025-02-20"), ACCEPTED],
            [step(StepKind.CONFIRMED, "2025-02-10"), step(StepKind.DENIED, "2025-02-11")],
            [replace(ACCEPTED, amount=9999, struck_out=struck("2025-03-02")), ACCEPTED],
        ],
    )
    def test_may_say_all_that_adds_up(self, steps: list[Step]) -> None:
        assert step_checks.of_claim(CLAIM, steps) is None
        assert step_checks.of_claim(CLAIM, steps[::-1]) is None

    @pytest.mark.parametrize(
        ("steps", "field", "words"),
        [
            ([step(StepKind.CONFIRMED, "2025-02-09")], "on", "before the day it was paid"),
            ([ACCEPTED, step(StepKind.ACCEPTED, "2025-03-05", 1001)], "amount", "more than £50.00"),
            ([step(StepKind.WITHDRAWN, "2025-03-05", 1)], "amount", "more than was counted"),
            ([ACCEPTED, step(StepKind.WITHDRAWN, "2025-02-28", 1)], "amount", "more than was counted"),
            ([ACCEPTED, step(StepKind.WITHDRAWN, "2025-03-02", 4001)], "amount", "more than was counted"),
            ([ACCEPTED, step(StepKind.REFUSED, "2025-04-01")], "kind", "CMS counts a part of it"),
        ],
    )
    def test_are_refused_where_they_do_not(self, steps: list[Step], field: str, words: str) -> None:
        trouble = step_checks.of_claim(CLAIM, steps)
        assert trouble is not None
        assert trouble.field == field
        assert words in trouble.message


class TestTheStepsOfASettlement:
    @pytest.mark.parametrize(
        "steps",
        [
            [],
            [AGREED, PAID],
            [AGREED, CANCELLED],
            [step(StepKind.CONSENTED, "2025-03-05"), step(StepKind.REFUSED, "2025-03-06")],
            [AGREED, replace(CANCELLED, amount=2000), replace(CANCELLED, amount=3000, on=day("2025-05-21"))],
            [replace(AGREED, struck_out=struck("2025-03-21")), AGREED],
        ],
    )
    def test_may_come_in_order(self, steps: list[Step]) -> None:
        assert step_checks.of_settlement(DEAL, steps) is None

    @pytest.mark.parametrize(
        ("steps", "field", "words"),
        [
            ([step(StepKind.CONSENTED, "2025-02-28")], "on", "before the day of the offer"),
            ([AGREED, step(StepKind.AGREED, "2025-03-21", 1)], "kind", "on the record already"),
            ([step(StepKind.REFUSED, "2025-03-06"), AGREED], "kind", "both refused and confirmed"),
            ([PAID], "kind", "has not confirmed"),
            ([CANCELLED], "kind", "has not confirmed"),
            ([AGREED, step(StepKind.PAID, "2025-03-19")], "on", "before the day CMS confirmed it"),
            ([AGREED, step(StepKind.CANCELLED, "2025-03-19", 1)], "on", "before the day CMS confirmed it"),
            ([AGREED, PAID, CANCELLED], "kind", "both paid and cancelled"),
            ([step(StepKind.AGREED, "2025-03-20", 5001)], "amount", "more than £50.00"),
            ([AGREED, replace(CANCELLED, amount=5001)], "amount", "more than was counted"),
        ],
    )
    def test_are_refused_where_one_lacks_another(self, steps: list[Step], field: str, words: str) -> None:
        trouble = step_checks.of_settlement(DEAL, steps)
        assert trouble is not None
        assert trouble.field == field
        assert words in trouble.message


_moves = st.builds(
    lambda kind, on, amount: step(kind, f"2025-03-{on:02d}", amount),
    st.sampled_from([StepKind.ACCEPTED, StepKind.WITHDRAWN]),
    st.integers(1, 5),
    st.integers(1, 6000),
)


@given(steps=st.lists(_moves, max_size=6))
def test_what_is_let_through_never_counts_for_more_than_was_claimed_or_less_than_nothing(steps: list[Step]) -> None:
    if step_checks.sums(steps, most=5000) is None:
        for on in range(1, 6):
            assert 0 <= step_checks.net(one for one in steps if one.on <= day(f"2025-03-{on:02d}")) <= 5000
