"""Money that is not arrears: each pot apart, what was taken off or set off, and how to answer a write-off."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.core import orders, pots, rates
from arrears.core.claims import both_ways
from arrears.core.facts import AdjustmentKind
from arrears.core.ledger import known
from arrears.core.other_facts import OtherMoney
from arrears.core.position import position
from arrears.forms.other_money import NewOtherMoney, NoticeDay
from arrears.presenters import orders as order_words
from arrears.presenters import other_money as words
from arrears.presenters import rates as rate_words
from arrears.presenters import settlements as settlement_words
from cases.core.facts import Perspective, Scheme
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def other_money(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Each pot with its own sum, and the ways in which arrears can change without a payment."""
    on, facts = today(), queries.facts_for(case)
    seen = known(facts, on)
    both = both_ways(facts, seen, on=on, known_on=on)
    found = pots.pots(seen, both.now)
    context = {
        "case": case,
        "here": "payments",
        "today": on,
        "at": both.now,
        "both": both,
        "pots": found,
        "is_paying": facts.perspective is Perspective.PAYING,
        "charge_lines": words.charge_lines(found.charges),
        "consolatory_lines": words.consolatory_lines(found),
        "struck": words.struck_lines(facts),
        "charge_rate": rate_words.shown(rates.on(on).scale("enforcement_charge"), on=on),
        "fee_rate": rate_words.shown(found.fees.rate, on=on),
        "usual": words.usual(pots.usual_charges(on)),
        "orders": [
            (one, None if one.struck_out else order_words.shown(orders.check(facts, one, on=on, known_on=on)))
            for one in facts.orders
        ],
        "settlements": settlement_words.all_shown(facts.settlements, seen.settlements, on=on),
        "claims": len(facts.claims),
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "arrears/pots.html", context)


@case_view(Permission.RECORD, FORM)
def new_other_money(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record a charge, or what CMS paid for its own mistake."""
    on = today()
    form = NewOtherMoney(sent(request), on=on)
    if form.is_valid():
        data = form.cleaned_data
        fact = OtherMoney(
            kind=data["kind"],
            on=data["day"],
            amount=data["amount"],
            recorded_on=on,
            reason=data["reason"],
            id=str(data["entry"] or uuid.uuid4()),
        )
        try:
            operations.record_fact(actor=request.user, case=case, fact=fact)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("It is in your record, apart from the arrears."))
            return redirect("arrears:other-money", case.pk)
    context = {"case": case, "here": "payments", "form": form}
    context["rate"] = rate_words.shown(rates.on(on).scale("enforcement_charge"), on=on)
    return render(request, "arrears/pots_new.html", context)


@case_view(Permission.VIEW)
def taken_off(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Overpaid, set off, written off: what each means, who decides, and what this record has of it.

    ``?got_d=22&got_m=2&got_y=2026`` asks by when a notice that came that day is to be answered.
    """
    on, facts = today(), queries.facts_for(case)
    form = NoticeDay(request.GET if "got_d" in request.GET else None, on=on)
    asked = form.cleaned_data["got"] if form.is_valid() else None
    scheme = Scheme(case.scheme)
    seen = known(facts, on)
    context = {
        "case": case,
        "here": "payments",
        "today": on,
        "form": form,
        "got": asked,
        "answer_by": pots.answer_write_off_by(asked, scheme=scheme)[0] if asked else None,
        "notice_rule": rate_words.shown(pots.answer_write_off_by(on, scheme=scheme)[1], on=on),
        "notice_days": pots.answer_write_off_by(on, scheme=scheme)[1].number,
        "small_debt": rate_words.shown(rates.on(on).small_debt_below, on=on),
        "is_2012": scheme is Scheme.CMS_2012,
        "at": position(facts, on=on, known_on=on),
        "offsets": [one for one in seen.adjustments if one.kind is AdjustmentKind.OFFSET],
        "write_offs": [one for one in seen.adjustments if one.kind is AdjustmentKind.WRITE_OFF],
        "is_paying": facts.perspective is Perspective.PAYING,
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "arrears/pots_taken_off.html", context)
