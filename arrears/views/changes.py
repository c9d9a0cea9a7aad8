"""Why what is owed changed between two days."""

import datetime as dt
from typing import TYPE_CHECKING

from django.http.response import HttpResponseBase
from django.shortcuts import render

from arrears import queries
from arrears.core.changes import explain
from arrears.forms.days import TwoDays
from arrears.presenters import payments as ledger
from arrears.presenters.addresses import pattern
from arrears.presenters.changes import default_days, explained, told_days
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.web.clock import today

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def changes(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Explain the change between ``?from=`` and ``?to=``; ``&then=on`` by what was known on each day."""
    day = today()
    record = queries.record_of(case, on=day, known_on=day)
    usual = default_days(record.facts, today=day, first=record.points[0].on if record.points else None)
    form = TwoDays(request.GET or None, today=day, initial={"from": usual[0], "to": usual[1]})
    days: tuple[dt.date, dt.date] | None = usual
    by_then = False
    if form.is_bound:
        days = None
        if form.is_valid():
            given = form.cleaned_data
            days, by_then = (given["from"], given["to"]), given["then"]
    urls = ledger.Urls(pattern("arrears:payment", case.pk), pattern("arrears:working", case.pk))
    change = None
    if days:
        known = days if by_then else (day, day)
        change = explain(record.facts, before=(days[0], known[0]), after=(days[1], known[1]))
    context = {
        "case": case,
        "here": "changes",
        "form": form,
        "days": days,
        "day": day,
        "by_then": by_then,
        "said": explained(change, record.facts, days=days, urls=urls) if change and days else None,
        "has_anything": bool(record.points),
        "is_paying": record.facts.perspective == "paying",
        "told": told_days(record.facts, today=day),
    }
    return render(request, "arrears/changes.html", context)
