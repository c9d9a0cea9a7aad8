"""The operations of deadlines, reminders and calendars, prepared and ready to be tried: they join ``WRITES``."""

import uuid
from collections.abc import Callable
from typing import Any

from arrears.core.case_values import ClockKind, ClockResult, PostedHow
from arrears.core.event_values import Event, EventKind, Power
from cases import operations as cases
from correspondence import operations as correspondence
from correspondence import queries
from correspondence.core.write_off_notice import Notice
from correspondence.models import CalendarFeed, Letter
from tests.integration.writes import DAY, NOON, World, _choices, _letter, _rosas, writes


def _clock(world: World) -> Any:
    return correspondence.start_clock(**_rosas(world).known, kind=ClockKind.WRITE_OFF, reached_on=DAY)


@writes("clockstart.recorded")
def start_clock(world: World) -> Callable[[], object]:
    return lambda: correspondence.start_clock(**world.known, kind=ClockKind.TRIBUNAL, dated_on=DAY)


@writes("clockend.recorded")
def end_clock(world: World) -> Callable[[], object]:
    key = _clock(world).pk
    return lambda: correspondence.end_clock(**world.known, clock_id=key, result=ClockResult.DONE, on=DAY)


@writes("clockend.recorded", "clockstart.recorded")
def end_decision_clock(world: World) -> Callable[[], object]:
    row = cases.record_calculation(
        **_rosas(world).known, weekly_pence=1, effective_on=DAY, decided_on=DAY, notified_on=DAY
    )
    decision = queries.challengeable(world.case.pk, row.pk)
    assert decision is not None
    return lambda: correspondence.end_decision_clock(
        **world.known, decision=decision, result=ClockResult.NOT_NEEDED, on=DAY
    )


@writes("clockstart.recorded")
def count_from_letter(world: World) -> Callable[[], object]:
    letter = _letter(_rosas(world), _choices(world))
    correspondence.mark_posted(**_rosas(world).known, letter_id=letter.pk, posted_on=DAY, how=PostedHow.POST)
    Letter.objects.filter(pk=letter.pk).update(kind="complaint")
    return lambda: correspondence.count_from_letter(**world.known, letter_id=letter.pk)


@writes("clockstart.recorded")
def begin_step(world: World) -> Callable[[], object]:
    return lambda: correspondence.begin_step(**world.known, number=52, on=DAY)


@writes("caseevent.recorded")
def add_event(world: World) -> Callable[[], object]:
    event = Event(kind=EventKind.ENFORCEMENT_ASKED, on=DAY, power=Power.LIABILITY_ORDER)
    return lambda: correspondence.add_event(**world.known, event=event)


@writes("caseevent.recorded", "clockstart.recorded")
def keep_notice(world: World) -> Callable[[], object]:
    notice = Notice(dated_on=DAY, reached_on=DAY, says=frozenset({"who"}), amount=100)
    found = queries.checked_notice(world.case, notice, on=DAY)
    return lambda: correspondence.keep_notice(**world.known, found=found)


@writes("caseevent.recorded")
def record_not_wanted(world: World) -> Callable[[], object]:
    owed = queries.ending_facts_of(world.case, on=DAY).owed
    return lambda: correspondence.record_not_wanted(**world.known, on=DAY, owed_when_read=owed, today=DAY)


@writes("reminders.turned_on", "mail.allowed")
def ask_for_reminders(world: World) -> Callable[[], object]:
    return lambda: correspondence.ask_for_reminders(actor=world.actor, address="a@example.com", at=NOON, on=DAY)


@writes("reminders.turned_off", "mail.forbidden")
def stop_reminders(world: World) -> Callable[[], object]:
    correspondence.ask_for_reminders(actor=world.rosa, address="a@example.com", at=NOON, on=DAY)
    return lambda: correspondence.stop_reminders(actor=world.actor)


@writes("calendar.opened")
def open_feed(world: World) -> Callable[[], object]:
    return lambda: correspondence.open_feed(actor=world.actor, case=world.case)


def _feed(world: World) -> uuid.UUID:
    correspondence.open_feed(actor=world.rosa, case=None)
    return CalendarFeed.objects.get(user=world.rosa).pk


@writes("calendar.replaced")
def replace_feed(world: World) -> Callable[[], object]:
    key = _feed(world)
    return lambda: correspondence.replace_feed(actor=world.actor, feed_id=key)


@writes("calendar.closed")
def close_feed(world: World) -> Callable[[], object]:
    key = _feed(world)
    return lambda: correspondence.close_feed(actor=world.actor, feed_id=key)
