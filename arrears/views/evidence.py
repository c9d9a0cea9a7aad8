"""Proof of a payment: added to it, and handed back only through this door."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.forms.proof import AddProof
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.refusal import Refusal
from cms_tracker.web import storage
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
        upload = form.cleaned_data["proof"]
        try:
            operations.add_proof(
                actor=request.user,
                case=case,
                payment_id=payment_id,
                proof=operations.Proof(upload.name, upload.content_type, upload.chunks()),
                note=form.cleaned_data["note"],
                entry_id=form.cleaned_data["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{upload.name} is kept with this payment.")
            return redirect("arrears:payment", case.pk, payment_id)
    return render(request, "arrears/proof.html", {"case": case, "here": "payments", "form": form, "payment": payment})


@case_view(Permission.VIEW)
def proof(request: CaseRequest, case: "Case", evidence_id: uuid.UUID) -> HttpResponseBase:
    """Hand a kept file back as a download that no browser runs or shows on this site."""
    kept = queries.proof_of(case.pk, evidence_id)
    if kept is None:
        raise Http404
    try:
        file = storage.open_kept(kept.stored_as)
    except FileNotFoundError as error:
        raise Http404 from error
    # Django writes the name after RFC 6266: plain, or UTF-8 and percent-encoded.
    response = FileResponse(file, as_attachment=True, filename=kept.name, content_type=kept.media_type)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Accept-Ranges"] = "none"
    return response
