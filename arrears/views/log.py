"""Log what came for a payment date, or that nothing did."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from arrears import operations, queries
from arrears.core.expecting import choices, expected, unlogged, usual_route
from arrears.core.in_force import has_dates, has_decision
from arrears.core.ledger import known
from arrears.core.position import position
from arrears.forms.log import LogPayment
from arrears.presenters import logged
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case

SHOWN = 12  # other dates offered; older ones are reached from the payments page


@case_view(Permission.RECORD, FORM)
def log_payment(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Ask at most four things about the payment most likely meant, or the one of ``?due=``."""
    day, facts = today(), queries.facts_for(case)
    chosen = _iso(request.POST.get("due") or request.GET.get("due") or "")
    asked = expected(facts, on=day, known_on=day, due_on=chosen)
    form = LogPayment(
        sent(request),
        request.FILES or None,
        on=day,
        perspective=facts.perspective,
        asked=asked,
        route=asked.route if asked else usual_route(known(facts, day), day),
    )
    if form.is_valid():
        try:
            messages.success(request, _save(request, case, form))
        except Refusal as refusal:
            if refusal.field == "expected":
                form.ask_again(refusal)
            else:
                form.refuse(refusal)
        else:
            return redirect("pages:today", case.pk)
    at = position(facts, on=day, known_on=day)
    context = {
        "case": case,
        "here": "payments",
        "form": form,
        "asked": asked,
        "day": day,
        "has_no_such_date": chosen is not None and asked is None,
        "others": [due for due in choices(facts, at, count=SHOWN) if asked is None or due.due_on != asked.due_on],
        "waiting": len(unlogged(facts, at)),
        "has_dates": has_decision(facts) and has_dates(facts),
        "is_paying": not form.is_receiving,
    }
    return render(request, "arrears/log_payment.html", context)


def _save(request: CaseRequest, case: "Case", form: LogPayment) -> str:
    """Write the answer and say what it did."""
    given, asked = form.cleaned_data, form.asked
    if form.nothing_came and asked is not None:
        noted = operations.note_nothing_came(
            actor=request.user,
            case=case,
            due_on=asked.due_on,
            noted_on=form.on,
            note=given["note"],
            entry_id=given["entry"],
        )
        return _with_way_back(logged.nothing(asked.due_on, asked.left), case, noted.pk)
    payment = operations.log_payment(
        actor=request.user,
        case=case,
        paid_on=form.paid_on,
        amount_pence=form.amount_pence,
        recorded_on=form.on,
        route=form.chosen_route,
        note=given["note"],
        proof=given.get("proof"),
        entry_id=given["entry"],
        shown=form.shown,
    )
    said = logged.payment(
        queries.facts_for(case), str(payment.pk), amount=payment.amount_pence, on=form.on,
        expected=asked.pay if asked else None,
    )  # fmt: skip
    return _with_way_back(said, case, payment.pk)


def _with_way_back(said: str, case: "Case", entry_id: uuid.UUID) -> str:
    """Put beside what was done the way to take it back."""
    url = reverse("pages:strike-out", args=[case.pk, entry_id])
    return format_html('{} <a href="{}">A slip? Strike it out</a>', said, url)


def _iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
