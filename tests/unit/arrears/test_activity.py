"""The last day that a record speaks of payments, and no letter, figure or plan that came after it."""

from dataclasses import replace

import pytest

from arrears.core.activity import last_entry_on, spoken_until
from arrears.core.facts import CaseFacts, Observation, Plan, Statement
from arrears.core.ledger import known
from cases.core.facts import Frequency
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, struck

ON = day("2025-12-01")
FIRST = case(decision("60", "2025-01-03"), schedule("monthly", "2025-02-03"), payment("5", "2025-02-10"))
SPEAKS = (payment("10", "2025-03-20"), Observation(due_on=day("2025-03-20"), noted_on=day("2025-11-20")))
SILENT = (
    adjustment("offset", "5", "2025-03-20"),
    opening("500", "2025-03-20"),
    decision("70", "2025-02-01", told="2025-03-20"),
    Statement(stated_on=day("2025-04-20"), as_at=day("2025-03-20"), amount=100),
    Plan(
        agreed_on=day("2025-03-20"), first_payment_on=day("2025-04-03"), frequency=Frequency.MONTHLY, total=100,
        arrears_part=50,
    ),
)  # fmt: skip


def with_one(one: object) -> CaseFacts:
    """The first facts and one more of any kind."""
    places = {"Observation": "observations", "Statement": "statements", "Plan": "plans"}
    if place := places.get(type(one).__name__):
        return replace(FIRST, **{place: (one,)})
    return case(*FIRST.decisions, *FIRST.schedules, *FIRST.payments, one)


class TestLastEntryOn:
    @pytest.mark.parametrize("one", SPEAKS, ids=lambda one: type(one).__name__)
    def test_is_the_day_of_the_last_payment_or_of_the_last_one_noted_as_missing(self, one: object) -> None:
        seen = known(with_one(one), ON)

        assert last_entry_on(seen, on=ON) == day("2025-03-20")
        assert last_entry_on(seen, on=day("2025-03-19")) == day("2025-02-10")
        assert last_entry_on(seen, on=day("2025-02-09")) is None

    @pytest.mark.parametrize("one", SILENT, ids=lambda one: type(one).__name__)
    def test_is_not_moved_by_what_says_nothing_of_payments(self, one: object) -> None:
        assert last_entry_on(known(with_one(one), ON), on=ON) == day("2025-02-10")

    @pytest.mark.parametrize("one", SPEAKS, ids=lambda one: type(one).__name__)
    def test_leaves_out_what_was_struck_out(self, one: object) -> None:
        gone = replace(one, struck_out=struck("2025-11-30"))

        assert last_entry_on(known(with_one(gone), ON), on=ON) == day("2025-02-10")


class TestSpokenUntil:
    def test_is_the_day_itself_for_a_record_that_is_kept(self) -> None:
        assert spoken_until(FIRST, on=day("2025-03-27")) == day("2025-03-27")

    def test_is_the_last_entry_after_that(self) -> None:
        assert spoken_until(FIRST, on=day("2025-03-28")) == day("2025-02-10")

    def test_is_nothing_where_nobody_logged_a_payment(self) -> None:
        assert spoken_until(replace(FIRST, payments=()), on=ON) is None
