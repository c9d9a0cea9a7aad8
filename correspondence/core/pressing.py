"""Of all the deadlines of a case, the two that a list of many cases shows: one's own, and somebody else's answer."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from cases.core import calendar
from cases.core.facts import Nation
from correspondence.core.clock_rules import Side
from correspondence.core.deadlines import Deadline, DeadlineList, Source

WORKING_DAYS = 5  # a deadline this near, or past, is a reason to act today


class Pressing(NamedTuple):
    """What presses in a case from the day asked about until the day before ``changes_on``.

    ``act_on`` is the soonest open day of one's own, overdue ones among them, and ``act_from`` the
    first day on which it is within ``WORKING_DAYS``. ``reply_on`` is the soonest day from which to
    ask where an answer is; promises are told apart elsewhere. Titles are empty where there is none.
    """

    act_title: str = ""
    act_on: dt.date | None = None
    act_from: dt.date | None = None
    reply_title: str = ""
    reply_on: dt.date | None = None
    changes_on: dt.date = dt.date.max


def pressing(found: DeadlineList, *, on: dt.date, nation: Nation) -> Pressing:
    """Read the two off the deadlines of a case on the day ``on``."""
    counted = [one for one in found.open if one.source is not Source.PROMISE]
    mine = next((one for one in counted if one.side is Side.YOURS), None)
    theirs = next((one for one in counted if one.side is Side.THEIRS), None)
    return Pressing(
        act_title=mine.title if mine else "",
        act_on=mine.act_on if mine else None,
        act_from=_within(mine, nation) if mine else None,
        reply_title=theirs.title if theirs else "",
        reply_on=theirs.act_on if theirs else None,
        changes_on=min((day for one in counted for day in _turns(one, nation) if day > on), default=dt.date.max),
    )


def _within(one: Deadline, nation: Nation) -> dt.date:
    return calendar.within(one.act_on, WORKING_DAYS, nation=nation)


def _turns(one: Deadline, nation: Nation) -> Iterator[dt.date]:
    yield one.act_on + dt.timedelta(days=1)
    if one.side is Side.YOURS:
        yield _within(one, nation)
