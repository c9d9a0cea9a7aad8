"""The ways to challenge CMS in a record: the question, where each matter stands, and what happened."""

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears.core.challenge_values import ChallengeStepKind
from cases.core.facts import Nation
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent
from correspondence import operations, queries
from correspondence.core.challenge_cards import cards, question_page
from correspondence.core.challenge_question import answer_numbered, answers
from correspondence.core.challenge_steps import STANDS
from correspondence.core.challenges import allowed, belongs, walk
from correspondence.core.letters.registry import title_of
from correspondence.forms.challenges import ChallengeForm, StepForm, WhichForm

if TYPE_CHECKING:
    from cases.models import Case

MOST_OFFERED = 40  # letters and contacts to choose from; the latest ones


@case_view(Permission.VIEW)
def routes(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Every matter: where it stands, what comes next, and by when."""
    on = today()
    found = cards(queries.challenges_of(case.pk), nation=Nation(case.nation), on=on, sendable=_sendable(request, case))
    context = {
        "case": case,
        "here": "deadlines",
        "on": on,
        "cards": found,
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "correspondence/routes.html", context)


@case_view(Permission.VIEW)
def which_route(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Is it the amount, or how you were treated? The answer leads to the route; nothing is stored."""
    form = WhichForm(request.GET if {"it", "asked"} & request.GET.keys() else None)
    which = form.which() if form.is_valid() else None
    context = {
        "case": case,
        "here": "deadlines",
        "form": form,
        "page": question_page(which, nation=Nation(case.nation)) if which else None,
        "examples": answers(),
        "sendable": _sendable(request, case),
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "correspondence/which_route.html", context)


@case_view(Permission.RECORD, FORM)
def new_route(request: CaseRequest, case: "Case", number: int) -> HttpResponseBase:
    """Note what is challenged, on one route or on both."""
    answer = answer_numbered(number)
    if answer is None:
        raise Http404
    form = ChallengeForm(sent(request), on=today(), answer=answer, decisions=_decisions(case))
    if form.is_valid():
        try:
            operations.begin_challenges(actor=request.user, case=case, routes=answer.routes, **form.said())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("Saved. It stands on this page, with what comes next."))
            return redirect("correspondence:routes", case.pk)
    context = {"case": case, "here": "deadlines", "form": form, "answer": answer}
    return render(request, "correspondence/new_route.html", context)


@case_view(Permission.RECORD, FORM)
def route_step(request: CaseRequest, case: "Case", challenge_id: uuid.UUID) -> HttpResponseBase:
    """Add what happened."""
    challenge = queries.challenge_of(case.pk, challenge_id)
    if challenge is None or challenge.struck_out is not None:
        raise Http404
    at = walk(challenge)
    ahead = allowed(challenge.about, at.state)
    others = [one for one in ChallengeStepKind if one not in ahead and belongs(challenge.about, one)]
    form = StepForm(
        sent(request),
        on=today(),
        ahead=ahead,
        others=others,
        chosen=request.GET.get("step", ""),
        **_on_record(case),
    )
    if form.is_valid():
        try:
            operations.add_challenge_step(actor=request.user, case=case, challenge_id=challenge.id, **form.said())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("Saved. See what comes next."))
            return redirect("correspondence:routes", case.pk)
    context = {"case": case, "here": "deadlines", "form": form, "challenge": challenge, "stands": STANDS[at.state]}
    return render(request, "correspondence/route_step.html", context)


def _sendable(request: CaseRequest, case: "Case") -> dict[str, str]:
    """The letters that this person can make now, code and title."""
    if Permission.WRITE_LETTERS not in request.rights:
        return {}
    return {offer.kind.code: offer.kind.title for offer in queries.offers_of(case, on=today()) if not offer.why_not}


def _decisions(case: "Case") -> list[tuple[str, str]]:
    """The decisions that can be chosen, the latest told first."""
    return [
        (
            one.id,
            say(
                "{weekly} a week from {effective_on}, told on {notified_on}",
                weekly=pounds(one.weekly),
                effective_on=day(one.effective_on),
                notified_on=day(one.notified_on),
            ),
        )
        for one in queries.challengeable_of(case.pk)
    ]


def _on_record(case: "Case") -> dict[str, Any]:
    """The letters and contacts that a step may have come with, the latest ones."""
    letters = [(str(one.pk), f"{title_of(one.kind)}, {day(one.dated_on)}") for one in queries.letters_of(case.pk)]
    contacts = [
        (str(one.id), f"{day(one.at_date)}: {one.title}")
        for one in queries.contacts_of(case.pk)
        if one.struck_out is None
    ]
    return {"letters": letters[:MOST_OFFERED], "contacts": contacts[:MOST_OFFERED]}
