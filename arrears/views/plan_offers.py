"""Plans that a person thinks about: kept side by side, put to CMS, answered."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from arrears import operations, queries
from arrears.core.case_values import Proposal, ProposalAnswer
from arrears.forms.plans import AnswerForm, ProposalForm, SentForm
from arrears.presenters import plans as words
from arrears.presenters.plan_charts import chart
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, PRESS, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.RECORD, FORM)
def compare(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Keep up to three plans and see them side by side."""
    on = today()
    form = ProposalForm(sent(request), on=on, initial=_first_guess(case, on))
    if form.is_valid() and _keep(request, case, form):
        messages.success(request, say("The plan is kept."))
        return redirect("arrears:compare", case.pk)
    kept = [words.offer(key, terms) for key, terms in queries.proposal_terms(case.pk)]
    cards = [one.card for one in kept]
    return render(
        request,
        "arrears/compare.html",
        {
            "case": case,
            "here": "plans",
            "form": form,
            "kept": kept,
            "has_room": len(kept) < operations.MAX_PROPOSALS,
            "headline": words.headline(cards) if cards else "",
            "lede": words.lede(cards) if cards else "",
            "differences": words.differences(cards),
            "chart": chart(cards) if cards else None,
            "rule": words.two_year_rule(on),
            "share_rule": words.share_rule(on),
            "shares": Permission.SHARE in request.rights,
        },
    )


@case_view(Permission.RECORD, PRESS)
def remove_proposal(request: CaseRequest, case: "Case", proposal_id: uuid.UUID) -> HttpResponseBase:
    """Throw a kept plan away."""
    if not operations.remove_proposal(actor=request.user, case=case, proposal_id=proposal_id):
        raise Http404
    messages.success(request, say("The plan is removed."))
    return redirect("arrears:compare", case.pk)


@case_view(Permission.RECORD, FORM)
def send_proposal(request: CaseRequest, case: "Case", proposal_id: uuid.UUID) -> HttpResponseBase:
    """Say on which day an offer was put to CMS. Nothing is sent from here."""
    terms = _terms(case, proposal_id)
    form = SentForm(sent(request), on=today(), initial={"sent_on": terms.sent_on or today()})
    if form.is_valid():
        try:
            operations.mark_proposal_sent(
                actor=request.user, case=case, proposal_id=proposal_id, sent_on=form.cleaned_data["sent_on"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("The day is kept. Come back when CMS answers."))
            return redirect("arrears:compare", case.pk)
    kept = words.offer(proposal_id, terms)
    return render(
        request, "arrears/send_proposal.html", {"case": case, "here": "plans", "form": form, "kept": kept}
    )  # fmt: skip


@case_view(Permission.RECORD, FORM)
def answer_proposal(request: CaseRequest, case: "Case", proposal_id: uuid.UUID) -> HttpResponseBase:
    """Say what CMS answered. Where it agreed, its letter is recorded next."""
    terms = _terms(case, proposal_id)
    form = AnswerForm(sent(request), on=today())
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        try:
            operations.record_proposal_answer(
                actor=request.user,
                case=case,
                proposal_id=proposal_id,
                answer=answer,
                answered_on=form.cleaned_data["answered_on"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if answer is ProposalAnswer.AGREED:
                messages.success(request, say("The answer is kept. Now check the plan with the letter."))
                return redirect(f"{reverse('arrears:new-plan', args=[case.pk])}?offer={proposal_id}")
            messages.success(request, say("The answer is kept. You can make another offer."))
            return redirect("arrears:compare", case.pk)
    kept = words.offer(proposal_id, terms)
    return render(
        request, "arrears/answer_proposal.html", {"case": case, "here": "plans", "form": form, "kept": kept}
    )  # fmt: skip


def _terms(case: "Case", proposal_id: uuid.UUID) -> Proposal:
    terms = dict(queries.proposal_terms(case.pk)).get(proposal_id)
    if terms is None:
        raise Http404
    return terms


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
