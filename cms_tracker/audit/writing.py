"""Add events to their chains, in two statements for one event.

Nobody holds a lock: the place after the last event is taken by a unique constraint. Of two that
want it at once, the second waits for the first to commit and then takes the next.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.utils.timezone import now

from cms_tracker.audit.chain import START, Entry, seal_of
from cms_tracker.audit.models import Event

BATCH = 500  # rows a statement


def add(kind: str, *, actor_id: uuid.UUID, case_id: uuid.UUID | None, subjects: Sequence[str]) -> None:
    """Add one event for each subject to the chain of the case, or of the person where there is none."""
    chain = case_id or actor_id
    for place, subject in enumerate(subjects):
        if not place:
            seq, before = _first(chain, kind=kind, actor_id=actor_id, case_id=case_id, subject=subject)
            rest: list[Event] = []
        else:  # nobody else can come between: the first one's place is ours until the transaction ends
            seq += 1
            entry = Entry(chain, seq, kind, actor_id, case_id, subject, now())
            before = seal_of(entry, before=before)
            rest.append(Event(**entry._asdict(), seal=before))
    if len(subjects) > 1:
        Event.objects.bulk_create(rest, batch_size=BATCH)


def _first(
    chain: uuid.UUID, *, kind: str, actor_id: uuid.UUID, case_id: uuid.UUID | None, subject: str
) -> tuple[int, str]:
    """Add an event after the last one; its number and its seal."""
    ends = Event.objects.filter(chain=chain).order_by("-seq").values_list("seq", "seal")
    while True:
        last, before = ends.first() or (0, START)
        entry = Entry(chain, last + 1, kind, actor_id, case_id, subject, now())
        seal = seal_of(entry, before=before)
        if _inserted(entry, seal):
            return entry.seq, seal


def _inserted(entry: Entry, seal: str) -> bool:
    """Insert the event unless its place was taken meanwhile; say whether it was free."""
    meta = Event._meta
    fields: list[models.Field[Any, Any]] = [meta.get_field(name) for name in (*Entry._fields, "seal")]  # type: ignore[misc]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    cells = [field.get_db_prep_save(cell, connection) for field, cell in zip(fields, (*entry, seal), strict=True)]
    # SQLite has one writer at a time, who has read the end of the chain already: nobody comes between.
    taken = "" if connection.vendor == "sqlite" else " ON CONFLICT (chain, seq) DO NOTHING"
    table, places = connection.ops.quote_name(meta.db_table), ", ".join(["%s"] * len(cells))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({places}){taken}", cells)  # noqa: S608 - ours
        return bool(cursor.rowcount)
