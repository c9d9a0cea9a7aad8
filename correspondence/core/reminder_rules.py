"""Which reminders are due on a day, and the whole text of the message. Nothing in it says what it is about."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from correspondence.core.deadlines import Deadline

#: Not at night: a telephone on the bedside table is heard by whoever lies beside it.
EARLIEST = dt.time(9)
LATEST = dt.time(20)

#: A day that was missed because nothing ran is still told of, but not for ever.
GRACE = dt.timedelta(days=7)

MOST_ATTEMPTS = 3

SUBJECT = "A reminder"
BODY = """Hello,

You asked to be reminded today.

Sign in when you can, and you will see what it is.

To stop these messages, sign in and open Reminders and calendar.
"""

#: No message that leaves this site by itself may hold one of these.
FORBIDDEN = (
    "maintenance", "cms", "arrears", "child", "court", "abuse", "letter", "parent", "payment", "deadline",
    "tribunal", "complaint", "reference", "£", "http",
)  # fmt: skip


class ReminderRule(StrEnum):
    """How long before its day a reminder is sent."""

    WEEK_BEFORE = "week_before"
    DAY_BEFORE = "day_before"


class ReminderState(StrEnum):
    """Where a reminder is. ``HANDED``: being given to the mail server, at this moment.

    ``UNSURE``: the process ended while it did, and nobody knows whether it was taken; it is not sent
    again, and the person is told on the page. ``REPLACED``: the next one, a day before, was due too.
    """

    CLAIMED = "claimed"
    HANDED = "handed"
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    REPLACED = "replaced"


_AHEAD = {ReminderRule.WEEK_BEFORE: dt.timedelta(days=7), ReminderRule.DAY_BEFORE: dt.timedelta(days=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReminder:
    """One reminder: of which deadline, by which rule, for which day. These name it for ever.

    ``replaces``: the rules whose own day has come too, and which need not be told of any more.
    """

    subject: str
    rule: ReminderRule
    due_on: dt.date
    deadline: Deadline
    replaces: tuple[ReminderRule, ...] = ()


def due(deadlines: Iterable[Deadline], *, since: dt.date, on: dt.date) -> Iterator[DueReminder]:
    """The reminders whose day has come by ``on``, in no order; those sent before are among them.

    Only of days after ``since`` (when the person asked) and after the record learnt of the deadline:
    switching reminders on, or writing down an old letter, brings no flood of messages. The one a day
    before takes the place of the one a week before once its own day has come.
    """
    for one in deadlines:
        if not one.is_open or on > one.act_on + GRACE:
            continue
        rules = [rule for rule, ahead in _AHEAD.items() if max(since, one.entered_on) < one.act_on - ahead <= on]
        if rules:
            yield DueReminder(
                subject=one.key, rule=rules[-1], due_on=one.act_on, deadline=one, replaces=tuple(rules[:-1])
            )


def is_time(at: dt.datetime) -> bool:
    """Whether a message may be sent now: by day, London's time. ``at`` is London's."""
    return EARLIEST <= at.time() < LATEST
