"""The first decision of a case, from its letter: four short pages, a check, one save."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.core import facts
from arrears.core.previews import FirstLetter
from arrears.forms.decisions import FIRST_PAGES
from arrears.presenters import oddities
from cases.core import words
from cases.core.facts import Decision, Perspective, Schedule, ServicePeriod
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import Words, mark, say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.drafts import Draft
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case

_HEADINGS = Words(
    {
        "amount": mark("What the letter says"),
        "letter": mark("When the letter came"),
        "payments": mark("How and when payments are due"),
        "before": mark("Before this decision"),
    }
)


@case_view(Permission.RECORD)
def first_decision(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Lead to the first page that has no answer yet."""
    if queries.has_decision(case):
        return redirect("arrears:new-decision", case_id=case.pk)
    draft = _draft(request, case)
    page = next((page for page in FIRST_PAGES if draft.answers(page) is None), None)
    if page is None:
        return redirect("arrears:check-first-decision", case_id=case.pk)
    return redirect("arrears:first-page", case_id=case.pk, page=page)


@case_view(Permission.RECORD, FORM)
def first_page(request: CaseRequest, case: "Case", page: str) -> HttpResponseBase:
    """Ask for one part of the letter, with what was answered before filled in."""
    if page not in FIRST_PAGES:
        raise Http404
    if queries.has_decision(case):
        return redirect("arrears:new-decision", case_id=case.pk)
    draft = _draft(request, case)
    form = FIRST_PAGES[page](sent(request), initial=draft.shown(page), on=today())
    if form.is_valid():
        draft.keep(page, form)
        return redirect("arrears:first-decision", case_id=case.pk)
    pages = list(FIRST_PAGES)
    place = pages.index(page)
    context = {
        "case": case,
        "here": "details",
        "form": form,
        "page": page,
        "heading": _HEADINGS[page],
        "number": place + 1,
        "count": len(pages),
        "before": pages[place - 1] if place else None,
        "checking": all(draft.answers(each) is not None for each in pages),
        "today": today(),
    }
    return render(request, f"arrears/first_decision/{page}.html", context)


@case_view(Permission.RECORD, FORM)
def check_first(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Show every answer and what follows from it; save all of it at once, or nothing."""
    if queries.has_decision(case):  # saved already: pressing twice, or Back after saving
        return redirect("pages:today", case_id=case.pk)
    on = today()
    draft = _draft(request, case)
    letter = _letter(draft, on=on)
    if letter is None:
        return redirect("arrears:first-decision", case_id=case.pk)
    refusal = None
    if request.method == "POST":
        try:
            operations.record_first_letter(actor=request.user, case=case, letter=letter)
        except Refusal as found:
            refusal = found
        else:
            draft.forget()
            log = say("what you pay") if case.perspective == Perspective.PAYING else say("what comes and what does not")
            messages.success(request, say("The decision is in your record. From now on, log {log}.", log=log))
            return redirect("pages:today", case_id=case.pk)
    frequency = letter.schedule.frequency
    context = {
        "case": case,
        "here": "details",
        "letter": letter,
        "effect": queries.first_effect(case, letter, on=on),
        "service": words.SERVICES[letter.service.type],
        "frequency": words.FREQUENCIES[frequency],
        "rate": words.RATES[frequency],
        "working": words.WORKINGS[frequency],
        "oddities": oddities.of_first_letter(letter, on=on),
        "refusal": refusal,
        "refused_page": "payments" if refusal and refusal.field else "before",
        "today": on,
    }
    return render(request, "arrears/first_decision/check.html", context)


def _draft(request: CaseRequest, case: "Case") -> Draft:
    return Draft(request, case.pk, "first-decision")


def _letter(draft: Draft, *, on: dt.date) -> FirstLetter | None:
    """The letter as typed, read and checked again; None where an answer is missing or no longer holds."""
    found: dict[str, Any] = {}
    for page, form_class in FIRST_PAGES.items():
        answers = draft.answers(page)
        form = form_class(answers or {}, on=on)
        if answers is None or not form.is_valid():
            draft.reopen(page)
            return None
        found |= form.cleaned_data

    def key(name: str) -> str:
        return str(draft.entry(name))

    opening = None
    if found["brought"] == "yes":
        opening = facts.OpeningBalance(
            on=found["carried_on"], amount=found["amount"], source=found["source"], id=key("opening")
        )
    return FirstLetter(
        decision=Decision(
            weekly=found["weekly"],
            effective_on=found["effective_on"],
            decided_on=found["decided_on"],
            notified_on=found["notified_on"],
            instalment=found["instalment"],
            reason="first",
            id=key("decision"),
        ),
        service=ServicePeriod(
            type=found["service"], from_on=found["service_from"] or found["effective_on"], id=key("service")
        ),
        schedule=Schedule(frequency=found["frequency"], first_due_on=found["first_due_on"], id=key("schedule")),
        opening=opening,
    )
