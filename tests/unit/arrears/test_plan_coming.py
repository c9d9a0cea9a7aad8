"""What a plan asks for the arrears next, beside the maintenance that falls due."""

import datetime as dt
from dataclasses import replace

from arrears.core.facts import CaseFacts, Plan
from arrears.core.other_facts import Step, StepKind
from arrears.core.plan_coming import Planned, coming_by_plan
from cases.core.facts import Frequency, Nation
from tests.unit.arrears.build import case, opening, payment

ON = dt.date(2026, 11, 22)
PLAN = Plan(
    agreed_on=dt.date(2026, 2, 10), first_payment_on=dt.date(2026, 3, 1), frequency=Frequency.MONTHLY, total=57110,
    arrears_part=12000, id="plan",
)  # fmt: skip


def record(*plans: Plan, owed: str = "5000.00", paid: tuple[tuple[str, str], ...] = ()) -> CaseFacts:
    """Arrears carried over, and these plans for them."""
    facts = case(opening(owed, "2026-01-31"), *(payment(amount, on) for amount, on in paid))
    return replace(facts, plans=plans)


def of(facts: CaseFacts, *, on: dt.date = ON) -> Planned | None:
    return coming_by_plan(facts, on=on, known_on=ON, nation=Nation.ENGLAND)


class TestComingByPlan:
    def test_is_the_arrears_part_on_the_next_day_of_the_plan(self) -> None:
        assert of(record(PLAN)) == Planned(dt.date(2026, 12, 1), 12000, "plan")

    def test_is_that_of_the_day_itself(self) -> None:
        assert of(record(PLAN), on=dt.date(2026, 12, 1)) == Planned(dt.date(2026, 12, 1), 12000, "plan")

    def test_is_the_first_payment_of_a_plan_that_has_not_begun(self) -> None:
        assert of(record(PLAN), on=dt.date(2026, 2, 11)) == Planned(dt.date(2026, 3, 1), 12000, "plan")

    def test_is_what_is_left_at_the_end(self) -> None:
        paid = tuple(("120.00", f"2026-{month:02}-01") for month in range(3, 12))

        assert of(record(PLAN, owed="1100.00", paid=paid)) == Planned(dt.date(2026, 12, 1), 2000, "plan")

    def test_is_nothing_where_it_came_ahead(self) -> None:
        assert of(record(PLAN, paid=(("1200.00", "2026-11-20"),))) is None

    def test_is_nothing_where_nothing_is_owed(self) -> None:
        assert of(record(PLAN, owed="0.01", paid=(("0.01", "2026-02-01"),))) is None

    def test_is_nothing_once_cms_ended_the_plan(self) -> None:
        ended = Step(kind=StepKind.ENDED, on=dt.date(2026, 6, 5), recorded_on=ON)

        assert of(record(replace(PLAN, steps=(ended,)))) is None

    def test_is_that_of_the_plan_that_took_the_place_of_another(self) -> None:
        later = replace(
            PLAN, agreed_on=dt.date(2026, 9, 1), first_payment_on=dt.date(2026, 9, 15), arrears_part=5000, id="later"
        )  # fmt: skip

        assert of(record(PLAN, later)) == Planned(dt.date(2026, 12, 15), 5000, "later")

    def test_is_nothing_after_the_last_day_of_the_calendar(self) -> None:
        last = replace(PLAN, agreed_on=dt.date(9999, 12, 1), first_payment_on=dt.date(9999, 12, 30))

        assert of(record(last), on=dt.date(9999, 12, 31)) is None

    def test_is_nothing_without_a_plan(self) -> None:
        assert of(record()) is None
