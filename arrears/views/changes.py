"""Why what is owed changed between two views, and the working of a decision on earlier amounts."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render

from arrears import queries
from arrears.core.arrears_split import split
from arrears.core.changes import explain
from arrears.core.derived import brought_back
from arrears.core.position import position, working
from arrears.core.results import Kind
from arrears.forms.days import TwoViews
from arrears.presenters import arrears_split, words
from arrears.presenters.changes import View, default_days, explained
from arrears.presenters.comparisons import presets
from arrears.presenters.fact_links import FactLinks, addresses
from arrears.presenters.working import lines, reach, summed
from cases.core.roles import Permission, Role
from cases.gate import CaseRequest, case_view
from cms_tracker.web.clock import today

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def changes(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Explain the change between ``?from=`` and ``?to=``, with what counts as known on each (forms/days.py)."""
    day = today()
    record = queries.record_of(case, on=day, known_on=day)
    first = record.points[0].on if record.points else None
    form = TwoViews.read(request.GET, today=day, usual=default_days(record.facts, today=day, first=first))
    views, pages = form.views, addresses(case.pk)
    is_own = request.role is Role.OWNER
    said = view = None
    if views:
        view = View(views.first, views.second, day, is_own)
        seen = (max(views.first[0], views.second[0]), views.second[1])
        links = FactLinks(record.facts, pages, seen=None if seen == (day, day) else seen)
        change = explain(record.facts, before=views.first, after=views.second)
        said = explained(change, record.facts, view=view, links=links)
    shares = split(record.at, brought_back(record.facts))
    context = {
        "case": case,
        "here": "changes",
        "form": form,
        "view": view,
        "day": day,
        "said": said,
        "has_anything": bool(record.points),
        "split": arrears_split.shown(
            shares,
            record.at,
            perspective=record.facts.perspective,
            is_own=is_own,
            links=FactLinks(record.facts, pages),
        )
        if shares.shares
        else None,
        "presets": presets(record.facts, today=day, first=first),
    }
    return render(request, "arrears/changes.html", context)


@case_view(Permission.VIEW)
def working_of(request: CaseRequest, case: "Case", decision_id: uuid.UUID) -> HttpResponseBase:
    """How a decision on earlier amounts comes to its amount, line by line, to be checked by hand.

    ``?on=`` and ``&known=`` ask for another view than today's.
    """
    day = today()
    on, known_on = _asked(request.GET.get("on"), day), _asked(request.GET.get("known"), day)
    facts = queries.facts_for(case)
    told = {Kind.INITIAL, Kind.RECALCULATION}
    at = position(facts, on=on, known_on=known_on)
    entry = next((one for one in at.others if one.fact_id == str(decision_id) and one.kind in told), None)
    if entry is None:
        raise Http404
    parts = working(facts, entry, on=on, known_on=known_on)
    context = {
        "case": case,
        "here": "changes",
        "entry": entry,
        "title": words.ENTRIES[entry.kind],
        "decision": next(one for one in facts.decisions if one.id == entry.fact_id),
        "reach": reach(entry, parts),
        "lines": lines(parts),
        "exact": summed(parts),
        "day": day,
        "known_on": known_on,
    }
    return render(request, "arrears/working_of.html", context)


def _asked(text: str | None, today: dt.date) -> dt.date:
    """A day of an address; today where it is none, or lies ahead."""
    try:
        return min(dt.date.fromisoformat(text or ""), today)
    except ValueError:
        return today
