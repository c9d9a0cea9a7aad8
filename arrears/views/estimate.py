"""Is the weekly amount plausible? An illustration from the published rules; nothing typed is stored."""

import re
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from arrears import queries
from arrears.core.estimate.beside import beside, can_be_illustrated, decision_in_force
from arrears.core.estimate.calculation import estimate
from arrears.forms.estimate import MOST, PARENTS, EstimateForm
from arrears.presenters import estimate as words
from cases.core.facts import Scheme
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import mark
from cms_tracker.web.clock import today
from cms_tracker.web.gates import public
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case

PARENTS_HERE = (
    mark("The receiving parent of this case"),
    mark("Another receiving parent"),
    mark("A third receiving parent"),
)
_REMOVE = re.compile(r"remove-([1-8])")


@public(FORM)
def illustrate(request: HttpRequest) -> HttpResponseBase:
    """Answer what was typed on the page itself; add or take away a child without JavaScript."""
    on = today()
    form = _form(sent(request), on=on, parents=PARENTS)
    found = estimate(form.question()) if form.is_valid() else None
    context = {"form": form, "answer": words.answer(found) if found else None, "rules": words.rules(on)}
    return render(request, "arrears/estimate.html", context)


@case_view(Permission.VIEW, FORM)
def plausible(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """The same beside the decision in force on a record."""
    on = today()
    details = queries.details_of(case)
    decision = decision_in_force(details.facts, on=on)
    form = _form(sent(request), on=on, parents=PARENTS_HERE, children=min(max(len(details.children), 1), MOST))
    found = estimate(form.question()) if form.is_valid() else None
    told = None
    if decision and found:
        told = words.compared(beside(decision, found, parent=PARENTS_HERE[0], children=form.children), on=on)
    context = {
        "case": case,
        "here": "details",
        "form": form,
        "on": on,
        "decision": decision,
        "knows_scheme": can_be_illustrated(Scheme(case.scheme)),
        "answer": words.answer(found) if found else None,
        "compared": told,
        "rules": words.rules(on),
    }
    return render(request, "arrears/estimate_plausible.html", context)


def _form(typed: QueryDict | None, **known: Any) -> EstimateForm:
    """The form as sent; or unjudged, where the wish was only to add a child or to take one away."""
    wish = typed.get("do", "") if typed is not None else ""
    remove = _REMOVE.fullmatch(wish)
    if typed is None or not (remove or wish == "add"):
        return EstimateForm(typed, **known)
    known.pop("children", None)
    return EstimateForm.changed(typed, remove=int(remove[1]) if remove else None, **known)
