"""Pages about calls, letters, messages and meetings, and about what was promised in them."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from arrears.core.case_values import Direction, PromiseResult
from cases.core.facts import Nation
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.drafts import as_initial
from cms_tracker.web.methods import FORM, sent
from correspondence import operations, queries
from correspondence.core import chasing, promise_words
from correspondence.core.contacts import ContactSeen
from correspondence.core.letters.call_follow_up import can_be_followed_up
from correspondence.core.sending import AwaitedReply
from correspondence.forms.contacts import MOST_PROMISES, ContactForm, OutcomeForm

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.RECORD, FORM)
def new_contact(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Log a contact. "Add another promise" draws the form again with room for one more."""
    if request.method != "POST":
        return _contact_form(request, case, ContactForm(on=today()))
    rows = _rows(request)
    if "add" in request.POST:
        data = request.POST.copy()
        data["promises"] = str(rows + 1)
        # Drawn from what was typed and checked only when it is saved.
        form = ContactForm(initial=as_initial(data), on=today(), rows=min(rows + 1, MOST_PROMISES))
        return _contact_form(request, case, form)
    form = ContactForm(request.POST, request.FILES, on=today(), rows=rows)
    if form.is_valid():
        try:
            contact = operations.record_contact(actor=request.user, case=case, recorded_on=today(), **form.said())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("Saved. It stands in the log."))
            return redirect("correspondence:contact", case.pk, contact.pk)
    return _contact_form(request, case, form)


@case_view(Permission.VIEW)
def contact(request: CaseRequest, case: "Case", contact_id: uuid.UUID) -> HttpResponseBase:
    """One contact: what was said and how each promise stands today."""
    found = queries.contact_of(case.pk, contact_id)
    if found is None:
        raise Http404
    on, nation = today(), Nation(case.nation)
    promises = [
        {
            "promise": one,
            "standing": one.standing(on=on),
            "beside": promise_words.beside(one, on=on, nation=nation),
            "may_chase": chasing.may_be_chased(one, on=on),
        }
        for one in found.promises
    ]
    return render(
        request,
        "correspondence/contact.html",
        {
            "case": case,
            "here": "log",
            "contact": found,
            "promises": promises,
            "may_record": Permission.RECORD in request.rights,
            "answers": _letters_it_may_answer(request, case, found),
            "files": queries.evidence_with(case.pk, found.id),
            "add_file": "" if found.struck_out else reverse("correspondence:contact-file", args=[case.pk, found.id]),
            "may_write": Permission.WRITE_LETTERS in request.rights and can_be_followed_up(found),
        },
    )


@case_view(Permission.RECORD, FORM)
def promise_outcome(request: CaseRequest, case: "Case", promise_id: uuid.UUID) -> HttpResponseBase:
    """Say what became of a promise."""
    promise = queries.promise_of(case.pk, promise_id)
    if promise is None:
        raise Http404
    form = OutcomeForm(sent(request), on=today())
    if form.is_valid():
        said = form.cleaned_data
        try:
            operations.record_promise_outcome(
                actor=request.user,
                case=case,
                promise_id=promise.id,
                outcome=PromiseResult(said["outcome"]),
                on=said["on"],
                note=said["note"],
                entry_id=said["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            before = say(" What was noted of it before stays on the record.") if promise.noted else ""
            messages.success(request, f"Saved.{before}")
            return redirect("correspondence:contact", case.pk, promise.contact_id)
    return render(
        request,
        "correspondence/promise_outcome.html",
        {"case": case, "here": "log", "promise": promise, "standing": promise.standing(on=today()), "form": form},
    )


def _letters_it_may_answer(request: CaseRequest, case: "Case", found: ContactSeen) -> list[AwaitedReply]:
    """The letters that wait for a reply and were made by the day on which the others got in touch."""
    if found.direction is not Direction.IN or found.struck_out or Permission.WRITE_LETTERS not in request.rights:
        return []
    replies = queries.awaited_replies(case.pk, nation=Nation(case.nation), on=found.at_date)
    return [one for one in replies if one.dated_on <= found.at_date]


def _contact_form(request: CaseRequest, case: "Case", form: ContactForm) -> HttpResponseBase:
    room = form.rows < MOST_PROMISES
    return render(request, "correspondence/new_contact.html", {"case": case, "here": "log", "form": form, "room": room})


def _rows(request: CaseRequest) -> int:
    typed = request.POST.get("promises", "")
    rows = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
    return min(max(rows, 1), MOST_PROMISES)
