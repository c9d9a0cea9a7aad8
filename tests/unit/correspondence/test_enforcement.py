"""The board of what was tried, and what the order of events allows: examples, and what holds for any facts."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.event_values import Event, EventKind, Power
from arrears.core.other_facts import LiabilityOrder
from arrears.core.plan_review import PlanReview
from arrears.core.results import PlanState
from cases.core.facts import Nation, ServiceType, StruckOut
from correspondence.core.enforcement import (
    Answer,
    Met,
    Situation,
    Stage,
    Standing,
    board,
    has_order,
    plan_is_kept,
    stage_of,
    standing,
)
from correspondence.core.powers import Group, Need, rules

DAY = dt.date(2026, 11, 23)
COLLECT = ServiceType.COLLECT_AND_PAY
OWED = Situation(on=DAY, nation=Nation.ENGLAND, owed=500_000, service=COLLECT)
GRANTED = LiabilityOrder(
    granted_on=dt.date(2025, 3, 1),
    applied_on=dt.date(2025, 1, 10),
    from_on=dt.date(2023, 1, 1),
    to_on=dt.date(2024, 12, 31),
    amount=450_000,
    id="order",
)
GONE = StruckOut(on=DAY, reason="Typed twice")


def step(kind: str, power: Power, on: str = "2026-03-01", **more: object) -> Event:
    return Event(kind=EventKind(f"enforcement_{kind}"), power=power, on=dt.date.fromisoformat(on), **more)  # type: ignore[arg-type]


def given_events(*events: Event, at: Situation = OWED) -> Situation:
    return replace(at, events=events)


def answer(power: Power, situation: Situation) -> Answer:
    return standing(power, situation).answer


def missing(power: Power, situation: Situation) -> list[Need]:
    return [one.need for one in standing(power, situation).missing]


def met(need: Need, power: Power, situation: Situation) -> Met:
    (found,) = [one.met for one in standing(power, situation).needs if one.need is need]
    return found


class TestWhatWasNoted:
    def test_stands_in_the_order_of_its_days_with_the_latest_last(self) -> None:
        power = Power.DEDUCTION_FROM_EARNINGS
        found = standing(
            power,
            given_events(
                step("failed", power, "2026-05-01", note="Left the job"),
                step("asked", power, "2026-01-01"),
                step("made", power, "2026-02-01", amount=20_000),
            ),
        )
        assert [(one.stage, one.amount) for one in found.log] == [
            (Stage.ASKED, None),
            (Stage.MADE, 20_000),
            (Stage.FAILED, None),
        ]
        assert (found.stage, found.since) == (Stage.FAILED, dt.date(2026, 5, 1))

    def test_leaves_out_what_is_struck_out_and_what_is_still_to_come(self) -> None:
        power = Power.PRISON
        found = standing(
            power,
            replace(
                given_events(step("asked", power, struck_out=GONE), step("made", power, "2026-12-01")),
                orders=(replace(GRANTED, struck_out=GONE),),
            ),
        )
        assert (found.log, found.stage, found.since) == ((), Stage.NOTHING, None)

    def test_counts_a_liability_order_of_the_record_with_the_day_it_was_asked_for(self) -> None:
        found = standing(Power.LIABILITY_ORDER, replace(OWED, orders=(GRANTED,)))
        assert [(one.on, one.stage, one.amount) for one in found.log] == [
            (dt.date(2025, 1, 10), Stage.STARTED, None),
            (dt.date(2025, 3, 1), Stage.MADE, 450_000),
        ]
        assert found.answer is Answer.IN_FORCE

    def test_counts_one_whose_day_of_asking_nobody_noted(self) -> None:
        found = standing(Power.LIABILITY_ORDER, replace(OWED, orders=(replace(GRANTED, applied_on=None),)))
        assert [one.stage for one in found.log] == [Stage.MADE]

    def test_shows_a_power_of_another_nation_only_where_something_is_noted_of_it(self) -> None:
        shown = [one.power for one in board(OWED)]
        assert Power.INHIBITION not in shown
        (noted,) = [one for one in board(given_events(step("made", Power.INHIBITION))) if one.power is Power.INHIBITION]
        assert (noted.answer, noted.stage) == (Answer.NOT_HERE, Stage.MADE)


class TestADeduction:
    @pytest.mark.parametrize(
        "power",
        [
            Power.DEDUCTION_FROM_BENEFITS,
            Power.DEDUCTION_FROM_EARNINGS,
            Power.REGULAR_DEDUCTION,
            Power.LUMP_SUM_DEDUCTION,
        ],
    )
    def test_needs_no_liability_order(self, power: Power) -> None:
        assert answer(power, OWED) is Answer.CAN_ASK

    def test_waits_on_direct_pay(self) -> None:
        on_direct_pay = replace(OWED, service=ServiceType.DIRECT_PAY)
        assert missing(Power.REGULAR_DEDUCTION, on_direct_pay) == [Need.COLLECTING]

    def test_is_not_stopped_by_what_the_record_does_not_tell(self) -> None:
        unknown = replace(OWED, service=None)
        found = standing(Power.REGULAR_DEDUCTION, unknown)
        assert {one.need for one in found.needs if one.met is Met.UNSAID} == {Need.COLLECTING, Need.NOTICE}
        assert found.answer is Answer.CAN_ASK

    def test_waits_where_nothing_is_owed(self) -> None:
        assert missing(Power.REGULAR_DEDUCTION, replace(OWED, owed=0)) == [Need.OWED]


class TestTheNotice:
    @pytest.mark.parametrize(
        ("kind", "on", "found"),
        [
            (EventKind.FAILURE_NOTICE, "2025-11-23", Met.MET),
            (EventKind.FAILURE_NOTICE, "2025-11-22", Met.UNSAID),
            (EventKind.ARREARS_NOTICE, "2022-01-01", Met.MET),
            (EventKind.ARREARS_NOTICE, "2026-11-24", Met.UNSAID),
            (EventKind.WRITE_OFF_NOTICE, "2026-11-01", Met.UNSAID),
        ],
    )
    def test_holds_for_twelve_months_where_it_warns_of_acting(self, kind: EventKind, on: str, found: Met) -> None:
        situation = given_events(Event(kind=kind, on=dt.date.fromisoformat(on)))
        assert met(Need.NOTICE, Power.REGULAR_DEDUCTION, situation) is found

    def test_that_is_struck_out_is_none(self) -> None:
        gone = Event(kind=EventKind.ARREARS_NOTICE, on=dt.date(2026, 1, 1), struck_out=GONE)
        assert met(Need.NOTICE, Power.REGULAR_DEDUCTION, given_events(gone)) is Met.UNSAID


class TestALiabilityOrder:
    def test_waits_for_a_deduction_from_earnings(self) -> None:
        assert missing(Power.LIABILITY_ORDER, OWED) == [Need.EARNINGS_FIRST]

    @pytest.mark.parametrize(
        ("kind", "now"),
        [
            ("failed", Answer.CAN_ASK),
            ("refused", Answer.CAN_ASK),
            ("ended", Answer.CAN_ASK),
            ("asked", Answer.NOT_YET),
            ("started", Answer.NOT_YET),
            ("made", Answer.NOT_YET),
            ("worked", Answer.NOT_YET),
            ("on_hold", Answer.NOT_YET),
        ],
    )
    def test_can_be_asked_for_once_that_did_not_fit_or_did_not_work(self, kind: str, now: Answer) -> None:
        tried = given_events(step(kind, Power.DEDUCTION_FROM_EARNINGS))
        assert answer(Power.LIABILITY_ORDER, tried) is now

    def test_covers_one_period_and_new_arrears_need_a_new_one(self) -> None:
        tried = (step("failed", Power.DEDUCTION_FROM_EARNINGS),)
        ordered = replace(OWED, orders=(GRANTED,), events=tried)
        assert answer(Power.LIABILITY_ORDER, ordered) is Answer.IN_FORCE
        assert answer(Power.LIABILITY_ORDER, replace(ordered, new_arrears=1)) is Answer.CAN_ASK

    def test_for_new_arrears_has_its_own_conditions(self) -> None:
        ordered = replace(OWED, orders=(GRANTED,), new_arrears=100)
        assert missing(Power.LIABILITY_ORDER, ordered) == [Need.EARNINGS_FIRST]

    @pytest.mark.parametrize(
        ("later", "holds"), [("asked", True), ("refused", True), ("worked", True), ("ended", False)]
    )
    def test_holds_until_it_is_ended(self, later: str, holds: bool) -> None:
        situation = replace(OWED, orders=(GRANTED,), events=(step(later, Power.LIABILITY_ORDER),))
        assert has_order(situation) is holds
        assert (answer(Power.ENFORCEMENT_AGENTS, situation) is Answer.CAN_ASK) is holds


class TestWhatAnOrderOpens:
    def test_waits_for_the_order(self) -> None:
        assert missing(Power.ENFORCEMENT_AGENTS, OWED) == [Need.ORDER]

    def test_can_be_asked_for_with_one_even_on_direct_pay(self) -> None:
        ordered = replace(OWED, orders=(GRANTED,), service=ServiceType.DIRECT_PAY)
        assert answer(Power.THIRD_PARTY_DEBT_ORDER, ordered) is Answer.CAN_ASK

    def test_lets_a_home_be_sold_only_after_a_charge_and_agents(self) -> None:
        ordered = replace(OWED, orders=(GRANTED,))
        assert missing(Power.ORDER_FOR_SALE, ordered) == [Need.CHARGED, Need.AGENTS_FAILED]
        tried = replace(
            ordered,
            events=(step("made", Power.CHARGING_ORDER), step("failed", Power.ENFORCEMENT_AGENTS)),
        )
        assert answer(Power.ORDER_FOR_SALE, tried) is Answer.CAN_ASK


class TestTheLastResort:
    TRIED = replace(OWED, orders=(GRANTED,), events=(step("failed", Power.ENFORCEMENT_AGENTS),))

    @pytest.mark.parametrize("power", [Power.DRIVING_LICENCE, Power.PASSPORT, Power.CURFEW, Power.PRISON])
    def test_waits_until_what_an_order_opens_has_failed(self, power: Power) -> None:
        assert missing(power, replace(OWED, orders=(GRANTED,))) == [Need.ORDER_USED]
        assert answer(power, self.TRIED) is Answer.CAN_ASK

    @pytest.mark.parametrize(("owed", "found"), [(100_000, [Need.ABOVE_SUM]), (100_001, [])])
    def test_is_for_more_than_a_thousand_pounds(self, owed: int, found: list[Need]) -> None:
        assert missing(Power.PRISON, replace(self.TRIED, owed=owed)) == found

    @pytest.mark.parametrize(
        ("one", "other"), [(Power.DRIVING_LICENCE, Power.PASSPORT), (Power.PASSPORT, Power.DRIVING_LICENCE)]
    )
    def test_takes_either_licence_or_passport(self, one: Power, other: Power) -> None:
        taken = replace(self.TRIED, events=(*self.TRIED.events, step("made", one)))
        assert missing(other, taken) == [Need.NOT_BOTH]


class TestAPlanThatIsKept:
    def test_leaves_only_asking_beside_it(self) -> None:
        kept = replace(OWED, plan_is_kept=True)
        assert answer(Power.REGULAR_DEDUCTION, kept) is Answer.BESIDE_PLAN
        assert answer(Power.PRISON, kept) is Answer.NOT_YET

    @pytest.mark.parametrize(
        ("state", "ended", "unheard", "kept"),
        [
            (PlanState.KEPT, None, "", True),
            (PlanState.KEPT, DAY, "", False),
            (PlanState.KEPT, None, "silent", False),
            (PlanState.KEPT, None, "quiet", False),
            (PlanState.BROKEN, None, "", False),
            (PlanState.AT_RISK, None, "", False),
        ],
    )
    def test_is_the_latest_that_still_runs_and_is_paid(
        self, state: PlanState, ended: dt.date | None, unheard: str, kept: bool
    ) -> None:
        standing_of_plan = SimpleNamespace(state=state, ended_on=ended)
        latest = cast(
            "PlanReview",
            SimpleNamespace(standing=standing_of_plan, is_silent=unheard == "silent", is_quiet=unheard == "quiet"),
        )
        assert plan_is_kept([latest]) is kept

    def test_is_none_where_there_is_no_plan(self) -> None:
        assert not plan_is_kept([])


class TestWhatRuns:
    @pytest.mark.parametrize("kind", ["asked", "started", "on_hold"])
    def test_is_under_way_until_something_comes_of_it(self, kind: str) -> None:
        assert answer(Power.REGULAR_DEDUCTION, given_events(step(kind, Power.REGULAR_DEDUCTION))) is Answer.UNDER_WAY

    @pytest.mark.parametrize("kind", ["refused", "failed", "ended"])
    def test_can_be_asked_for_again_after_it_came_to_nothing(self, kind: str) -> None:
        situation = given_events(step(kind, Power.REGULAR_DEDUCTION))
        assert answer(Power.REGULAR_DEDUCTION, situation) is Answer.CAN_ASK
        assert stage_of(Power.REGULAR_DEDUCTION, situation) is Stage(kind)
        assert stage_of(Power.PRISON, situation) is Stage.NOTHING


days = st.dates(dt.date(2024, 1, 1), dt.date(2027, 1, 1))


@st.composite
def events(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(EventKind))
    power = draw(st.sampled_from(Power)) if kind.names_a_power else None
    return Event(kind=kind, power=power, on=draw(days), struck_out=draw(st.sampled_from([None, None, None, GONE])))


situations = st.builds(
    Situation,
    on=st.just(DAY),
    nation=st.sampled_from(Nation),
    owed=st.sampled_from([0, 1, 100_000, 100_001, 500_000]),
    new_arrears=st.sampled_from([0, 1]),
    service=st.sampled_from([None, *ServiceType]),
    plan_is_kept=st.booleans(),
    events=st.lists(events(), max_size=8).map(tuple),
    orders=st.lists(st.sampled_from([GRANTED, replace(GRANTED, struck_out=GONE)]), max_size=2).map(tuple),
)


def asks(found: Standing) -> bool:
    return found.answer in {Answer.CAN_ASK, Answer.BESIDE_PLAN}


class TestAnyFacts:
    @given(situations)
    def test_have_an_answer_for_every_power(self, situation: Situation) -> None:
        for power in Power:
            found = standing(power, situation)
            assert (found.answer is Answer.NOT_HERE) is (situation.nation not in rules()[power].nations)
            assert all(one.said.says and one.said.source.says for one in found.needs)
            assert (found.since is None) is (found.stage is Stage.NOTHING)

    @given(situations)
    def test_let_nothing_be_asked_for_before_what_must_come_first(self, situation: Situation) -> None:
        for power in Power:
            found = standing(power, situation)
            if asks(found):
                assert not found.missing
                assert situation.owed > 0
                assert found.group not in {Group.AFTER_ORDER, Group.LAST_RESORT} or has_order(situation)
                assert (found.answer is Answer.BESIDE_PLAN) is situation.plan_is_kept
            if found.answer is Answer.NOT_YET:
                assert found.missing

    @given(situations, st.randoms())
    def test_give_the_same_board_in_any_order(self, situation: Situation, shuffled: st.DrawFn) -> None:
        events, orders = list(situation.events), list(situation.orders)
        shuffled.shuffle(events)  # type: ignore[attr-defined]
        shuffled.shuffle(orders)  # type: ignore[attr-defined]
        assert board(replace(situation, events=tuple(events), orders=tuple(orders))) == board(situation)

    @given(situations)
    def test_show_each_power_of_the_nation_once(self, situation: Situation) -> None:
        shown = [one.power for one in board(situation)]
        assert len(shown) == len(set(shown))
        assert {power for power in Power if situation.nation in rules()[power].nations} <= set(shown)
