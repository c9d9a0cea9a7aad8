"""Check a repayment plan without an account: nothing is stored, and nothing stands in the address."""

import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from arrears.core.plans import PlanError
from arrears.core.plans import check as check_plan
from arrears.core.results import PlanVerdict
from arrears.forms.plans import PlanCheckForm, Proposed
from arrears.presenters import plans as words
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.gates import public

_REMOVE = re.compile(r"remove-([123])")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponseBase:
    """Answer what was typed on the page itself; add or take away a plan without JavaScript."""
    on = today()
    cards: list[words.Card] = []
    wish = request.POST.get("do", "")
    if request.method != "POST":
        form = PlanCheckForm(on=on)
    elif wish == "add":
        form = PlanCheckForm.changed(request.POST, on=on)
    elif found := _REMOVE.fullmatch(wish):
        form = PlanCheckForm.changed(request.POST, on=on, remove=int(found[1]))
    else:
        form = PlanCheckForm(request.POST, on=on)
        cards = _answers(form) if form.is_valid() else []
    return render(
        request,
        "arrears/plan_check.html",
        {
            "form": form,
            "cards": cards,
            "headline": words.headline(cards) if cards else "",
            "lede": words.lede(cards) if cards else "",
            "chart": words.chart(cards) if cards else None,
            "rule": words.two_year_rule(on),
            "share_rule": words.share_rule(on),
        },
    )


def _answers(form: PlanCheckForm) -> list[words.Card]:
    """What each plan comes to; empty, with the errors beside the fields, where one cannot be a plan."""
    cards = []
    for proposal in form.proposals():
        try:
            verdict = _verdict(proposal)
        except PlanError as error:
            form.refuse_plan(proposal.number, Refusal(f"This {error.message}.", field=error.field))
        else:
            cards.append(words.card(verdict, title=f"Plan {proposal.number}"))
    return [] if form.errors else cards


def _verdict(proposal: Proposed) -> PlanVerdict:
    return check_plan(
        arrears=proposal.arrears,
        first_payment_on=proposal.first_payment_on,
        frequency=proposal.frequency,
        instalment=proposal.arrears_part,
        total=proposal.total,
        ongoing=proposal.ongoing,
        fee=proposal.fee,
        review_on=proposal.review_on,
        net_income=proposal.net_income,
    )
