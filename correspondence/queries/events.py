"""Read what happened in a case beside money, decisions and words."""

import uuid

from arrears.core.event_values import Event, EventKind, Power
from cases import queries as case_queries
from correspondence.core.events import EventSeen
from correspondence.models import CaseEvent


def events_of(case_id: uuid.UUID) -> list[EventSeen]:
    """Every event of a case, the latest first, struck-out ones among them."""
    struck = case_queries.struck_in(case_id)
    rows = CaseEvent.objects.filter(case_id=case_id).order_by("-on", "-entered_at", "-id")
    return [
        EventSeen(
            row.pk,
            Event(
                kind=EventKind(row.kind),
                on=row.on,
                power=Power(row.power) if row.power else None,
                amount=row.amount_pence,
                note=row.note,
                struck_out=struck.get(row.pk),
            ),
        )
        for row in rows
    ]


def standing_events(case_id: uuid.UUID) -> tuple[Event, ...]:
    """What happened in a case, the oldest first, without what is struck out."""
    return tuple(one.event for one in reversed(events_of(case_id)) if one.event.struck_out is None)


def event_of(case_id: uuid.UUID, key: uuid.UUID) -> EventSeen | None:
    """One event of this case, or None where the case has no such event."""
    return next((one for one in events_of(case_id) if one.id == key), None)
