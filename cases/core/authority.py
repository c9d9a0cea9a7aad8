"""What a client lets an organisation or an adviser do, how they said so, and for how long."""

import calendar
import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

#: How long an authority lasts unless somebody says otherwise, by the day from which it holds. An
#: organisation's own rule and not CMS's: their leaflet on representatives names no length.
LASTS_MONTHS: dict[dt.date, int] = {dt.date(1993, 4, 5): 12}
LONGEST_MONTHS = 24


class Scope(StrEnum):
    """How far an authority goes."""

    EXPLAIN = "explain"
    ACT = "act"
    ATTORNEY = "attorney"


class Given(StrEnum):
    """How a client said so."""

    HERE = "here"
    SIGNED = "signed"
    SPOKEN = "spoken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a client said so: here, on a form that is a file of the record, or spoken on a day and heard by somebody."""

    given: Given
    said_on: dt.date | None = None
    heard_by: str = ""
    evidence_id: uuid.UUID | None = None


def usual_end(from_on: dt.date) -> dt.date:
    """The last day of an authority that begins on this day and lasts as long as is usual."""
    months = LASTS_MONTHS[max(day for day in LASTS_MONTHS if day <= max(from_on, min(LASTS_MONTHS)))]
    return months_after(from_on, months)


def latest_end(from_on: dt.date) -> dt.date:
    """The last day that can be chosen: nothing is given for good."""
    return months_after(from_on, LONGEST_MONTHS)


def months_after(day: dt.date, months: int) -> dt.date:
    """The day before the same day so many months later; the last of the month where it has no such day."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    last = calendar.monthrange(year, month)[1]
    if day.day > last:
        return dt.date(year, month, last)
    return dt.date(year, month, day.day) - dt.timedelta(days=1)
