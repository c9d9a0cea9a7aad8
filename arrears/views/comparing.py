"""This record beside a case file that somebody handed over. Nothing of the file is stored, and nobody is looked up."""

from typing import TYPE_CHECKING

from django.http.response import HttpResponseBase
from django.shortcuts import render

from arrears import queries
from arrears.forms.comparing import OtherRecord
from arrears.presenters import comparing as presenter
from arrears.presenters.fact_links import addresses
from cases.core.facts import Perspective
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW, FORM)
def compare_records(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Ask for the file; read it in memory; show where the two records part."""
    form = OtherRecord(sent(request), request.FILES or None, reference=case.reference)
    said = None
    if form.is_valid():
        other = form.cleaned_data["record"].facts
        found = queries.compared_with(case, other, on=today())
        said = presenter.compared(
            found, mine=Perspective(case.perspective), theirs=other.perspective, pages=addresses(case.pk)
        )
    context = {"case": case, "here": "details", "form": form, "said": said, "today": today()}
    return render(request, "arrears/figure_compare.html", context)
