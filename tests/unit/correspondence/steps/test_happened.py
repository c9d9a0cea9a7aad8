"""What the events of a record decide, each facet by itself."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from arrears.core.event_values import Event, EventKind, Power
from arrears.core.facts import CaseFacts
from arrears.core.other_facts import LiabilityOrder
from cases.core.facts import ServicePeriod, ServiceType, StruckOut
from correspondence.core.steps import snapshot as s
from correspondence.core.steps.fact import Fact
from correspondence.core.steps.happened import Happened
from tests.unit.arrears.build import case

DAY = dt.date(2026, 11, 23)
BEFORE, LATER = dt.date(2026, 3, 1), dt.date(2026, 6, 1)


class Noted:
    """What was noted for the words."""

    def __init__(self) -> None:
        self.days: dict[Fact, dt.date | None] = {}

    def __call__(self, fact: Fact, on: dt.date | None, amount: int | None) -> None:
        self.days[fact] = on


def facts(*services: tuple[ServiceType, dt.date]) -> CaseFacts:
    return replace(case(), services=tuple(ServicePeriod(type=one, from_on=on) for one, on in services))


def event(kind: str, on: dt.date = BEFORE, power: Power | None = None, *, gone: bool = False) -> Event:
    struck = StruckOut(on=DAY, reason="Typed twice") if gone else None
    return Event(kind=EventKind(kind), on=on, power=power, struck_out=struck)


def happened(*events: Event, seen: CaseFacts | None = None, note: Noted | None = None) -> Happened:
    return Happened(
        on=DAY,
        events=events,
        seen=seen if seen is not None else facts((ServiceType.DIRECT_PAY, dt.date(2025, 1, 6))),
        note=note or Noted(),
    )


ASKED, REFUSED = event("asked_collect_and_pay"), event("refused_collect_and_pay", LATER)
COLLECT = facts((ServiceType.COLLECT_AND_PAY, LATER))


class TestARequestForCollectAndPay:
    def test_waits_once_it_was_made_by_an_event_or_a_letter(self) -> None:
        assert happened(ASKED).asked(None) is s.Asked.WAITING
        assert happened().asked(BEFORE) is s.Asked.WAITING
        assert happened().asked(None) is s.Asked.NONE

    def test_is_refused_until_it_is_made_again(self) -> None:
        assert happened(ASKED, REFUSED).asked(None) is s.Asked.REFUSED
        assert happened(ASKED, REFUSED).asked(dt.date(2026, 7, 1)) is s.Asked.WAITING
        assert happened(REFUSED).asked(None) is s.Asked.REFUSED

    def test_was_not_refused_where_the_case_is_on_it(self) -> None:
        assert happened(REFUSED, seen=COLLECT).asked(None) is s.Asked.NONE

    def test_means_nothing_without_a_service(self) -> None:
        assert happened(ASKED, seen=facts()).asked(None) is s.Asked.NONE


class TestUnlikelyToPay:
    FOUND = event("found_unlikely_to_pay")

    def test_holds_until_the_case_goes_to_direct_pay(self) -> None:
        assert not happened().is_unlikely()
        assert happened(self.FOUND).is_unlikely()
        assert happened(self.FOUND, seen=COLLECT).is_unlikely()
        assert happened(self.FOUND, seen=facts()).is_unlikely()
        assert not happened(self.FOUND, seen=facts((ServiceType.DIRECT_PAY, LATER))).is_unlikely()


class TestTheNotice:
    @pytest.mark.parametrize(
        ("on", "holds"), [(dt.date(2025, 11, 23), True), (dt.date(2025, 11, 22), False), (LATER, True)]
    )
    def test_is_there_for_twelve_months(self, on: dt.date, holds: bool) -> None:
        assert happened(event("failure_notice", on)).has_notice() is holds
        assert not happened(event("arrears_notice", on)).has_notice()  # it says what is owed, not what comes next

    def test_is_not_there_before_it_comes_nor_where_it_is_struck_out(self) -> None:
        assert not happened(event("failure_notice", dt.date(2026, 12, 1))).has_notice()
        assert not happened(event("failure_notice", gone=True)).has_notice()
        assert not happened().has_notice()


class TestDeductions:
    def test_that_run_count_before_those_that_are_wanted_and_those_before_failures(self) -> None:
        bank, pay = Power.REGULAR_DEDUCTION, Power.DEDUCTION_FROM_EARNINGS
        failed, asked, made = (
            event("enforcement_failed", power=pay),
            event("enforcement_asked", power=bank),
            event("enforcement_made", power=Power.DEDUCTION_FROM_BENEFITS),
        )
        assert happened(failed).deduction() is s.Deduction.FAILED
        assert happened(failed, asked).deduction() is s.Deduction.ASKED
        assert happened(failed, asked, made).deduction() is s.Deduction.RUNNING

    def test_are_taken_at_their_latest(self) -> None:
        pay = Power.DEDUCTION_FROM_EARNINGS
        made, ended = event("enforcement_made", power=pay), event("enforcement_ended", LATER, pay)
        assert happened(made, ended).deduction() is s.Deduction.FAILED

    def test_are_none_where_cms_said_no_or_it_is_about_something_else(self) -> None:
        said_no = event("enforcement_refused", power=Power.REGULAR_DEDUCTION)
        other = event("enforcement_made", power=Power.PRISON)
        assert happened(said_no, other).deduction() is s.Deduction.NONE


class TestALiabilityOrder:
    ORDER = LiabilityOrder(granted_on=BEFORE, from_on=BEFORE, to_on=BEFORE, amount=100, id="order")

    def test_is_granted_by_the_record_or_by_an_event(self) -> None:
        assert happened(seen=replace(facts(), orders=(self.ORDER,))).order() is s.Order.GRANTED
        made = event("enforcement_made", power=Power.LIABILITY_ORDER)
        assert happened(made).order() is s.Order.GRANTED

    def test_is_applied_for_once_cms_began(self) -> None:
        assert happened(event("enforcement_started", power=Power.LIABILITY_ORDER)).order() is s.Order.APPLIED
        assert happened(event("enforcement_asked", power=Power.LIABILITY_ORDER)).order() is s.Order.NONE

    def test_is_gone_once_it_ended(self) -> None:
        made = event("enforcement_made", power=Power.LIABILITY_ORDER)
        ended = event("enforcement_ended", LATER, Power.LIABILITY_ORDER)
        assert happened(made, ended).order() is s.Order.NONE
        assert happened().order() is s.Order.NONE


class TestTheLifeOfACase:
    def test_ends_when_cms_closes_it_or_the_other_parent_dies(self) -> None:
        assert happened().life() is s.Life.OPEN
        assert happened(event("case_closed")).life() is s.Life.CLOSED
        assert happened(event("case_closed", LATER), event("other_parent_died")).life() is s.Life.DIED

    def test_goes_on_where_a_service_began_after_it_was_closed(self) -> None:
        assert happened(event("case_closed"), seen=COLLECT).life() is s.Life.OPEN
        assert happened(event("case_closed"), seen=facts()).life() is s.Life.CLOSED


class TestAPrivateArrangement:
    MADE, BROKE = event("private_arrangement_made"), event("private_arrangement_broke", LATER)

    def test_is_kept_until_it_breaks_down(self) -> None:
        assert happened().private() is s.Private.NONE
        assert happened(self.MADE).private() is s.Private.KEPT
        assert happened(self.MADE, self.BROKE).private() is s.Private.BROKE

    def test_is_how_the_money_is_paid_only_where_cms_does_not_come_into_it(self) -> None:
        assert happened(self.MADE, seen=facts()).is_private()
        assert not happened(self.MADE).is_private()
        assert not happened(self.MADE, self.BROKE, seen=facts()).is_private()


class TestWhatEnded:
    @pytest.mark.parametrize(
        ("kind", "found"),
        [
            ("child_left", s.Ended.CHILD_LEFT),
            ("calculation_ended", s.Ended.CALCULATION),
            ("arrears_not_wanted", s.Ended.NOT_WANTED),
        ],
    )
    def test_is_named(self, kind: str, found: s.Ended) -> None:
        noted = Noted()
        assert happened(event(kind), note=noted).ended() is found
        assert list(noted.days.values()) == [BEFORE]

    def test_is_the_latest_in_any_order(self) -> None:
        events = [event("arrears_not_wanted"), event("child_left", LATER), event("calculation_ended")]
        for seed in range(6):
            random.Random(seed).shuffle(events)
            assert happened(*events).ended() is s.Ended.CHILD_LEFT

    def test_is_nothing_where_nothing_is_noted(self) -> None:
        assert happened().ended() is s.Ended.NONE
