"""Today: what is owed in one line, the next date, and at most three things to do."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from arrears import queries as arrears
from arrears.core.activity import last_entry_on
from arrears.core.expecting import last_logged, unlogged, usual_route
from arrears.core.facts import CaseFacts, Route
from arrears.core.in_force import has_dates, has_decision
from arrears.core.results import Due, Instalment, Status
from arrears.presenters import words
from cases.core.facts import Perspective
from cases.core.notes import inferred_amounts, is_inferred
from cases.core.roles import Permission, Role
from cases.gate import CaseRequest, case_view
from cms_tracker.days import days
from cms_tracker.pages.as_of import AsOfForm
from cms_tracker.pages.next_steps import Situation, Step, choose
from cms_tracker.web.clock import today as london_today
from correspondence import queries as correspondence

if TYPE_CHECKING:
    from cases.models import Case

QUIET = 3  # instalments with nothing logged, from which the page says so


class Next(NamedTuple):
    """The next payment date: the pence to pay on it, the fee on top, and how far away it is."""

    due_on: dt.date
    amount: int
    fee: int
    when: str
    is_covered: bool

    @property
    def total(self) -> int:
        """What is to be paid on it, in pence, the fee included."""
        return self.amount + self.fee


class Todo(NamedTuple):
    """A step with its address."""

    title: str
    text: str
    url: str


@case_view(Permission.VIEW)
def today(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Where the case stands today, or on the day of ``?on=``."""
    day = london_today()
    form = AsOfForm.read(request.GET, today=day)
    on = form.day
    record = arrears.record_of(case, on=on, known_on=day)
    seen, at = record.seen, record.at
    is_now = on == day
    quiet = unlogged(seen, at)
    logged = last_logged(seen)
    quiet_since = [one for one in quiet if logged is None or one.due_on > logged]
    context = {
        "case": case,
        "here": "today",
        "form": form,
        "on": on,
        "is_now": is_now,
        "at": at,
        "headline": words.headline(at, perspective=seen.perspective, is_own=request.role is Role.OWNER),
        "made_of": words.made_of(at),
        "due_today": sum(one.outstanding for one in at.instalments if one.status is Status.DUE),
        "sums": words.adds_up(at, perspective=seen.perspective),
        "ages": [(label, amount) for label, amount in at.ageing.items() if amount],
        "next": _next(record, on=on),
        "is_paying": seen.perspective is Perspective.PAYING,
        "pays_cms": usual_route(seen, on) is Route.VIA_CMS_PAID,
        "todo": [_todo(case, step) for step in choose(_situation(case, record, quiet, logged))] if is_now else (),
        "quiet_since": quiet_since if len(quiet_since) >= QUIET else (),
        "last_logged": logged,
        "stood_on": last_entry_on(seen, on=on),
        "stated": _stated(seen, on),
        "has_anything": bool(record.points),
        "has_decision": has_decision(record.facts),
        "has_dates": has_dates(record.facts),
        "is_inferred": bool(inferred_amounts(case.note)) or _has_inferred(seen),
    }
    return render(request, "pages/today.html", context)


def _next(record: arrears.Record, *, on: dt.date) -> Next | None:
    """The next payment date: today's where it is still open, otherwise the one to come."""
    for one in record.at.instalments[-1:]:
        if one.due_on == on and one.outstanding:
            return Next(one.due_on, one.outstanding, one.fee_outstanding, "today", is_covered=False)
    if not record.upcoming:
        return None
    due: Due = record.upcoming[0]
    ahead = next((one for one in record.at.upcoming_covered if one.due_on == due.due_on), None)
    left = ahead.outstanding if ahead else due.amount
    fee = ahead.fee_outstanding if ahead else due.fee
    when = f"in {days((due.due_on - on).days)}"
    return Next(due.due_on, left or due.amount, fee, when, is_covered=not left)


def _situation(case: "Case", record: arrears.Record, quiet: Sequence[Instalment], logged: dt.date | None) -> Situation:
    seen = record.seen
    return Situation(
        perspective=seen.perspective,
        at=record.at,
        has_decision=has_decision(record.facts),
        has_dates=has_dates(record.facts),
        is_direct_pay=usual_route(seen, record.at.on) is Route.DIRECT,
        unlogged=quiet,
        last_logged=logged,
        promises=correspondence.open_promises(case.pk, on=record.at.on),
        has_figure=_stated(seen, record.at.on) is not None,
        has_plan=bool(seen.plans),
    )


def _todo(case: "Case", step: Step) -> Todo:
    return Todo(step.title, step.text, reverse(step.page, args=[case.pk, *step.args]) + step.query)


def _stated(seen: CaseFacts, on: dt.date) -> object | None:
    """The latest figure that CMS gave for a day up to ``on``."""
    found = [one for one in seen.statements if one.as_at <= on]
    return max(found, key=lambda one: (one.as_at, one.stated_on), default=None)


def _has_inferred(seen: CaseFacts) -> bool:
    notes = (
        *(one.note for one in seen.decisions),
        *(one.note for one in seen.services),
        *(one.note for one in seen.schedules),
        *(one.note for one in seen.openings),
        *(one.note for one in seen.payments),
        *(one.note for one in seen.adjustments),
    )
    return any(is_inferred(note) for note in notes)
