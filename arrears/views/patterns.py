"""When payments came: the calendar, and the same as a file for a spreadsheet."""

import codecs
import csv
import io
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from arrears import queries
from arrears.core import patterns
from arrears.presenters import patterns as presenter
from arrears.presenters.fact_links import FactLinks, addresses
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.web.clock import today

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def pattern(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Each regular payment in a calendar, and the counts of them."""
    record = queries.record_of(case, on=today(), known_on=today())
    found = _read(record)
    context = {
        "case": case,
        "here": "payments",
        "day": record.at.on,
        "pattern": found,
        "shown": presenter.shown(
            found,
            perspective=record.facts.perspective,
            links=FactLinks(record.facts, addresses(case.pk)),
        )
        if found.cells
        else None,
        "unlogged": found.counts[patterns.Mark.NOT_LOGGED],
        "fewest": patterns.FEWEST,
        "may_export": Permission.EXPORT in request.rights,
    }
    return render(request, "arrears/pattern.html", context)


@case_view(Permission.EXPORT)
def pattern_file(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """The same payments as a comma-separated file, under a name that tells a glance nothing."""
    record = queries.record_of(case, on=today(), known_on=today())
    text = io.StringIO(newline="")
    csv.writer(text).writerows(presenter.table(_read(record), perspective=record.facts.perspective))
    # With this mark a spreadsheet reads the file as UTF-8; without it some take it for something older.
    body = codecs.BOM_UTF8 + text.getvalue().encode()
    headers = {"Content-Disposition": say('attachment; filename="calendar-{on}.csv"', on=record.at.on)}
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


def _read(record: queries.Record) -> patterns.Pattern:
    return patterns.read(record.at, noted={one.due_on for one in record.seen.observations})
