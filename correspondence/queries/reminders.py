"""Read what a person chose about reminders and calendars, and what a calendar may be told."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Min

from cases import access
from cases import queries as case_queries
from correspondence.core import feeds
from correspondence.core.deadlines import Deadline
from correspondence.core.reminder_rules import ReminderState
from correspondence.models import CalendarFeed, Reminder, ReminderSettings
from correspondence.queries.deadlines import deadlines_by_case

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


class FeedSeen(NamedTuple):
    """What one calendar is told: days, and nothing of what is on them."""

    id: uuid.UUID
    days: list[dt.date]


class Trouble(NamedTuple):
    """Reminders that did not go out, or of which nobody knows: the days they were for."""

    failed: list[dt.date]
    unsure: list[dt.date]


def reminder_settings_of(user: "User") -> ReminderSettings | None:
    """What this person chose, or None where they never asked for reminders."""
    return ReminderSettings.objects.filter(user_id=user.pk).first()


def reminder_trouble_of(user: "User", *, on: dt.date) -> Trouble:
    """What of the last month did not go out, so that nothing is left out in silence."""
    late = Reminder.objects.filter(user_id=user.pk, due_on__gte=on - dt.timedelta(days=30)).order_by("due_on", "id")
    rows = list(late.values_list("state", "due_on"))
    return Trouble(
        failed=[day for state, day in rows if state == ReminderState.FAILED],
        unsure=[day for state, day in rows if state == ReminderState.UNSURE],
    )


def reminders_unsent() -> tuple[dict[str, int], dt.datetime | None]:
    """Reminders that have not gone out, by state, and the oldest moment from which one could have been tried again."""
    open_states = (ReminderState.CLAIMED, ReminderState.HANDED, ReminderState.UNSURE, ReminderState.FAILED)
    rows = Reminder.objects.filter(state__in=open_states).order_by()
    found = list(rows.values_list("state").annotate(count=Count("pk"), first=Min("lease_until")))
    counts = {str(state): 0 for state in open_states} | {state: count for state, count, _ in found}
    return counts, next((first for state, _, first in found if state == ReminderState.CLAIMED), None)


def feeds_of(user: "User") -> dict[uuid.UUID | None, uuid.UUID]:
    """This person's calendars by the record they are of (None: of all records)."""
    return dict(CalendarFeed.objects.filter(user_id=user.pk).values_list("case_id", "pk"))


def feed_behind(token: str, *, on: dt.date) -> FeedSeen | None:
    """What the calendar at this secret address is told today.

    None for an address that never was, that was replaced or turned off, and where the person, or
    their access to that record, is gone: the caller must answer all of these alike.
    """
    hashed = feeds.fingerprint(token)
    row = CalendarFeed.objects.filter(token_hash=hashed).select_related("user").first() if hashed else None
    if row is None or not row.user.is_active:
        return None
    cases = case_queries.cases_for(row.user)
    if row.case_id is not None:
        cases = [case for case in cases if case.pk == row.case_id]
        if not cases:
            return None
    return FeedSeen(row.pk, feeds.days(open_deadlines(cases, on=on), on=on))


def deadlines_for(user: "User", *, on: dt.date) -> list[Deadline]:
    """Every open deadline in the records that this person may open today."""
    return open_deadlines(list(access.visible_to(user)), on=on)


def open_deadlines(cases: Collection["Case"], *, on: dt.date) -> list[Deadline]:
    """Every open deadline of these cases."""
    return [one for found in deadlines_by_case(cases, on=on).values() for one in found.open]
