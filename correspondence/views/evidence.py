"""Evidence: what files the record holds, adding one, and handing one back."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import mark, say
from cms_tracker.refusal import Refusal
from cms_tracker.web import downloads, storage
from cms_tracker.web.clock import today
from cms_tracker.web.downloads import Stored
from cms_tracker.web.methods import FORM, sent
from correspondence import operations, presenters, queries
from correspondence.core.evidence import EvidenceSeen
from correspondence.forms.evidence import EvidenceForm

if TYPE_CHECKING:
    from cases.models import Case

A_PAGE = 50
LONGEST_PREVIEW = 4000  # characters of a text, on its page
NOT_THERE = mark("The file is not there, or it is not the one that was added. Nothing was handed out.")


@case_view(Permission.VIEW)
def evidence(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Every file of the record, those of payments among them, newest first."""
    rows = presenters.evidence_rows(case.pk, queries.evidence_of(case.pk), queries.payment_files(case))
    return render(
        request,
        "correspondence/evidence.html",
        {
            "case": case,
            "here": "evidence",
            "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
            "may_record": Permission.RECORD in request.rights,
        },
    )


@case_view(Permission.RECORD, FORM)
def new_evidence(
    request: CaseRequest, case: "Case", contact_id: uuid.UUID | None = None, letter_id: uuid.UUID | None = None
) -> HttpResponseBase:
    """Add a file: on its own, or with a contact or a letter."""
    belongs = _belongs(case, contact_id, letter_id)
    if (contact_id or letter_id) and not belongs.to:
        raise Http404
    # What is typed stays when the file is refused; only the file has to be chosen again.
    form = EvidenceForm(sent(request), request.FILES or None, on=today(), initial={"happened_on": belongs.on})
    if form.is_valid():
        try:
            kept = operations.add_evidence(
                actor=request.user,
                case=case,
                contact_id=contact_id,
                letter_id=letter_id,
                recorded_on=today(),
                **form.said(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("{name} is kept, as it came.", name=kept.name))
            return redirect("correspondence:evidence-file", case.pk, kept.pk)
    context = {"case": case, "here": "evidence", "form": form, "belongs": belongs}
    return render(request, "correspondence/new_evidence.html", context)


@case_view(Permission.VIEW)
def evidence_file(request: CaseRequest, case: "Case", file_id: uuid.UUID) -> HttpResponseBase:
    """One file: what it shows, what it belongs to, its fingerprint, and how the copy that may be shared looks."""
    found = _found(case, file_id)
    copy = found.copy
    is_text = copy is not None and copy.media_type == "text/plain"
    content = storage.read_kept(copy.stored_as, sha256=copy.sha256) if copy and is_text else None
    return render(
        request,
        "correspondence/evidence_file.html",
        {
            "case": case,
            "here": "evidence",
            "file": found,
            "belongs": _belongs(case, found.contact_id, found.letter_id),
            "left_out": presenters.left_out(found),
            "is_picture": copy is not None and copy.media_type.startswith("image/"),
            "text": content.decode()[:LONGEST_PREVIEW] if content else "",
            "is_long": content is not None and len(content.decode()) > LONGEST_PREVIEW,
            "may_record": Permission.RECORD in request.rights,
            "may_have_original": Permission.EXPORT in request.rights,
        },
    )


@case_view(Permission.EXPORT)
def evidence_original(request: CaseRequest, case: "Case", file_id: uuid.UUID) -> HttpResponseBase:
    """The file as it came, if it is the very file that was added: for the owner of the record alone."""
    found = _found(case, file_id)
    return downloads.original(_stored(found)) or _not_there(request, case, found)


@case_view(Permission.VIEW)
def evidence_copy(request: CaseRequest, case: "Case", file_id: uuid.UUID) -> HttpResponseBase:
    """The copy that tells no more than it shows. One that was struck out leaves the record no more."""
    found = _found(case, file_id)
    if found.struck_out is not None:
        raise Http404
    copy = found.copy
    made = Stored(found.name, copy.media_type, copy.stored_as, copy.sha256) if copy else None
    return downloads.copy(_stored(found), made) or _not_there(request, case, found)


def _found(case: "Case", file_id: uuid.UUID) -> EvidenceSeen:
    found = queries.evidence_file_of(case.pk, file_id)
    if found is None:
        raise Http404
    return found


def _belongs(case: "Case", contact_id: uuid.UUID | None, letter_id: uuid.UUID | None) -> presenters.Belonging:
    contact = queries.contact_of(case.pk, contact_id) if contact_id else None
    return presenters.belonging(case.pk, contact, queries.letter_of(case.pk, letter_id) if letter_id else None)


def _stored(found: EvidenceSeen) -> Stored:
    return Stored(found.name, found.media_type, found.stored_as, found.sha256)


def _not_there(request: CaseRequest, case: "Case", found: EvidenceSeen) -> HttpResponseBase:
    messages.error(request, say(NOT_THERE))
    return redirect(reverse("correspondence:evidence-file", args=[case.pk, found.id]))
