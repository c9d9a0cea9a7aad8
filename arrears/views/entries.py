"""Money that is neither an instalment nor a payment: carried over, added or taken off by CMS."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations
from arrears.forms import entries as forms
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.RECORD, FORM)
def new_opening(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record arrears carried over from before this record."""
    form = forms.OpeningBalance(sent(request), on=today())
    if form.is_valid():
        try:
            operations.record_opening_balance(
                actor=request.user,
                case=case,
                on=form.cleaned_data["carried_on"],
                amount_pence=form.cleaned_data["amount"],
                source=form.cleaned_data["source"],
                entry_id=form.cleaned_data["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("The amount carried over is in your record."))
            return redirect("arrears:details", case_id=case.pk)
    return render(request, "arrears/new_opening.html", {"case": case, "here": "details", "form": form})


@case_view(Permission.RECORD, FORM)
def new_adjustment(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record something that CMS added or took off, known from today. ``?kind=offset`` chooses one beforehand."""
    form = forms.Adjustment(sent(request), on=today(), initial={"kind": request.GET.get("kind")})
    if form.is_valid():
        try:
            operations.record_adjustment(
                actor=request.user,
                case=case,
                kind=form.cleaned_data["kind"],
                on=form.cleaned_data["changed_on"],
                amount_pence=form.cleaned_data["amount"],
                recorded_on=today(),
                reason=form.cleaned_data["reason"],
                entry_id=form.cleaned_data["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("The change is in your record."))
            return redirect("arrears:details", case_id=case.pk)
    return render(request, "arrears/new_adjustment.html", {"case": case, "here": "details", "form": form})
