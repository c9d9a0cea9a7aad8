"""When a request about somebody's data has to be answered, as the ICO counts it.

One month from the day it came (two more where it is complex and the person was told so). A day
that the last month does not have becomes its last day. It is counted from the request itself, or
from the day on which the person showed who they are, where they were asked to. Days on which we
waited for the person to say what they mean are added. A last day on which no office is open
becomes the next working day.

Sources: ICO, "A guide to individual rights: right of access", read on 22 November 2026; Data (Use
and Access) Act 2025, for the pause.
"""

import calendar as months
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cases.core.calendar import working_day_from
from cases.core.facts import Nation

MONTHS = 1
MORE_MONTHS_IF_COMPLEX = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days on which we waited for the person: from the day we asked to the day they answered (None: not yet)."""

    asked_on: dt.date
    answered_on: dt.date | None


def due_on(
    *,
    received_on: dt.date,
    identity_shown_on: dt.date | None = None,
    pauses: Sequence[Pause] = (),
    is_complex: bool = False,
    nation: Nation = Nation.ENGLAND,
) -> dt.date | None:
    """The last day to answer; None while we wait for the person. Raises ValueError for a day before the request."""
    begins = identity_shown_on or received_on
    if begins < received_on:
        raise ValueError("nobody shows who they are for a request that has not come")
    last = month_after(begins, MONTHS + MORE_MONTHS_IF_COMPLEX * is_complex)
    for pause in pauses:
        if pause.answered_on is None:
            return None
        last += pause.answered_on - max(pause.asked_on, begins) if pause.answered_on > begins else dt.timedelta()
    return working_day_from(last, nation=nation)


def month_after(start: dt.date, count: int) -> dt.date:
    """The same day ``count`` months later, or the last day of that month where it has no such day."""
    year, month = divmod(start.month - 1 + count, 12)
    year, month = start.year + year, month + 1
    return dt.date(year, month, min(start.day, months.monthrange(year, month)[1]))
