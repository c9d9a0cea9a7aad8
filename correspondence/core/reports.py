"""What CMS has been told: the reports of missed payments that were sent."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSent:
    """A report of missed payments that was sent: when, the due dates in it, and the day it asks a reply by."""

    letter_id: uuid.UUID
    sent_on: dt.date
    reply_by: dt.date
    due_days: frozenset[dt.date]


def told(reports: Sequence[ReportSent]) -> frozenset[dt.date]:
    """The due dates that CMS has been told of."""
    return frozenset().union(*(one.due_days for one in reports))


def latest_about(reports: Sequence[ReportSent], due_days: Collection[dt.date]) -> ReportSent | None:
    """The report sent last that has one of these due dates in it."""
    found = [one for one in reports if one.due_days.intersection(due_days)]
    return max(found, key=lambda one: (one.sent_on, one.reply_by), default=None)
