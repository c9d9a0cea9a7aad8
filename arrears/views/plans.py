"""Repayment plans of a case: what CMS put in place, and what a person is thinking about."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.forms.plans import CmsPlanForm, ProposalForm
from arrears.presenters import plans as words
from cases.core.facts import Frequency
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, PRESS, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def plans(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Every plan on the record, the latest first, judged on what was owed when it began."""
    on = today()
    found = [words.cms_plan(review, reader=request.role) for review in reversed(queries.plan_reviews(case, on=on))]
    return render(
        request,
        "arrears/plans.html",
        {
            "case": case,
            "here": "plans",
            "on": on,
            "plans": found,
            "chart": words.chart([one.card for one in reversed(found)]) if found else None,
            "rule": words.two_year_rule(on),
            "may_record": Permission.RECORD in request.rights,
        },
    )


@case_view(Permission.RECORD, FORM)
def new_plan(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record a plan from CMS's letter."""
    form = CmsPlanForm(sent(request), on=today())
    if form.is_valid():
        data = form.cleaned_data
        try:
            operations.record_plan(
                actor=request.user,
                case=case,
                agreed_on=data["agreed_on"],
                first_payment_on=data["first_payment_on"],
                frequency=Frequency(data["frequency"]),
                total_pence=data["total"],
                arrears_part_pence=data["arrears_part"],
                cms_word=data["cms_word"],
                note=data["note"],
                entry_id=data["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The plan is on your record.")
            return redirect("arrears:plans", case.pk)
    return render(request, "arrears/new_plan.html", {"case": case, "here": "plans", "form": form})


@case_view(Permission.RECORD, FORM)
def compare(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Keep up to three plans and see them side by side."""
    on = today()
    form = ProposalForm(sent(request), on=on, initial=_first_guess(case, on))
    if form.is_valid() and _keep(request, case, form):
        messages.success(request, "The plan is kept.")
        return redirect("arrears:compare", case.pk)
    kept = queries.proposals_of(case.pk)
    cards = [words.card(one.verdict, title=one.label) for one in kept]
    return render(
        request,
        "arrears/compare.html",
        {
            "case": case,
            "here": "plans",
            "form": form,
            "kept": list(zip(kept, cards, strict=True)),
            "has_room": len(kept) < operations.MAX_PROPOSALS,
            "headline": words.headline(cards) if cards else "",
            "lede": words.lede(cards) if cards else "",
            "chart": words.chart(cards) if cards else None,
            "rule": words.two_year_rule(on),
            "share_rule": words.share_rule(on),
        },
    )


@case_view(Permission.RECORD, PRESS)
def remove_proposal(request: CaseRequest, case: "Case", proposal_id: uuid.UUID) -> HttpResponseBase:
    """Throw a kept plan away."""
    if not operations.remove_proposal(actor=request.user, case=case, proposal_id=proposal_id):
        raise Http404
    messages.success(request, "The plan is removed.")
    return redirect("arrears:compare", case.pk)


def _first_guess(case: "Case", on: dt.date) -> dict[str, object]:
    """What the record already knows: what is owed today."""
    return {"arrears": queries.position_of(case, on=on, known_on=on).outstanding}


def _keep(request: CaseRequest, case: "Case", form: ProposalForm) -> bool:
    """Keep the plan; False, with the reason on the form, where it is refused."""
    try:
        operations.keep_proposal(
            actor=request.user, case=case, proposal=form.proposal(), entry_id=form.cleaned_data["entry"]
        )
    except Refusal as refusal:
        form.refuse(Refusal(refusal.message, field="part" if refusal.field == "instalment" else refusal.field))
        return False
    return True
