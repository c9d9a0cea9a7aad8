"""What a person chooses for a statement: which days, as known when, and which parts of it to show."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Span(StrEnum):
    """Which days a statement is about."""

    ALL = "all"
    THIS_YEAR = "this_year"
    LAST_12_MONTHS = "last_12_months"
    CHOSEN = "chosen_days"


class PaperKind(StrEnum):
    """What a statement is: the account of a span of days, or the whole case on one page."""

    ACCOUNT = "account"
    ONE_PAGE = "one_page"


class TableKind(StrEnum):
    """A file of tables to take away: one table as text, or a workbook."""

    CSV = "csv"
    XLSX = "xlsx"


class Part(StrEnum):
    """A part of a statement beside what fell due and what came for it, which always stands there."""

    PAYMENTS = "each_payment"
    CAUSES = "why_it_changed"
    TERMS = "what_was_in_force"
    POTS = "money_apart"
    NOTES = "own_notes"


USUAL_PARTS = (Part.CAUSES, Part.TERMS, Part.POTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The choices of one statement; ``since`` None: from the beginning of the record."""

    since: dt.date | None
    until: dt.date
    known_on: dt.date
    parts: frozenset[Part]


def days_of(span: Span, *, today: dt.date) -> tuple[dt.date | None, dt.date]:
    """The first day (None: the beginning of the record) and the last day of a span that is not ``CHOSEN``.

    The last twelve months begin on the day after the same day a year ago.
    """
    if span is Span.THIS_YEAR:
        return dt.date(today.year, 1, 1), today
    if span is Span.LAST_12_MONTHS:
        day = 28 if (today.month, today.day) == (2, 29) else today.day
        return today.replace(year=today.year - 1, day=day) + dt.timedelta(days=1), today
    return None, today
