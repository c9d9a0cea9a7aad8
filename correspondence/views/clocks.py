"""The days to keep in a record: the list, what starts a time limit, and what became of it."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears.core.case_values import ClockKind
from cases.core import words
from cases.core.facts import Nation, Perspective
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, PRESS, sent
from correspondence import operations, queries
from correspondence.core import clock_rules
from correspondence.core.deadline_words import card
from correspondence.core.deadlines import clock_of
from correspondence.forms.clocks import ClockEndForm, ClockForm, KindForm

if TYPE_CHECKING:
    from cases.models import Case

MOST_CONTACTS = 50  # offered to choose from; the latest ones


@case_view(Permission.VIEW)
def deadlines(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Every day to keep: past, soon, later and done, the safest day first."""
    on = today()
    found = queries.deadlines_of(case, on=on)
    may_write = Permission.WRITE_LETTERS in request.rights
    offered = queries.offers_of(case, on=on) if may_write else ()
    sendable = {offer.kind.code: offer.kind.title for offer in offered if not offer.why_not}
    groups = [
        (title, [card(one, sendable=sendable) for one in group])
        for title, group in (
            (say("Past their day"), found.overdue),
            (say("Soon"), found.soon),
            (say("Later"), found.later),
        )
    ]
    context = {
        "case": case,
        "here": "deadlines",
        "on": on,
        "found": found,
        "groups": [(title, cards) for title, cards in groups if cards],
        "passed": [card(one, sendable=sendable) for one in found.passed],
        "ended": [card(one, sendable=sendable) for one in found.ended],
        "offers": queries.clock_offers(case.pk),
        "nation": words.NATIONS[Nation(case.nation)],
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "correspondence/deadlines.html", context)


@case_view(Permission.RECORD, FORM)
def choose_clock(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Choose what happened, before its days are asked for."""
    rules = clock_rules.fitting(perspective=Perspective(case.perspective), nation=Nation(case.nation))
    form = KindForm(sent(request), rules=rules)
    if form.is_valid():
        number = clock_rules.rules()[ClockKind(form.cleaned_data["kind"])].number
        return redirect("correspondence:new-deadline", case.pk, number)
    return render(request, "correspondence/choose_deadline.html", {"case": case, "here": "deadlines", "form": form})


@case_view(Permission.RECORD, FORM)
def new_clock(request: CaseRequest, case: "Case", number: int) -> HttpResponseBase:
    """Record the days that started a time limit."""
    rule = _fitting(case, number)
    contacts = [
        (str(one.id), f"{day(one.at_date)}: {one.title}")
        for one in queries.contacts_of(case.pk)[:MOST_CONTACTS]
        if one.struck_out is None
    ]
    form = ClockForm(sent(request), on=today(), rule=rule, contacts=contacts)
    if form.is_valid():
        try:
            operations.start_clock(actor=request.user, case=case, **form.said())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("Saved. The days stand in the list."))
            return redirect("correspondence:deadlines", case.pk)
    return render(
        request, "correspondence/new_deadline.html", {"case": case, "here": "deadlines", "form": form, "rule": rule}
    )


@case_view(Permission.RECORD, PRESS)
def count_letter(request: CaseRequest, case: "Case", letter_id: uuid.UUID) -> HttpResponseBase:
    """Start to count from the day a letter was sent, in one press."""
    if queries.letter_of(case.pk, letter_id) is None:
        raise Http404
    try:
        operations.count_from_letter(actor=request.user, case=case, letter_id=letter_id)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, say("Saved. The days stand in the list."))
    return redirect("correspondence:deadlines", case.pk)


@case_view(Permission.RECORD, FORM)
def end_clock(request: CaseRequest, case: "Case", clock_id: uuid.UUID) -> HttpResponseBase:
    """Say what became of a deadline."""
    clock = queries.clock_of(case.pk, clock_id)
    if clock is None or clock.struck_out is not None:
        raise Http404
    form = ClockEndForm(sent(request), on=today())
    if form.is_valid():
        try:
            operations.end_clock(actor=request.user, case=case, clock_id=clock.id, **form.said())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("Saved. It stands under Done."))
            return redirect("correspondence:deadlines", case.pk)
    context = {"case": case, "here": "deadlines", "form": form, "title": clock.rule.title, "clock": clock}
    return render(request, "correspondence/end_deadline.html", context)


@case_view(Permission.RECORD, FORM)
def end_decision_clock(request: CaseRequest, case: "Case", decision_id: uuid.UUID) -> HttpResponseBase:
    """Say what became of the time to challenge a decision."""
    decision = queries.challengeable(case.pk, decision_id)
    kind = clock_of(decision) if decision else None
    if decision is None or kind is None:
        raise Http404
    form = ClockEndForm(sent(request), on=today())
    if form.is_valid():
        try:
            operations.end_decision_clock(actor=request.user, case=case, decision=decision, **form.said())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("Saved. It stands under Done."))
            return redirect("correspondence:deadlines", case.pk)
    title = clock_rules.rules()[kind].title
    context = {"case": case, "here": "deadlines", "form": form, "title": title, "decision": decision}
    return render(request, "correspondence/end_deadline.html", context)


def _fitting(case: "Case", number: int) -> clock_rules.ClockRule:
    rule = clock_rules.numbered(number)
    fitting = clock_rules.fitting(perspective=Perspective(case.perspective), nation=Nation(case.nation))
    if rule is None or rule not in fitting:
        raise Http404
    return rule
