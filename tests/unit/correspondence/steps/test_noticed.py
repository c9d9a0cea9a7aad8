"""A notice of write-off in the snapshot: by its clock, or by the event alone, until somebody closed it."""

import datetime as dt
import uuid

import pytest

from arrears.core.case_values import ClockKind, ClockResult
from arrears.core.event_values import Event, EventKind
from arrears.core.facts import CaseFacts
from arrears.core.position import position
from cases.core.facts import Nation, Perspective, Scheme
from correspondence.core.clocks import ClockEnding, ClockSeen
from correspondence.core.deadlines import Facts, listed
from correspondence.core.steps import snapshot as s
from correspondence.core.steps.reading import Case, read

ON = dt.date(2026, 11, 23)
CAME = dt.date(2026, 11, 4)
NOTICE = Event(kind=EventKind.WRITE_OFF_NOTICE, on=CAME)


def clock(kind: ClockKind, ended_on: dt.date | None = None) -> ClockSeen:
    ending = ClockEnding(id=uuid.uuid4(), result=ClockResult.DONE, on=ended_on) if ended_on else None
    return ClockSeen(id=uuid.uuid4(), case_id=uuid.uuid4(), kind=kind, dated_on=None, reached_on=CAME, ending=ending)


def noticed(*events: Event, clocks: tuple[ClockSeen, ...] = (), scheme: Scheme = Scheme.CMS_2012) -> s.Notice:
    facts = CaseFacts(perspective=Perspective.RECEIVING)
    found = Case(
        perspective=Perspective.RECEIVING,
        nation=Nation.ENGLAND,
        scheme=scheme,
        facts=facts,
        seen=facts,
        at=position(facts, on=ON, known_on=ON),
        plans=(),
        deadlines=listed(Facts(nation=Nation.ENGLAND, clocks=clocks), case_id=uuid.uuid4(), on=ON),
        events=events,
    )
    return read(found).settling.notice


class TestANotice:
    def test_is_there_by_its_clock_or_by_the_event_alone(self) -> None:
        assert noticed() is s.Notice.NONE
        assert noticed(clocks=(clock(ClockKind.WRITE_OFF),)) is s.Notice.WRITE_OFF
        assert noticed(NOTICE) is s.Notice.WRITE_OFF
        assert noticed(NOTICE, scheme=Scheme.CSA_2003) is s.Notice.CSA

    @pytest.mark.parametrize("kind", [EventKind.WRITE_OFF_ANSWERED, EventKind.WRITE_OFF_DROPPED, EventKind.WRITTEN_OFF])
    def test_is_over_once_it_was_answered_or_decided(self, kind: EventKind) -> None:
        assert noticed(NOTICE, Event(kind=kind, on=CAME)) is s.Notice.NONE

    def test_is_over_once_its_time_was_closed(self) -> None:
        assert noticed(NOTICE, clocks=(clock(ClockKind.WRITE_OFF, CAME),)) is s.Notice.NONE
        before = CAME - dt.timedelta(days=1)
        assert noticed(NOTICE, clocks=(clock(ClockKind.WRITE_OFF, before),)) is s.Notice.WRITE_OFF
        assert noticed(NOTICE, clocks=(clock(ClockKind.CSA_WRITE_OFF, CAME),)) is s.Notice.WRITE_OFF
        old = noticed(NOTICE, clocks=(clock(ClockKind.CSA_WRITE_OFF, CAME),), scheme=Scheme.CSA_2003)
        assert old is s.Notice.NONE
