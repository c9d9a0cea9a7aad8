"""The two notices that CMS gives before it collects, and how long each is good for: one reading of them for all.

Values only. A notice is an event of the record; what it allows is for others to say.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from arrears.core import rates
from arrears.core.event_values import Event, EventKind
from arrears.core.rate_values import Rate
from arrears.core.results import Instalment, Status
from arrears.core.schedule import nth_due, nth_month


class NoticeState(StrEnum):
    """How a notice stands."""

    NONE = "none"
    HOLDS = "holds"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice on the record: given ``on``, good up to and with ``until`` (None: no day is set).

    ``kept_from`` is the first payment of the run on time that ended it. ``rule`` gives its length.
    """

    kind: EventKind
    state: NoticeState
    rule: Rate
    on: dt.date | None = None
    until: dt.date | None = None
    kept_from: dt.date | None = None


def failure_notice(events: Sequence[Event], *, on: dt.date) -> Notice:
    """The latest notice that CMS may collect if a payment fails, and whether it is within twelve months (reg 3A).

    The anniversary itself is counted in, here as wherever the notice is read.
    """
    rule: Rate = rates.on(on).collection_notice_months
    last = latest_of([one for one in events if one.on <= on], EventKind.FAILURE_NOTICE)
    if last is None:
        return Notice(kind=EventKind.FAILURE_NOTICE, state=NoticeState.NONE, rule=rule)
    until = nth_month(last.on, int(rule.value))
    state = NoticeState.HOLDS if on <= until else NoticeState.LAPSED
    return Notice(kind=last.kind, state=state, rule=rule, on=last.on, until=until)


def arrears_notice(events: Sequence[Event], instalments: Sequence[Instalment], *, on: dt.date) -> Notice:
    """The latest arrears notice, and whether so many weeks of payments on time have ended it for new arrears.

    The weeks are counted from the first due date of a run on time; that way of counting is ours.
    """
    rule: Rate = rates.on(on).arrears_notice_weeks
    last = latest_of([one for one in events if one.on <= on], EventKind.ARREARS_NOTICE)
    if last is None:
        return Notice(kind=EventKind.ARREARS_NOTICE, state=NoticeState.NONE, rule=rule)
    weeks = dt.timedelta(weeks=int(rule.value))
    start: dt.date | None = None
    for one in sorted(instalments, key=lambda one: one.due_on):
        if one.due_on <= last.on or one.due_on > on:
            continue
        if one.status is not Status.PAID_ON_TIME:
            start = None
            continue
        start = start or one.due_on
        enough = start + weeks
        if nth_due(one.due_on, one.frequency, 1) >= enough and enough <= on:
            return Notice(
                kind=last.kind, state=NoticeState.LAPSED, rule=rule, on=last.on, until=enough, kept_from=start
            )
    return Notice(kind=last.kind, state=NoticeState.HOLDS, rule=rule, on=last.on)


def latest_of(events: Sequence[Event], *kinds: EventKind) -> Event | None:
    """The latest of these kinds; of one day the one entered last."""
    found = [(one.on, place) for place, one in enumerate(events) if one.kind in kinds]
    return events[max(found)[1]] if found else None
