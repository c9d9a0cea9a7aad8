"""A calendar as programs read it (RFC 5545): whole days, one neutral title, and nothing else."""

import datetime as dt
import uuid
from collections.abc import Iterable

from icalendar import Calendar, Event

from correspondence.core.feeds import TITLE

CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_of(days: Iterable[dt.date], *, feed_id: uuid.UUID, name: str, at: dt.datetime) -> bytes:
    """Write one event for each day. Its UID stays the same from one reading to the next.

    A UID is made of the calendar's own random number and the day: nobody can tell from it which
    record, which deadline or which person it belongs to. A day without a time needs no time zone.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{name}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", TITLE)
    calendar.add("x-wr-timezone", "Europe/London")
    for day in days:
        event = Event()
        event.add("uid", str(uuid.uuid5(feed_id, day.isoformat())))
        event.add("dtstamp", at.astimezone(dt.UTC))
        event.add("dtstart", day)
        event.add("dtend", day + dt.timedelta(days=1))
        event.add("summary", TITLE)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
