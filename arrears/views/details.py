"""The case itself: what identifies it, what CMS decided, and every fact that can be struck out."""

from typing import TYPE_CHECKING

from django.http.response import HttpResponseBase
from django.shortcuts import render

from arrears import queries
from arrears.presenters import details as presenter
from cases.core import words
from cases.core.facts import AllocationRule, Nation, Perspective, Scheme
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def details(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Show the case, read-only for people who may not record."""
    found = queries.details_of(case)
    context = {
        "case": case,
        "here": "details",
        "children": found.children,
        "nation": words.NATIONS[Nation(case.nation)],
        "side": words.SIDES[Perspective(case.perspective)],
        "scheme": words.SCHEME_NAMES[Scheme(case.scheme)],
        "allocation_rule": words.ALLOCATION_RULES[AllocationRule(case.allocation_rule)],
        "facts": presenter.details(found.facts, note=case.note),
        "may_record": Permission.RECORD in request.rights,
        "may_edit": Permission.EDIT_CASE in request.rights,
        "may_export": Permission.EXPORT in request.rights,
        "may_delete": Permission.DELETE in request.rights,
    }
    return render(request, "arrears/details.html", context)
