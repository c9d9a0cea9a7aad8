"""Their figure and mine: what CMS says is owed, beside what this record says for the same day."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.forms.figures import Figure
from arrears.presenters import figures as presenter
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def figures(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """List every figure CMS gave, newest first, each beside the record's own."""
    context = {
        "case": case,
        "here": "details",
        "figures": presenter.rows(queries.figures_of(case, known_on=today()), note=case.note),
        "may_record": Permission.RECORD in request.rights,
        "today": today(),
    }
    return render(request, "arrears/figures.html", context)


@case_view(Permission.RECORD, FORM)
def new_figure(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record a figure that CMS gave."""
    form = Figure(sent(request), on=today())
    if form.is_valid():
        try:
            operations.record_statement(
                actor=request.user,
                case=case,
                stated_on=form.cleaned_data["stated_on"],
                as_at=form.cleaned_data["as_at"],
                amount_pence=form.cleaned_data["amount"],
                source=form.cleaned_data["source"],
                entry_id=form.cleaned_data["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The figure is in your record, with yours beside it.")
            return redirect("arrears:figures", case_id=case.pk)
    return render(request, "arrears/new_figure.html", {"case": case, "here": "details", "form": form})
