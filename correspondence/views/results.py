"""What came of the work on a record: the list, and one more."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent
from correspondence import operations, queries
from correspondence.forms.results import ResultForm

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def results(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Everything that changed, the latest first."""
    context = {
        "case": case,
        "here": "details",
        "results": queries.results_of(case.pk),
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "correspondence/results.html", context)


@case_view(Permission.RECORD, FORM)
def new_result(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record what changed, and what did it."""
    form = ResultForm(sent(request), on=today())
    if form.is_valid():
        try:
            operations.record_result(
                actor=request.user, case=case, result=form.result(), entry_id=form.cleaned_data["entry"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved. It stands in the list."))
            return redirect("correspondence:results", case.pk)
    return render(request, "correspondence/new_result.html", {"case": case, "here": "details", "form": form})
