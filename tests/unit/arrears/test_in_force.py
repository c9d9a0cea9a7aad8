"""What stands on a day is the same for a page, a letter and the engine."""

import datetime as dt
from dataclasses import replace

from hypothesis import given

from arrears.core import postings
from arrears.core.facts import CaseFacts, Plan, Statement
from arrears.core.in_force import decision_on, schedule_on, service_on
from arrears.core.ledger import known
from arrears.core.schedule import Timeline
from cases.core.facts import Frequency, Perspective, ServiceType, StruckOut
from tests.unit.arrears.build import case, day, decision, schedule, service
from tests.unit.arrears.histories import histories, views

ON = day("2025-06-01")
SLIP = StruckOut(on=day("2025-05-01"), reason="A slip")


class TestKnown:
    def test_leaves_out_a_figure_and_a_plan_from_the_day_they_were_struck_out(self) -> None:
        figure = Statement(stated_on=day("2025-04-01"), as_at=day("2025-04-01"), amount=100, struck_out=SLIP)
        plan = Plan(
            agreed_on=day("2025-04-01"), first_payment_on=day("2025-04-03"), frequency=Frequency.MONTHLY, total=100,
            arrears_part=50, struck_out=SLIP,
        )  # fmt: skip
        facts = CaseFacts(perspective=Perspective.RECEIVING, statements=(figure,), plans=(plan,))

        assert (known(facts, ON).statements, known(facts, ON).plans) == ((), ())
        before = known(facts, day("2025-04-30"))
        assert (before.statements, before.plans) == ((figure,), (plan,))


class TestServiceOn:
    def test_is_the_latest_one_begun(self) -> None:
        first, second = service("direct_pay", "2025-01-01"), service("collect_and_pay", "2025-06-01")
        seen = known(case(second, first), ON)

        assert service_on(seen, day("2024-12-31")) is None
        assert service_on(seen, day("2025-05-31")) == first
        assert service_on(seen, ON) == second

    def test_is_not_one_that_was_struck_out(self) -> None:
        first = service("direct_pay", "2025-01-01")
        slip = replace(service("collect_and_pay", "2025-02-01"), struck_out=SLIP)

        assert service_on(known(case(first, slip), ON), ON) == first

    @given(histories(), views)
    def test_is_the_one_by_which_fees_are_charged(self, facts: CaseFacts, view: tuple[dt.date, dt.date]) -> None:
        on, known_on = view
        seen = replace(known(facts, known_on), perspective=Perspective.PAYING)
        service_then = service_on(seen, on)
        collects = service_then is not None and service_then.type is ServiceType.COLLECT_AND_PAY

        assert bool(postings.Book(seen, on.toordinal()).fee_rate(on.toordinal())) is collects


class TestScheduleOn:
    def test_is_the_latest_one_begun(self) -> None:
        first, second = schedule("weekly", "2025-01-03"), schedule("monthly", "2025-03-03")
        seen = known(case(second, first), ON)

        assert schedule_on(seen, day("2025-01-02")) is None
        assert schedule_on(seen, day("2025-03-02")) == first
        assert schedule_on(seen, day("2025-03-03")) == second


class TestDecisionOn:
    def test_is_the_one_with_the_latest_effective_date_and_not_the_latest_told(self) -> None:
        newer, older = decision("60", "2025-03-01"), decision("50", "2025-01-01", told="2025-05-01")

        assert decision_on(known(case(newer, older), ON), ON) == newer

    @given(histories(), views)
    def test_is_the_one_that_the_engine_posts_by(self, facts: CaseFacts, view: tuple[dt.date, dt.date]) -> None:
        on, known_on = view
        seen = known(facts, known_on)
        told = [one.decision for one in postings.Book(seen, on.toordinal()).told]

        assert decision_on(seen, on) is Timeline(told).in_force(on.toordinal())
