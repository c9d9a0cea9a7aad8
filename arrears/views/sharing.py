"""A plan's terms for the other parent: a copy under a code that works once. Nothing leads back from it."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from arrears import operations, queries
from arrears.core.plan_review import of_proposal
from arrears.core.shared_plan import NotShareableError, of_verdict
from arrears.forms.sharing import OpenSharedPlan, SharePlan
from arrears.presenters import shared_plan as words
from cases import operations as cases
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import now
from cms_tracker.web.gates import public
from cms_tracker.web.methods import FORM, PRESS, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.SHARE, FORM, fresh=True)
def share_plan(request: CaseRequest, case: "Case", proposal_id: uuid.UUID) -> HttpResponseBase:
    """Show exactly what would be shown and what it gives away; then make the code, and show it once."""
    proposal = dict(queries.proposal_terms(case.pk)).get(proposal_id)
    if proposal is None:
        raise Http404
    form = SharePlan(sent(request))
    context = {"case": case, "here": "plans", "form": form, "proposal": proposal, "proposal_id": proposal_id}
    try:
        terms = of_verdict(of_proposal(proposal))
        context |= {"lines": words.lines(terms), "meaning": words.meaning(terms)}
    except NotShareableError:
        pass  # the page says that there is nothing to share
    if form.is_valid():
        try:
            code = operations.share_plan(
                actor=request.user, case=case, proposal_id=proposal_id, at=now(), share_id=form.cleaned_data["entry"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            until = now() + cases.INVITATION_LASTS
            address = f"{settings.SITE_URL}{reverse('arrears:shared')}"
            return render(
                request,
                "arrears/shared_code.html",
                {"case": case, "here": "plans", "code": code, "until": until, "site_address": address},
            )
    return render(request, "arrears/share_plan.html", context)


@case_view(Permission.SHARE, fresh=True)
def shared_plans(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """The codes that were made. Whether one has been used is not said."""
    context = {"case": case, "here": "plans", "shares": queries.shared_plans_of(case.pk), "now": now()}
    return render(request, "arrears/shared_plans.html", context)


@case_view(Permission.SHARE, PRESS, fresh=True)
def withdraw_shared_plan(request: CaseRequest, case: "Case", share_id: uuid.UUID) -> HttpResponseBase:
    """Stop a code from working."""
    if not any(one.pk == share_id for one in queries.shared_plans_of(case.pk)):
        raise Http404
    operations.withdraw_shared_plan(actor=request.user, case=case, share_id=share_id, at=now())
    messages.success(request, _("That code does not work any more."))
    return redirect("arrears:shared-plans", case.pk)


@public(FORM)
def shared(request: HttpRequest) -> HttpResponseBase:
    """Read a plan with a code, once. Every code that does not work gets the same answer."""
    form = OpenSharedPlan(sent(request))
    if form.is_valid():
        try:
            terms = operations.open_shared_plan(code=form.cleaned_data["code"], at=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            context = {"lines": words.lines(terms), "meaning": words.meaning(terms)}
            return render(request, "arrears/shared_plan.html", context)
    return render(request, "arrears/shared.html", {"form": form})
