"""Money on its way through CMS: where each sum has got to, and what to ask about it."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.core import rates, transit
from arrears.core.facts import CaseFacts
from arrears.core.ledger import known
from arrears.core.transit_facts import Leg, Way
from arrears.forms.transit import NewLeg, NewSum, PayLimit
from arrears.presenters import rates as rate_words
from arrears.presenters import transit as words
from cases.core.facts import Nation, Perspective
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def transits(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Every sum on its way, the latest first."""
    on, facts = today(), queries.facts_for(case)
    found = transit.sums(known(facts, on), on=on, nation=Nation(case.nation))
    standing = {one.number for one in found}
    context = {
        "case": case,
        "here": "payments",
        "today": on,
        "sums": [words.shown(one, reference=case.reference, on=on) for one in found],
        "struck": words.lines(one for one in facts.transits if one.struck_out and one.number not in standing),
        "is_paying": facts.perspective is Perspective.PAYING,
        "fees": [
            rate_words.shown(rate, on=on)
            for rate in (rates.on(on).collection_fee_paying_parent, rates.on(on).collection_fee_receiving_parent)
        ],
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "arrears/transits.html", context)


@case_view(Permission.VIEW)
def one_transit(request: CaseRequest, case: "Case", number: int) -> HttpResponseBase:
    """One sum: each step beside what it should come to, and the note to ask with."""
    on, facts = today(), queries.facts_for(case)
    legs = _legs(facts, number)
    found = _sum(case, facts, number)
    context = {
        "case": case,
        "here": "payments",
        "today": on,
        "number": number,
        "shown": words.shown(found, reference=case.reference, on=on) if found else None,
        "legs": words.lines(legs),
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "arrears/transit.html", context)


@case_view(Permission.RECORD, FORM)
def new_transit(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record the first that anybody heard of a sum."""
    on, facts = today(), queries.facts_for(case)
    form = NewSum(sent(request), on=on, payments=words.payments(known(facts, on)))
    if form.is_valid():
        number = _saved(request, case, form, number=0, way=form.cleaned_data["way"])
        if number:
            return redirect("arrears:transit", case.pk, number)
    context = {"case": case, "here": "payments", "form": form, "is_new": True}
    return render(request, "arrears/new_transit.html", context)


@case_view(Permission.RECORD, FORM)
def next_transit(request: CaseRequest, case: "Case", number: int) -> HttpResponseBase:
    """Record a further step of a sum."""
    on, facts = today(), queries.facts_for(case)
    way = _legs(facts, number)[0].way
    found = _sum(case, facts, number)
    coming = found.next if found else None
    form = NewLeg(
        sent(request), on=on, payments=words.payments(known(facts, on)), initial={"kind": coming.kind} if coming else {}
    )
    if form.is_valid() and _saved(request, case, form, number=number, way=way):
        return redirect("arrears:transit", case.pk, number)
    context = {"case": case, "here": "payments", "form": form, "number": number, "hints": words.hints(found)}
    return render(request, "arrears/new_transit.html", context)


@case_view(Permission.VIEW)
def pay_limit(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """What an order may take from pay: ``?pay=1200&order=150``. Nothing of it is kept."""
    on = today()
    form = PayLimit(request.GET if "pay" in request.GET else None)
    found = None
    if form.is_valid():
        found = transit.deduction_limit(form.cleaned_data["pay"], form.cleaned_data["order"], on)
    context = {
        "case": case,
        "here": "payments",
        "today": on,
        "form": form,
        "limit": found,
        "rule": rate_words.shown(rates.on(on).protected_earnings_share, on=on),
    }
    return render(request, "arrears/pay_limit.html", context)


def _legs(facts: CaseFacts, number: int) -> list[Leg]:
    found = [one for one in facts.transits if one.number == number]
    if not found:
        raise Http404
    return found


def _sum(case: "Case", facts: CaseFacts, number: int) -> transit.Sum | None:
    """The sum as it stands; None where every step of it was struck out."""
    on = today()
    every = transit.sums(known(facts, on), on=on, nation=Nation(case.nation))
    return next((one for one in every if one.number == number), None)


def _saved(request: CaseRequest, case: "Case", form: NewLeg, *, number: int, way: Way) -> int:
    """Write the step; the number of its sum, or 0 where it was refused."""
    data, said = form.cleaned_data, form.amounts
    leg = Leg(
        number=number,
        kind=data["kind"],
        way=way,
        on=data["on"],
        recorded_on=today(),
        gross=said.gross,
        fee=said.fee,
        net=said.net,
        reference=data["reference"],
        payment_id=data.get("payment") or "",
        note=data["note"],
        id=str(data["entry"] or uuid.uuid4()),
    )
    try:
        row = operations.record_leg(actor=request.user, case=case, leg=leg)
    except Refusal as refusal:
        form.refuse(refusal)
        return 0
    messages.success(request, say("It is in your record. It moves no balance: a payment does that."))
    return row.number
