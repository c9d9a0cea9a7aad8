"""Pages on which a person notes what became of a letter."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears.core.case_values import LetterStepKind
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import mark, say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent
from correspondence import operations, presenters, queries
from correspondence.forms.letter_steps import step_form

if TYPE_CHECKING:
    from cases.models import Case

_KINDS = {one.value.replace("_", "-"): one for one in LetterStepKind}  # as an address names them
_ASKS = {
    LetterStepKind.POSTED: (mark("When did you send it?"), mark("Save when it was sent")),
    LetterStepKind.DELIVERED: (mark("When was it delivered?"), mark("Save the delivery")),
    LetterStepKind.RETURNED: (mark("The letter came back"), mark("Save that it came back")),
    LetterStepKind.REPLY_RECEIVED: (mark("A reply came"), mark("Save the reply")),
    LetterStepKind.WITHDRAWN: (mark("It was not sent, or you took it back"), mark("Save this")),
}


@case_view(Permission.WRITE_LETTERS, FORM)
def letter_step(request: CaseRequest, case: "Case", letter_id: uuid.UUID, kind: str) -> HttpResponseBase:
    """Note one thing that happened to a letter: sent, delivered, came back, answered, taken back."""
    found = queries.letter_of(case.pk, letter_id)
    step_kind = _KINDS.get(kind)
    if found is None or step_kind is None:
        raise Http404
    is_reply = step_kind is LetterStepKind.REPLY_RECEIVED
    incoming = queries.incoming_since(case.pk, found.dated_on) if is_reply else []
    entries = presenters.entry_choices(incoming)
    named = next((one for one in incoming if str(one.id) == request.GET.get("call")), None)
    form = step_form(step_kind, sent(request), on=today(), entries=entries, reply=named)
    if form.is_valid():
        try:
            operations.record_letter_step(
                actor=request.user, case=case, letter_id=found.pk, step=form.made(), entry_id=form.cleaned_data["entry"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("Saved. It stands on your timeline."))
            return redirect("correspondence:letter", case.pk, found.pk)
    question, button = _ASKS[step_kind]
    return render(
        request,
        "correspondence/letter_step.html",
        {
            "case": case,
            "here": "letters",
            "row": presenters.letter_row(found),
            "letter": found,
            "form": form,
            "question": question,
            "button": button,
            "is_reply": is_reply,
        },
    )
