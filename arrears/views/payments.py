"""The ledger, and one payment."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from arrears import queries
from arrears.core.allocation import counted, counts_on
from arrears.core.arrears_split import split
from arrears.core.derived import brought_back
from arrears.core.in_force import has_dates, has_decision
from arrears.core.position import payment_uses
from arrears.core.words import ROUTES
from arrears.presenters import ledger_windows, words
from arrears.presenters import payments as ledger
from arrears.presenters.addresses import pattern
from arrears.presenters.arrears_split import sentence
from arrears.presenters.history import history
from arrears.presenters.payment_page import struck_payments, used
from cases.core.roles import Permission, Role
from cases.gate import CaseRequest, case_view
from cms_tracker.web.clock import today

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def payments(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """What fell due, what came and what is left, newest first; a page of it at a time.

    ``?page=3`` asks for a page by its number, ``?due=2025-04-03`` for the one with that date.
    """
    day = today()
    record = queries.record_of(case, on=day, known_on=day)
    log = reverse("arrears:log-payment", args=[case.pk]) + "?due={}"
    urls = ledger.Urls(pattern("arrears:payment", case.pk), pattern("arrears:working", case.pk), log)
    book = ledger.Book(record.facts, record.at, record.points, record.uses, urls)
    windows = ledger_windows.windows([on for on, _ in book.lines], on=day)
    place = _place(request, windows)
    shares = split(record.at, brought_back(record.facts))
    context = {
        "case": case,
        "here": "payments",
        "day": day,
        "at": record.at,
        "fallen_due": words.fallen_due(record.at, perspective=record.facts.perspective),
        "left": words.left(record.at),
        "told_late": sentence(shares, perspective=record.facts.perspective, is_own=request.role is Role.OWNER)
        if shares.told_late
        else "",
        "rows": ledger.rows(book, windows[place], upcoming=record.upcoming),
        "has_fees": book.has_fees,
        "is_paying": not book.is_receiving,
        "place": place,
        "window": windows[place],
        "years": ledger_windows.years(windows, place),
        "newer": windows[place - 1] if place else None,
        "older": windows[place + 1] if place + 1 < len(windows) else None,
        "history": history(record.points, on=day, perspective=record.facts.perspective, back=brought_back(record.facts))
        if place == 0
        else None,
        "struck": struck_payments(record.facts, urls) if place == 0 else (),
        "has_payments": bool(record.uses),
        "has_dates": has_decision(record.facts) and has_dates(record.facts),
    }
    return render(request, "arrears/payments.html", context)


@case_view(Permission.VIEW)
def payment(request: CaseRequest, case: "Case", payment_id: uuid.UUID) -> HttpResponseBase:
    """One payment: what it was, what it counts for, where it went, and its proof."""
    day, facts = today(), queries.facts_for(case)
    found = next((one for one in facts.payments if one.id == str(payment_id)), None)
    if found is None:
        raise Http404
    uses = next(
        (use for use in payment_uses(facts, on=day, known_on=day) if use.payment_id == found.id),
        None,
    )
    context = {
        "case": case,
        "here": "payments",
        "payment": found,
        "payment_id": payment_id,
        "day": day,
        "route": ROUTES[found.route],
        "counted": counted(found),
        "counts_on": counts_on(found),
        "uses": used(uses, facts, on=day) if uses else (),
        "proofs": queries.proofs_of(case.pk, payment_id),
        "is_paying": facts.perspective == "paying",
    }
    return render(request, "arrears/payment.html", context)


def _place(request: CaseRequest, windows: Sequence[ledger_windows.Window]) -> int:
    """Which page of the ledger is asked for; the newest where none is, or one that is not there."""
    try:
        due = dt.date.fromisoformat(request.GET.get("due", ""))
    except ValueError:
        wanted = request.GET.get("page", "")
        place = int(wanted) - 1 if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else 0
        return place if 0 <= place < len(windows) else 0
    return next((place for place, window in enumerate(windows) if window.holds(due)), 0)
