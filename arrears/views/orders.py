"""Liability orders: each a sum for a period, beside the ledger's own figure for it."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.core.ledger import known
from arrears.core.orders import check
from arrears.core.other_facts import LiabilityOrder
from arrears.forms.orders import NewOrder
from arrears.presenters import orders as words
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.RECORD, FORM)
def new_order(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record a liability order. It moves no figure."""
    form = NewOrder(sent(request), on=today())
    if form.is_valid():
        data = form.cleaned_data
        fact = LiabilityOrder(
            granted_on=data["granted_on"],
            from_on=data["from_on"],
            to_on=data["to_on"],
            amount=data["amount"],
            applied_on=data["applied_on"],
            court=data["court"],
            reference=data["reference"],
            id=str(data["entry"] or uuid.uuid4()),
        )
        try:
            key = operations.record_fact(actor=request.user, case=case, fact=fact)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("The order is in your record, with your own figure beside it."))
            return redirect("arrears:order", case.pk, key)
    return render(request, "arrears/new_order.html", {"case": case, "here": "payments", "form": form})


@case_view(Permission.VIEW)
def order(request: CaseRequest, case: "Case", order_id: uuid.UUID) -> HttpResponseBase:
    """One order beside the record: for its period on its day, and what is left of it today."""
    on, facts = today(), queries.facts_for(case)
    found = next((one for one in facts.orders if one.id == str(order_id)), None)
    if found is None:
        raise Http404
    context = {
        "case": case,
        "here": "payments",
        "today": on,
        "order": found,
        "shown": words.shown(check(facts, found, on=on, known_on=on)),
        "carried": [one for one in known(facts, on).openings if found.from_on <= one.on <= found.to_on],
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "arrears/order.html", context)
