"""The repayment plans that CMS, or a court, put in place, and what became of each."""

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.core.other_facts import Step
from arrears.forms.plan_terms import WhatIfForm
from arrears.forms.plans import CmsPlanForm, PlanStepForm
from arrears.presenters import cms_plans as words
from arrears.presenters.budget import kept
from arrears.presenters.plan_charts import chart
from arrears.presenters.plan_what_if import effects
from arrears.presenters.plans import offer, two_year_rule
from arrears.presenters.rates import shown
from cases.core.facts import Frequency, Perspective
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def plans(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Every plan on the record, the latest first, judged on what was owed when it began."""
    on = today()
    every = queries.plans_of(case, on=on)
    found = [words.cms_plan(review, reader=request.role) for review in reversed(every.reviews)]
    return render(
        request,
        "arrears/plans.html",
        {
            "case": case,
            "here": "plans",
            "on": on,
            "plans": found,
            "struck_out": every.struck_out,
            "offers": [offer(key, terms) for key, terms in every.offers],
            "budgets": kept(every.budgets),
            "pays": Perspective(case.perspective) is Perspective.PAYING,
            "chart": chart([one.card for one in reversed(found)]) if found else None,
            "rule": two_year_rule(on),
            "may_record": Permission.RECORD in request.rights,
        },
    )


@case_view(Permission.VIEW, FORM)
def plan(request: CaseRequest, case: "Case", plan_id: uuid.UUID) -> HttpResponseBase:
    """One plan: how it is kept, payment by payment, and what would become of it. What is tried is not kept."""
    on = today()
    found = queries.plan_of(case, plan_id, on=on)
    if found is None:
        raise Http404
    form = WhatIfForm(sent(request), on=on)
    tried: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return render(
        request,
        "arrears/plan.html",
        {
            "case": case,
            "here": "plans",
            "on": on,
            "plan": words.cms_plan(found.review, reader=request.role),
            "payments": words.payments(found.review),
            "history": words.history(found.said),
            "terms": found.terms,
            "effects": effects(found.terms, **tried) if found.terms else [],
            "form": form,
            "grace": shown(words.grace_rule(on), on=on),
            "may_record": Permission.RECORD in request.rights,
        },
    )


@case_view(Permission.RECORD, FORM)
def new_plan(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record a plan from CMS's letter; after an offer that CMS agreed to, what was offered stands in it already."""
    form = CmsPlanForm(sent(request), on=today(), initial=_as_offered(request, case))
    if form.is_valid():
        data = form.cleaned_data
        try:
            row = operations.record_plan(
                actor=request.user,
                case=case,
                agreed_on=data["agreed_on"],
                first_payment_on=data["first_payment_on"],
                frequency=Frequency(data["frequency"]),
                total_pence=data["total"],
                arrears_part_pence=data["arrears_part"],
                origin=data["origin"],
                cms_word=data["cms_word"],
                note=data["note"],
                entry_id=data["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("The plan is on your record."))
            return redirect("arrears:plan", case.pk, row.pk)
    return render(request, "arrears/new_plan.html", {"case": case, "here": "plans", "form": form})


@case_view(Permission.RECORD, FORM)
def new_step(request: CaseRequest, case: "Case", plan_id: uuid.UUID) -> HttpResponseBase:
    """Record what CMS, or a court, said of a plan."""
    on = today()
    found = queries.plan_of(case, plan_id, on=on)
    if found is None:
        raise Http404
    form = PlanStepForm(sent(request), on=on)
    if form.is_valid():
        data = form.cleaned_data
        step = Step(
            kind=data["kind"], on=data["happened_on"], recorded_on=on, note=data["note"],
            id=str(data["entry"] or uuid.uuid4()),
        )  # fmt: skip
        try:
            operations.record_step(actor=request.user, case=case, subject="plan", subject_id=plan_id, step=step)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("What was said is on your record."))
            return redirect("arrears:plan", case.pk, plan_id)
    plan_words = words.cms_plan(found.review, reader=request.role)
    return render(request, "arrears/new_step.html", {"case": case, "here": "plans", "form": form, "plan": plan_words})


def _as_offered(request: CaseRequest, case: "Case") -> dict[str, object]:
    """The terms of the offer named in the address, where it is one of this case; nothing else."""
    named = request.GET.get("offer", "")
    terms = next((one for key, one in queries.proposal_terms(case.pk) if str(key) == named), None)
    if terms is None:
        return {}
    part = terms.instalment
    if part is None and terms.total is not None:
        part = terms.total - (terms.ongoing or 0) - (terms.fee or 0)
    return {
        "agreed_on": terms.answered_on,
        "first_payment_on": terms.first_payment_on,
        "frequency": terms.frequency,
        "total": terms.total,
        "arrears_part": part,
    }
