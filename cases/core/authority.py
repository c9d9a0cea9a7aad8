"""What a client lets an organisation or an adviser do, how they said so, and for how long."""

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
    """The day before the same day so many months later; before the next month's first day where it has none."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    for number in range(day.day, 0, -1):
        try:
            same = dt.date(year, month, number)
        except ValueError:
            continue
        return same - dt.timedelta(days=1) if number == day.day else same
    raise AssertionError("every month has a first day")
