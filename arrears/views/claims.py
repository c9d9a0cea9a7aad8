"""Claims: payments that CMS is asked to count, and what it said of each."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.core.claims import both_ways, is_only_direct_pay, window
from arrears.core.ledger import known
from arrears.core.other_facts import Claim, Step
from arrears.forms import claims as forms
from arrears.presenters import claims as words
from cases.core.facts import Perspective
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def claims(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Every claim, and the balance as CMS has it beside the balance if CMS counted what waits."""
    on, facts = today(), queries.facts_for(case)
    seen = known(facts, on)
    both = both_ways(facts, seen, on=on, known_on=on)
    context = {
        "case": case,
        "here": "payments",
        "today": on,
        "claims": words.all_shown(facts.claims, seen),
        "both": both,
        "balances": words.two_balances(both),
        "asked": sum(one.amount for one in both.waiting),
        "only_direct": is_only_direct_pay(seen),
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "arrears/claims.html", context)


@case_view(Permission.RECORD, FORM)
def new_claim(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record a payment that CMS is asked to count."""
    on = today()
    seen = known(queries.facts_for(case), on)
    form = forms.NewClaim(sent(request), on=on)
    if form.is_valid():
        data = form.cleaned_data
        fact = Claim(
            kind=data["kind"],
            paid_on=data["paid_on"],
            amount=data["amount"],
            recorded_on=on,
            what=data["what"],
            note=data["note"],
            id=str(data["entry"] or uuid.uuid4()),
        )
        try:
            key = operations.record_claim(actor=request.user, case=case, claim=fact)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("The claim is in your record. It counts when CMS says so."))
            return redirect("arrears:claim", case.pk, key)
    context = {
        "case": case,
        "here": "payments",
        "form": form,
        "is_paying": case.perspective == Perspective.PAYING,
        "meant": words.meant(window(seen)),
        "only_direct": is_only_direct_pay(seen),
        "may_record": True,
    }
    return render(request, "arrears/new_claim.html", context)


@case_view(Permission.VIEW)
def claim(request: CaseRequest, case: "Case", claim_id: uuid.UUID) -> HttpResponseBase:
    """One claim, and everything that was said about it."""
    on, facts = today(), queries.facts_for(case)
    found = next((one for one in facts.claims if one.id == str(claim_id)), None)
    if found is None:
        raise Http404
    context = {
        "case": case,
        "here": "payments",
        "today": on,
        "shown": words.shown(found, known(facts, on)),
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "arrears/claim.html", context)


@case_view(Permission.RECORD, FORM)
def claim_step(request: CaseRequest, case: "Case", claim_id: uuid.UUID) -> HttpResponseBase:
    """Record what somebody said about a claim."""
    found = next((one for one in queries.facts_for(case).claims if one.id == str(claim_id)), None)
    if found is None:
        raise Http404
    on = today()
    form = forms.ClaimStep(sent(request), on=on)
    if form.is_valid():
        data = form.cleaned_data
        step = Step(
            kind=data["kind"],
            on=data["on"],
            recorded_on=on,
            amount=data["amount"],
            note=data["note"],
            id=str(data["entry"] or uuid.uuid4()),
        )
        try:
            operations.record_step(actor=request.user, case=case, subject="claim", subject_id=claim_id, step=step)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("It is in your record."))
            return redirect("arrears:claim", case.pk, claim_id)
    context = {"case": case, "here": "payments", "form": form, "claim": found}
    return render(request, "arrears/claim_step.html", context)
