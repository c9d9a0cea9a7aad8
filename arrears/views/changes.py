"""Why what is owed changed between two days."""

from typing import TYPE_CHECKING

from django.http.response import HttpResponseBase
from django.shortcuts import render

from arrears import queries
from arrears.core.changes import explain
from arrears.forms.days import TwoDays
from arrears.presenters import payments as ledger
from arrears.presenters.addresses import pattern
from arrears.presenters.changes import View, default_days, explained, told_days
from cases.core.roles import Permission, Role
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
    form = TwoDays.read(request.GET, today=day, usual=usual)
    days, by_then = form.days, form.is_by_then
    is_own = request.role is Role.OWNER
    urls = ledger.Urls(pattern("arrears:payment", case.pk), pattern("arrears:working", case.pk))
    said = None
    if days:
        known = days if by_then else (day, day)
        change = explain(record.facts, before=(days[0], known[0]), after=(days[1], known[1]))
        said = explained(change, record.facts, view=View(*days, is_own=is_own), urls=urls)
    context = {
        "case": case,
        "here": "changes",
        "form": form,
        "days": days,
        "day": day,
        "by_then": by_then,
        "said": said,
        "has_anything": bool(record.points),
        "is_mine": is_own,
        "told": told_days(record.facts, today=day),
    }
    return render(request, "arrears/changes.html", context)
