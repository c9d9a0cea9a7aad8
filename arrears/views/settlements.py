"""Part payment in full and final settlement: the offer, what came of it, and a page that asks once more."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.core import settlements as core
from arrears.core.facts import CaseFacts
from arrears.core.ledger import known
from arrears.core.other_facts import Settlement, Step, StepKind
from arrears.forms import settlements as forms
from arrears.presenters import settlements as words
from cases.core.facts import Perspective
from cases.core.roles import Permission, Role
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.drafts import Draft
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case

_PAGE = "step"


@case_view(Permission.RECORD, FORM)
def new_settlement(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record an offer to take a part and let the rest go. Nothing is given up by it."""
    on = today()
    owed = queries.position_of(case, on=on, known_on=on).outstanding
    form = forms.NewSettlement(sent(request), on=on, initial={"arrears": owed} if owed else {})
    if form.is_valid():
        data = form.cleaned_data
        fact = Settlement(
            offered_on=data["offered_on"],
            arrears=data["arrears"],
            amount=data["amount"],
            pay_by=data["pay_by"],
            recorded_on=on,
            note=data["note"],
            id=str(data["entry"] or uuid.uuid4()),
        )
        try:
            key = operations.record_fact(actor=request.user, case=case, fact=fact)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("The offer is in your record. Nothing is given up by that."))
            return redirect("arrears:settlement", case.pk, key)
    return render(
        request, "arrears/new_settlement.html", {"case": case, "here": "payments", "form": form, "owed": owed, "on": on}
    )


@case_view(Permission.VIEW)
def settlement(request: CaseRequest, case: "Case", settlement_id: uuid.UUID) -> HttpResponseBase:
    """One settlement: what it gives up, how it stands, and what was said."""
    on, facts = today(), queries.facts_for(case)
    found = _find(facts, settlement_id)
    seen = next((one for one in known(facts, on).settlements if one.id == found.id), found)
    context = {
        "case": case,
        "here": "payments",
        "today": on,
        "shown": words.shown(found, known=seen, on=on),
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "arrears/settlement.html", context)


@case_view(Permission.RECORD, FORM)
def settlement_step(request: CaseRequest, case: "Case", settlement_id: uuid.UUID) -> HttpResponseBase:
    """Record what came of a settlement. What gives money up is asked about once more first."""
    on, found = today(), _find(queries.facts_for(case), settlement_id)
    draft = _draft(request, case, settlement_id)
    form = forms.SettlementStep(sent(request), on=on, initial=draft.shown(_PAGE))
    if form.is_valid():
        step = _step(form, found, on=on, key=form.cleaned_data["entry"] or uuid.uuid4())
        if step.kind in forms.ASKED_ONCE_MORE:
            draft.reopen(_PAGE)
            draft.keep(_PAGE, form)
            return redirect("arrears:check-settlement", case.pk, settlement_id)
        try:
            _record(request, case, settlement_id, step)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            draft.forget()
            messages.success(request, say("It is in your record."))
            return redirect("arrears:settlement", case.pk, settlement_id)
    context = {"case": case, "here": "payments", "form": form, "settlement": found}
    return render(request, "arrears/settlement_step.html", context)


@case_view(Permission.RECORD, FORM)
def check_settlement(request: CaseRequest, case: "Case", settlement_id: uuid.UUID) -> HttpResponseBase:
    """Say in pounds what is given up, and record it only from this page, once it has been read.

    The page hands out a key with the figures that it shows. A form that comes without it, or with
    that of other figures, is refused: nobody has read what it would do.
    """
    on, facts = today(), queries.facts_for(case)
    found = _find(facts, settlement_id)
    draft = _draft(request, case, settlement_id)
    step = _drafted(draft, found, on=on)
    if step is None:  # on POST: recorded already by the same press, or this page was never asked for
        page = "arrears:settlement" if request.method == "POST" else "arrears:settlement-step"
        return redirect(page, case.pk, settlement_id)
    before = core.before_agreeing(facts, found, step, on=on)
    key = f"{draft.entry('read')}:{step.kind}:{before.owed_before}:{before.given_up}"
    side, is_own = Perspective(case.perspective), request.role is Role.OWNER
    form_of = forms.GivenUpByMe if is_own and side is Perspective.RECEIVING else forms.GivenUp
    form = form_of(sent(request))
    if form.is_valid():
        try:
            if form.cleaned_data["read"] != key:
                raise Refusal(say("This page was not read yet, or its figures have changed. Read it, then press."))
            _record(request, case, settlement_id, _said(step, form.cleaned_data["words"]))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            draft.forget()
            messages.success(request, say("It is in your record."))
            return redirect("arrears:settlement", case.pk, settlement_id)
    context = {
        "case": case,
        "here": "payments",
        "form": form,
        "key": key,
        "settlement": found,
        "before": before,
        "warned": words.warned(before, step.kind, perspective=side, is_own=is_own),
    }
    return render(request, "arrears/settlement_check.html", context)


def _find(facts: CaseFacts, settlement_id: uuid.UUID) -> Settlement:
    found = next((one for one in facts.settlements if one.id == str(settlement_id)), None)
    if found is None:
        raise Http404
    return found


def _draft(request: CaseRequest, case: "Case", settlement_id: uuid.UUID) -> Draft:
    return Draft(request, case.pk, "settlement", settlement_id)


def _step(form: forms.SettlementStep, of: Settlement, *, on: dt.date, key: uuid.UUID) -> Step:
    """What a checked form says, its amount filled in where it is the usual one."""
    data = form.cleaned_data
    kind: StepKind = data["kind"]
    return Step(
        kind=kind,
        on=data["on"],
        recorded_on=on,
        amount=data["amount"] or core.usual_amount(of, kind),
        note=data["note"],
        id=str(key),
    )


def _drafted(draft: Draft, of: Settlement, *, on: dt.date) -> Step | None:
    """The step as typed, read and checked again; None where there is none, or none to ask about."""
    answers = draft.answers(_PAGE)
    form = forms.SettlementStep(answers or {}, on=on)
    if answers is None or not form.is_valid() or form.cleaned_data["kind"] not in forms.ASKED_ONCE_MORE:
        return None
    return _step(form, of, on=on, key=draft.entry("step"))


def _said(step: Step, words: str) -> Step:
    """The step with the receiving parent's own words before what the letter says."""
    return replace(step, note="\n".join(part for part in (words, step.note) if part))


def _record(request: CaseRequest, case: "Case", settlement_id: uuid.UUID, step: Step) -> None:
    operations.record_step(actor=request.user, case=case, subject="settlement", subject_id=settlement_id, step=step)
