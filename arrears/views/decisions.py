"""A later decision of a case: one page, a check that shows its effect, one save."""

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.forms.decisions import LaterDecision
from arrears.presenters import oddities
from cases.core import words
from cases.core.facts import Decision
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.drafts import Draft
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case

_PAGE = "decision"


@case_view(Permission.RECORD, FORM)
def new_decision(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Ask what the letter says. The first decision of a case has pages of its own."""
    if not queries.has_decision(case):
        return redirect("arrears:first-decision", case_id=case.pk)
    draft = _draft(request, case)
    form = LaterDecision(sent(request), initial=draft.shown(_PAGE), on=today())
    if form.is_valid():
        draft.keep(_PAGE, form)
        return redirect("arrears:check-decision", case_id=case.pk)
    return render(request, "arrears/new_decision.html", {"case": case, "here": "details", "form": form})


@case_view(Permission.RECORD, FORM)
def check_decision(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Show what the decision changes, by the engine, before it is saved."""
    on = today()
    draft = _draft(request, case)
    decision = _decision(draft, on=on)
    if decision is None:  # on POST: saved already by the same press
        return redirect("arrears:details" if request.method == "POST" else "arrears:new-decision", case_id=case.pk)
    refusal = None
    if request.method == "POST":
        try:
            operations.record_decision(actor=request.user, case=case, decision=decision)
        except Refusal as found:
            refusal = found.message
        else:
            draft.forget()
            messages.success(request, say("The decision is in your record."))
            return redirect("arrears:details", case_id=case.pk)
    context = {
        "case": case,
        "here": "details",
        "decision": decision,
        "reason": words.reason(decision.reason),
        "effect": queries.decision_effect(case, decision, on=on),
        "oddities": oddities.of_decision(decision, on=on),
        "refusal": refusal,
        "today": on,
    }
    return render(request, "arrears/check_decision.html", context)


def _draft(request: CaseRequest, case: "Case") -> Draft:
    return Draft(request, case.pk, "decision")


def _decision(draft: Draft, *, on: dt.date) -> Decision | None:
    """The decision as typed, read and checked again; None where it no longer holds."""
    answers = draft.answers(_PAGE)
    form = LaterDecision(answers or {}, on=on)
    if answers is None or not form.is_valid():
        return None
    found = form.cleaned_data
    return Decision(
        weekly=found["weekly"],
        effective_on=found["effective_on"],
        decided_on=found["decided_on"],
        notified_on=found["notified_on"],
        instalment=found["instalment"],
        reason=found["reason"],
        id=str(draft.entry("decision")),
    )
