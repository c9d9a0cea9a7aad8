"""Check a repayment plan without an account: nothing is stored, and nothing stands in the address."""

import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from arrears.core.plan_effects import terms_of
from arrears.core.plan_review import of_proposal
from arrears.core.plans import PlanError
from arrears.forms.plan_check import PlanCheckForm
from arrears.presenters import plans as words
from arrears.presenters.plan_charts import chart
from arrears.presenters.plan_what_if import Effect, effects
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.gates import public
from cms_tracker.web.methods import FORM

_REMOVE = re.compile(r"remove-([123])")


@public(FORM)
def check(request: HttpRequest) -> HttpResponseBase:
    """Answer what was typed on the page itself; add or take away a plan without JavaScript."""
    on = today()
    cards: list[words.Card] = []
    tried: list[tuple[str, list[Effect]]] = []
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
        tried = _tried(form, cards)
    return render(
        request,
        "arrears/plan_check.html",
        {
            "form": form,
            "cards": cards,
            "tried": tried,
            "headline": words.headline(cards) if cards else "",
            "lede": words.lede(cards) if cards else "",
            "differences": words.differences(cards),
            "chart": chart(cards) if cards else None,
            "rule": words.two_year_rule(on),
            "share_rule": words.share_rule(on),
        },
    )


def _answers(form: PlanCheckForm) -> list[words.Card]:
    """What each plan comes to; empty, with the errors beside the fields, where one cannot be a plan."""
    cards = []
    for number, proposal in enumerate(form.proposals(), start=1):
        try:
            cards.append(words.card(of_proposal(proposal), title=proposal.label))
        except PlanError as error:
            form.refuse_plan(number, Refusal(say("This {message}.", message=error.message), field=error.field))
    return [] if form.errors else cards


def _tried(form: PlanCheckForm, cards: list[words.Card]) -> list[tuple[str, list[Effect]]]:
    """What would become of each plan if a payment were missed, or ongoing maintenance changed or ended."""
    found = []
    for one, proposal in zip(cards, form.proposals() if cards else [], strict=True):
        terms = terms_of(one.verdict, ongoing=proposal.ongoing, fee=proposal.fee or 0)
        some = effects(terms, weekly=form.cleaned_data["weekly"], ends=form.cleaned_data["ends"])
        if some:
            found.append((one.title, some))
    return found
