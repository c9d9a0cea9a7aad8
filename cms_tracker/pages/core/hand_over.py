"""What an adviser tells the next one, made from the record. The giver changes it before anybody reads it."""

import datetime as dt
from collections.abc import Sequence

from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.pages.core.worklist import Row
from correspondence.core.contacts import PromiseSeen
from correspondence.core.deadlines import Deadline

MOST_LISTED = 10


def note_of(
    row: Row | None, *, promises: Sequence[PromiseSeen], deadlines: Sequence[Deadline], reach: str, on: dt.date
) -> str:
    """The position and why, what is promised, what is due, how to reach the person, what comes next.

    ``row`` is the row of the giver's own list. Where there is no row, the note says so.
    """
    parts = [say("As of {day}.", day=day(on))]
    if row is None:
        parts.append(say("This record is on no list yet."))
    else:
        parts.append(say("Owed: {amount}.", amount=pounds(row.owed)))
        parts.append(f"{row.said.title}. {row.said.detail}")
        if row.also:
            parts.append(say("Also: {reasons}.", reasons=", ".join(row.also)))
        if row.contact_on:
            parts.append(say("Last contact: {day}.", day=day(row.contact_on)))
    parts.append(say("How to reach this person: {words}", words=reach))
    parts.append(say("Open promises:") if promises else say("No promise is open."))
    parts += [_promise(one) for one in promises[:MOST_LISTED]]
    parts.append(say("Days to keep:") if deadlines else say("No day to keep is open."))
    parts += [f"- {day(one.act_on)}: {one.title}" for one in deadlines[:MOST_LISTED]]
    parts.append(say("What I would do next:"))
    if row is not None and row.next is not None:
        parts.append(f"- {day(row.next.on)}: {row.next.title}")
    return "\n".join(parts)


def _promise(one: PromiseSeen) -> str:
    by = say(", by {day}", day=day(one.due_on)) if one.due_on else ""
    return f"- {one.party}: {one.text}{by}"
