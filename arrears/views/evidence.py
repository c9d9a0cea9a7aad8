"""Proof of a payment: added to it, and handed back only through this door."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.forms.proof import AddProof
from cases import queries as case_queries
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web import downloads
from cms_tracker.web.downloads import Stored
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.RECORD, FORM)
def add_proof(request: CaseRequest, case: "Case", payment_id: uuid.UUID) -> HttpResponseBase:
    """Add a file to a payment that is already logged."""
    payment = next((one for one in queries.facts_for(case).payments if one.id == str(payment_id)), None)
    if payment is None:
        raise Http404
    form = AddProof(sent(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["proof"]
        try:
            operations.add_proof(
                actor=request.user,
                case=case,
                payment_id=payment_id,
                proof=file,
                note=form.cleaned_data["note"],
                entry_id=form.cleaned_data["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("{name} is kept with this payment.", name=file.name))
            return redirect("arrears:payment", case.pk, payment_id)
    return render(request, "arrears/proof.html", {"case": case, "here": "payments", "form": form, "payment": payment})


@case_view(Permission.VIEW)
def proof(request: CaseRequest, case: "Case", evidence_id: uuid.UUID) -> HttpResponseBase:
    """Hand a kept file back: to the owner as it came, to those who help the copy that tells no more than it shows."""
    kept = queries.proof_of(case.pk, evidence_id)
    if kept is None:
        raise Http404
    file = Stored(kept.name, kept.media_type, kept.stored_as, kept.sha256)
    if Permission.EXPORT in request.rights:
        answer = downloads.original(file)
    else:
        made = case_queries.shared_copy_of(case.pk, kept.sha256)
        answer = downloads.copy(file, Stored(kept.name, made.media_type, made.stored_as, made.sha256) if made else None)
    if answer is None:
        raise Http404
    return answer
