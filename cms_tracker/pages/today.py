"""Today: what is owed in one line, the next date, and at most three things to do."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from arrears import queries as arrears
from arrears.core.arrears_split import split
from arrears.core.derived import brought_back
from arrears.core.expecting import coming, last_logged, unlogged, usual_route
from arrears.core.facts import CaseFacts, Route
from arrears.core.in_force import has_dates, has_decision
from arrears.core.plan_coming import coming_by_plan
from arrears.core.pots import charges
from arrears.core.reporting import to_report
from arrears.core.results import CoverKind, Instalment, Kind, Position, Status
from arrears.core.settlements import to_pay, unpaid
from arrears.presenters import words
from cases.core.facts import Nation, Perspective
from cases.core.notes import inferred_amounts, is_inferred
from cases.core.roles import Permission, Role
from cases.gate import CaseRequest, case_view
from cms_tracker.days import days
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.pages.as_of import AsOfForm
from cms_tracker.pages.core.next_steps import Situation, Step, choose
from cms_tracker.web.clock import today as london_today
from correspondence import queries as correspondence
from correspondence.core.deadline_words import left
from correspondence.core.deadlines import DeadlineList, next_ones, past
from correspondence.core.reports import latest_about, told

if TYPE_CHECKING:
    from cases.models import Case

DEADLINES_SHOWN = 2
QUIET = 3  # instalments with nothing logged, from which the page says so


class Next(NamedTuple):
    """The next payment date: the pence to pay on it, the fee on top, and how far away it is.

    ``for_arrears`` is what a plan asks on the same day. ``covered`` says what covers the rest, or a
    part of it, already; empty where nothing does.
    """

    due_on: dt.date
    amount: int
    fee: int
    when: str
    is_covered: bool
    covered: str
    for_arrears: int = 0

    @property
    def total(self) -> int:
        """What is to be paid on it, in pence, the fee and the plan's part included."""
        return self.amount + self.fee + self.for_arrears


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
        "made_of": words.made_of(at, split(at, brought_back(seen)), is_last=not record.upcoming),
        "due_today": sum(one.outstanding for one in at.instalments if one.status is Status.DUE),
        "sums": words.adds_up(at, perspective=seen.perspective),
        "ages": [(label, amount) for label, amount in at.ageing.items() if amount],
        **_next_and_plan(record, Nation(case.nation)),
        "to_cms": words.owed_to_cms(at.fees_outstanding, charges(seen, on=on).left),
        "is_paying": seen.perspective is Perspective.PAYING,
        "pays_cms": usual_route(seen, on) is Route.VIA_CMS_PAID,
        **(_to_do(case, record, quiet) if is_now else {}),
        "is_own": request.role is Role.OWNER,
        "working": _working(case, at),
        "quiet_since": quiet_since if len(quiet_since) >= QUIET else (),
        "last_logged": logged,
        "stated": _stated(seen, on),
        "has_anything": bool(record.points),
        "has_decision": has_decision(record.facts),
        "has_dates": has_dates(record.facts),
        "is_inferred": bool(inferred_amounts(case.note)) or _has_inferred(seen),
    }
    return render(request, "pages/today.html", context)


def _next_and_plan(record: arrears.Record, nation: Nation) -> dict[str, object]:
    """The next payment date with what a plan asks on it; a plan's own day apart, where it is another."""
    on, due = record.at.on, _next(record)
    plan = coming_by_plan(record.seen, on=on, known_on=record.at.known_on, nation=nation)
    if plan is None:
        return {"next": due}
    if due is None:
        when = say("in {days}", days=days((plan.due_on - on).days)) if plan.due_on > on else say("today")
        due = Next(plan.due_on, 0, 0, when, is_covered=False, covered="")
    if plan.due_on != due.due_on:
        return {"next": due, "planned": plan}
    amount = 0 if due.is_covered else due.amount
    return {"next": due._replace(amount=amount, is_covered=False, for_arrears=plan.amount), "planned": plan}


def _next(record: arrears.Record) -> Next | None:
    """The next payment date: today's where it is still open, otherwise the one to come."""
    on = record.at.on
    for one in record.at.instalments[-1:]:
        if one.due_on == on and one.outstanding:
            return Next(one.due_on, one.outstanding, one.fee_outstanding, say("today"), is_covered=False, covered="")
    due = coming(record.seen, record.at)
    if due is None:
        return None
    when = say("in {days}", days=days((due.due_on - on).days))
    is_covered = bool(due.amount) and not due.outstanding
    amount = due.amount if is_covered else due.outstanding
    return Next(due.due_on, amount, due.fee_outstanding, when, is_covered, _covered(due))


def _covered(one: Instalment) -> str:
    """Say what covers a payment to come, or a part of it."""
    if one.outstanding == one.amount:
        return ""
    came = all(cover.kind is CoverKind.PAYMENT for cover in one.covers)
    by = say("what was paid ahead") if came else say("what is overpaid")
    return (
        say("Covered by {by}.", by=by)
        if not one.outstanding
        else say("The rest of {amount} is covered by {by}.", amount=pounds(one.amount), by=by)
    )


def _working(case: "Case", at: Position) -> tuple[int, str] | None:
    """The sum owed from the days before the first payment, and where it can be checked line by line."""
    one = next((one for one in at.others if one.kind is Kind.INITIAL and one.outstanding), None)
    return (one.outstanding, reverse("arrears:working", args=[case.pk, one.fact_id])) if one else None


def _to_do(case: "Case", record: arrears.Record, quiet: Sequence[Instalment]) -> dict[str, object]:
    """What can be done now, and what CMS has been told of the payments that are still short."""
    short = to_report(record.facts, record.at)
    reports = correspondence.reports_sent(case.pk) if short else []
    deadlines = correspondence.deadlines_of(case, on=record.at.on)
    situation = _situation(case, record, quiet, short, told(reports), deadlines)
    return {
        "todo": [_todo(case, step) for step in choose(situation)],
        "deadlines": [(one, left(one)) for one in next_ones(deadlines, count=DEADLINES_SHOWN)],
        "past_deadlines": past(deadlines),
        "report": latest_about(reports, [one.due_on for one in short]),
    }


def _situation(
    case: "Case",
    record: arrears.Record,
    quiet: Sequence[Instalment],
    short: Sequence[Instalment],
    reported: Collection[dt.date],
    deadlines: DeadlineList,
) -> Situation:
    seen, on = record.seen, record.at.on
    replies = correspondence.awaited_replies(case.pk, nation=Nation(case.nation), on=on)
    promises = correspondence.open_promises(case.pk, on=on)
    asked = correspondence.snapshot_of(
        case, on=on, record=record, deadlines=deadlines, promises=promises, replies=replies, told_of=reported
    )
    return Situation(
        asked=asked,
        at=record.at,
        unlogged=quiet,
        to_report=short,
        told=reported,
        promises=promises,
        unpaid_settlements=unpaid(seen.settlements, on=on),
        late_replies=[one for one in replies if one.is_late(on=on)],
        settlements_to_pay=to_pay(seen.settlements, on=on),
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
