"""What can be done next: in a record, with a button for each; and for anybody who answers a few questions."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.gates import public
from cms_tracker.web.methods import FORM, PRESS, sent
from correspondence import operations, queries
from correspondence.core import next_page
from correspondence.core.next_steps import answer
from correspondence.forms.next_steps import QuestionsForm

if TYPE_CHECKING:
    from cases.models import Case
    from correspondence.core.next_steps import Action


@case_view(Permission.VIEW)
def steps(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """What is open in this case now, the most pressing first, and what is not and why."""
    on = today()
    offers = queries.offers_of(case, on=on) if Permission.WRITE_LETTERS in request.rights else ()
    found = next_page.page(
        answer(queries.snapshot_of(case, on=on)),
        sendable={one.kind.code for one in offers if not one.why_not},
        waiting={one.kind.code: one.why_not for one in offers if one.why_not},
    )
    context = {
        "case": case,
        "here": "next",
        "on": on,
        "found": found,
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "correspondence/next.html", context)


@case_view(Permission.RECORD, PRESS)
def begin(request: CaseRequest, case: "Case", number: int) -> HttpResponseBase:
    """Put one action on the list, and go on to its letter or its page."""
    try:
        action = operations.begin_step(actor=request.user, case=case, number=number, on=today())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("correspondence:next", case.pk)
    messages.success(request, say("It is on your list of days to keep: {title}.", title=action.title))
    if Permission.WRITE_LETTERS in request.rights and action.rule.letter:
        offer = queries.offer_of(case, action.rule.letter, on=today())
        if offer is not None and not offer.why_not:
            return redirect("correspondence:new-letter", case.pk, action.rule.letter)
    return _onward(case, action)


def _onward(case: "Case", action: "Action") -> HttpResponseBase:
    if action.rule.page:
        return redirect(action.rule.page, case.pk)
    return redirect("correspondence:deadlines", case.pk)


@public(FORM)
def ask(request: HttpRequest) -> HttpResponseBase:
    """Answer a few questions on the page itself. Nothing is kept, and the answers never stand in the address."""
    form = QuestionsForm(sent(request))
    found = next_page.page(answer(form.snapshot()), sendable=(), waiting={}) if form.is_valid() else None
    return render(request, "correspondence/ask_next.html", {"form": form, "found": found, "on": today()})
