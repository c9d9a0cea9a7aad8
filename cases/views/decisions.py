"""What CMS changes about how the money comes: the service, and the payment dates."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from cases import operations
from cases.core.roles import Permission
from cases.forms.service import NewDates, NewService
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.RECORD, FORM)
def new_service(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record that the service changed."""
    form = NewService(sent(request), on=today())
    if form.is_valid():
        try:
            operations.record_service(
                actor=request.user,
                case=case,
                type=form.cleaned_data["type"],
                from_on=form.cleaned_data["from_on"],
                entry_id=form.cleaned_data["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("The change of service is in your record."))
            return redirect("arrears:details", case_id=case.pk)
    return render(request, "cases/new_service.html", {"case": case, "here": "details", "form": form})


@case_view(Permission.RECORD, FORM)
def new_dates(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record that the payment dates changed."""
    form = NewDates(sent(request), on=today())
    if form.is_valid():
        try:
            operations.record_schedule(
                actor=request.user,
                case=case,
                frequency=form.cleaned_data["frequency"],
                first_due_on=form.cleaned_data["first_due_on"],
                entry_id=form.cleaned_data["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("The new payment dates are in your record."))
            return redirect("arrears:details", case_id=case.pk)
    return render(request, "cases/new_dates.html", {"case": case, "here": "details", "form": form})
