"""The last day that a record speaks of, whatever kind of fact spoke last."""

from dataclasses import replace

import pytest

from arrears.core.activity import last_entry_on
from arrears.core.facts import CaseFacts, Observation, Plan, Statement
from arrears.core.ledger import known
from cases.core.facts import Frequency
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, struck

ON = day("2025-12-01")
FIRST = case(decision("60", "2025-01-03"), schedule("monthly", "2025-02-03"))
LATER = (
    payment("10", "2025-03-20"),
    adjustment("offset", "5", "2025-03-20"),
    opening("500", "2025-03-20"),
    decision("70", "2025-02-01", told="2025-03-20"),
    Observation(due_on=day("2025-03-03"), noted_on=day("2025-03-20")),
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
    return case(*FIRST.decisions, *FIRST.schedules, one)


class TestLastEntryOn:
    @pytest.mark.parametrize("one", LATER, ids=lambda one: type(one).__name__)
    def test_counts_every_kind_of_fact_up_to_the_day(self, one: object) -> None:
        seen = known(with_one(one), ON)

        assert last_entry_on(seen, on=ON) == day("2025-03-20")
        assert last_entry_on(seen, on=day("2025-03-19")) == day("2025-01-03")
        assert last_entry_on(seen, on=day("2025-01-02")) is None

    @pytest.mark.parametrize("one", LATER, ids=lambda one: type(one).__name__)
    def test_leaves_out_what_was_struck_out(self, one: object) -> None:
        gone = replace(one, struck_out=struck("2025-04-30"))

        assert last_entry_on(known(with_one(gone), ON), on=ON) == day("2025-01-03")
