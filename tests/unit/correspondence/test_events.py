"""What happened in a case, in words: kinds, groups, numbers, and the timeline's items."""

import datetime as dt
import uuid

from arrears.core.event_values import Event, EventKind, Power
from cases.core.facts import StruckOut
from correspondence.core.events import (
    KINDS,
    POWERS,
    EventSeen,
    event_items,
    groups,
    number_of,
    numbered,
    takes_a_sum,
)
from correspondence.core.timeline import Place

DAY = dt.date(2026, 3, 1)
ORDER = Event(kind=EventKind.ENFORCEMENT_MADE, on=DAY, power=Power.LIABILITY_ORDER, amount=491297, note="By post")


def seen(event: Event) -> EventSeen:
    return EventSeen(uuid.UUID(int=1), event)


class TestTheWords:
    def test_are_there_for_every_kind_and_every_power(self) -> None:
        assert all(KINDS[one] for one in EventKind)
        assert all(POWERS[one] for one in Power)

    def test_name_the_power_of_a_step(self) -> None:
        assert seen(ORDER).title == "Liability order: An order or a deduction was made"

    def test_are_alone_where_no_power_is_meant(self) -> None:
        assert seen(Event(kind=EventKind.CHILD_LEFT, on=DAY)).title == "A child left the case"


class TestTheGroups:
    def test_hold_every_kind_once_in_order(self) -> None:
        assert [kind for _, kinds in groups() for kind, _ in kinds] == list(EventKind)


class TestANumber:
    def test_stands_for_one_kind(self) -> None:
        assert [numbered(number_of(kind)) for kind in EventKind] == list(EventKind)

    def test_stands_for_none_beyond_them(self) -> None:
        assert (numbered(0), numbered(len(EventKind) + 1)) == (None, None)

    def test_of_a_kind_stays_the_same(self) -> None:
        assert (number_of(EventKind.ARREARS_NOTICE), number_of(EventKind.ENFORCEMENT_ON_HOLD)) == (1, 23)


class TestASum:
    def test_is_asked_for_only_where_one_belongs(self) -> None:
        assert takes_a_sum(EventKind.ENFORCEMENT_MADE)
        assert not takes_a_sum(EventKind.CHILD_LEFT)


class TestTheTimeline:
    def test_shows_an_event_on_its_day_with_its_sum_and_its_note(self) -> None:
        (item,) = event_items([seen(ORDER)])
        assert (item.on, item.lines, item.place) == (DAY, ("£4,912.97", "By post"), Place.EVENTS)

    def test_shows_one_that_is_struck_out_as_such(self) -> None:
        gone = StruckOut(on=DAY, reason="Typed twice")
        (item,) = event_items([seen(Event(kind=EventKind.CHILD_LEFT, on=DAY, struck_out=gone))])
        assert (item.lines, item.struck_out) == ((), gone)
