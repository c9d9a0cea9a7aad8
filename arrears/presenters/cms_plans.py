"""A plan that CMS, or a court, put in place: how it is kept, in words and payment by payment."""

import datetime as dt
from typing import NamedTuple

from arrears.core import rates, words
from arrears.core.facts import PlanOrigin
from arrears.core.other_facts import StepKind
from arrears.core.plan_results import PlannedPayment, PlannedState, PlanStanding
from arrears.core.plan_review import Followed, PlanReview, Said, StatedVerdict
from arrears.core.rates import Rate
from arrears.core.results import PlanState
from arrears.presenters.plans import Card, Tag, card
from cases.core.roles import Role
from cases.core.words import RATES
from cms_tracker.days import day
from cms_tracker.money import pounds

_GIVEN_TO = {Role.OWNER: "you", Role.HELPER: "the parent", Role.ADVISER: "your client"}
_RECENT = 12  # payments shown at once; the earlier ones open below them


class Standing(NamedTuple):
    """How a plan is kept, on two ledgers apart."""

    tag: Tag
    lines: list[str]


class CmsPlan(NamedTuple):
    """A plan that CMS put in place: its card, CMS's own word beside ours, and what the record adds."""

    card: Card
    review: PlanReview
    cms_word: str
    origin: str
    standing: Standing
    on_hold: str
    on_figures: list[str]
    compared: str


class PaymentRow(NamedTuple):
    """One planned payment: the arrears part, and apart from it the ongoing maintenance of its time."""

    number: int
    due_on: dt.date
    asked: str
    came: str
    came_on: dt.date | None
    grace_until: dt.date
    tag: Tag
    ongoing: str


class SaidRow(NamedTuple):
    """One line of a plan's history: what was said, and what this record shows for that day."""

    on: dt.date
    what: str
    note: str
    ours: str
    differs: bool
    fact_id: str


class Payments(NamedTuple):
    """The planned payments that fell due, the latest first."""

    recent: list[PaymentRow]
    earlier: list[PaymentRow]


_STATES = {
    PlanState.NOT_STARTED: Tag("Not begun yet", "s-due", ""),
    PlanState.KEPT: Tag("Kept so far", "s-paid", "good"),
    PlanState.AT_RISK: Tag("At risk: a payment is late", "s-late", "warn"),
    PlanState.BROKEN: Tag("Not kept", "s-missed", "off"),
    PlanState.VARIED: Tag("Replaced by a later plan", "s-due", ""),
    PlanState.COMPLETED: Tag("Completed", "s-paid", "good"),
}
_ENDED_STATES = _STATES | {
    PlanState.KEPT: Tag("Kept until it ended", "s-paid", "good"),
    PlanState.AT_RISK: Tag("A payment was late when it ended", "s-late", "warn"),
    PlanState.BROKEN: Tag("Not kept when it ended", "s-missed", "off"),
}
_CHANGED = Tag("Changed by CMS", "s-due", "")
_SILENT = Tag("Nothing logged yet", "s-due", "")
_PAYMENTS = {
    PlannedState.IN_TIME: Tag("In time", "s-paid", "good"),
    PlannedState.IN_GRACE: Tag("Within grace", "s-paid", "good"),
    PlannedState.LATE: Tag("Came later", "s-late", "warn"),
    PlannedState.DUE: Tag("Due today", "s-due", ""),
    PlannedState.WAITING: Tag("Late, in grace", "s-late", "warn"),
    PlannedState.SHORT: Tag("A part came", "s-part", "off"),
    PlannedState.MISSED: Tag("None came", "s-missed", "off"),
}
_ENDED_BY = {
    StepKind.VARIED: "CMS changed it on {}.",
    StepKind.COMPLETED: "CMS said on {} that it was complete.",
    StepKind.ENDED: "CMS ended it on {}.",
}
# What our own judgement would be if it were as CMS says.
_SAME = {
    StepKind.BROKEN: frozenset({PlanState.BROKEN}),
    StepKind.COMPLETED: frozenset({PlanState.COMPLETED}),
}


def cms_plan(review: PlanReview, *, reader: Role) -> CmsPlan:
    """A plan on the record, in words for somebody who stands to the case like this."""
    plan = review.plan
    return CmsPlan(
        card=card(review.verdict, title=f"Plan of {plan.first_payment_on:%B %Y}"),
        review=review,
        cms_word=plan.cms_word,
        origin=words.PLAN_ORIGINS[plan.origin],
        standing=Standing(_tag(review), _lines(review)),
        on_hold=_on_hold(review.standing),
        on_figures=[_on_figure(one, reader) for one in review.on_figures if one.verdict.payments],
        compared=_compared(review, review.followed),
    )


def _tag(review: PlanReview) -> Tag:
    at = review.standing
    if at.state is PlanState.VARIED and at.ended_by is StepKind.VARIED:
        return _CHANGED
    if review.is_silent and at.state is PlanState.NOT_STARTED:
        return _SILENT
    return (_ENDED_STATES if at.ended_on and not _is_cut_short(review) else _STATES)[at.state]


def _is_cut_short(review: PlanReview) -> bool:
    """Say whether the record stops before the plan did."""
    ended_on = review.standing.ended_on
    return ended_on is not None and review.stands_on < ended_on


def _on_figure(one: StatedVerdict, reader: Role) -> str:
    given = (
        f"On the figure given to {_GIVEN_TO[reader]}, {pounds(one.statement.amount)} for {day(one.statement.as_at)},"
    )
    if one.from_start:
        return f"{given} the same payments would be {one.verdict.payments:,} from the start."
    return f"{given} {one.verdict.payments:,} of the same payments would be left from then."


def payments(review: PlanReview) -> Payments:
    """Each planned payment that fell due, the latest first."""
    found = [_row(one) for one in reversed(review.standing.payments)]
    return Payments(found[:_RECENT], found[_RECENT:])


def history(said: tuple[Said, ...]) -> list[SaidRow]:
    """What was said of a plan since it began, beside what this record shows for the same day."""
    return [
        SaidRow(
            on=one.step.on,
            what=words.STEPS[one.step.kind],
            note=one.step.note,
            ours=(_SILENT if one.is_silent else _STATES[one.ours.state]).word,
            differs=not one.is_silent and one.step.kind in _SAME and one.ours.state not in _SAME[one.step.kind],
            fact_id=one.step.id,
        )
        for one in said
    ]


def grace_rule(on: dt.date) -> Rate:
    """The working days of grace that tell "at risk" from "not kept", with their source."""
    rate: Rate = rates.on(on).plan_grace_working_days
    return rate


def _row(one: PlannedPayment) -> PaymentRow:
    if not one.ongoing_due:
        ongoing = "None fell due"
    elif one.ongoing_short:
        ongoing = f"{pounds(one.ongoing_short)} of {pounds(one.ongoing_due)} not covered"
    else:
        ongoing = f"{pounds(one.ongoing_due)} covered"
    return PaymentRow(
        number=one.number,
        due_on=one.due_on,
        asked=pounds(one.asked),
        came=pounds(one.came),
        came_on=one.came_on,
        grace_until=one.grace_until,
        tag=_PAYMENTS[one.state],
        ongoing=ongoing,
    )


def _lines(review: PlanReview) -> list[str]:
    """The two ledgers, one after the other, and what took the plan out of force."""
    at = review.standing
    found = [*_arrears_lines(review), *_ongoing_lines(review)] if at.payments_due else []
    if review.is_silent:
        found.append(_silent(review.last_entry_on))
    if at.at_risk_until is not None:
        found.insert(
            0, f"It still counts as kept here if the rest comes by {at.at_risk_until:%A} {day(at.at_risk_until)}."
        )
    if at.ended_on is not None:
        ended = _ENDED_BY[at.ended_by] if at.ended_by else "A later plan took its place on {}."
        found.append(ended.format(day(at.ended_on)))
    if at.completed_on is not None and at.payments_due:
        found.append(f"By this record the last of its arrears was covered on {day(at.completed_on)}.")
    return found


def _silent(last: dt.date | None) -> str:
    since = f"Nothing logged since {day(last)}" if last else "No payment is logged on this record"
    return f"{since}, so nothing here can say how this plan is kept."


def _arrears_lines(review: PlanReview) -> list[str]:
    at = review.standing
    due = f"{at.payments_due:,} {'payment' if at.payments_due == 1 else 'payments'}"
    by = "" if at.ended_on and not _is_cut_short(review) else f" by {day(review.stands_on)}"
    came = min(at.arrears_paid, at.arrears_asked)
    found = [f"{due} fell due{by}: {pounds(came)} of {pounds(at.arrears_asked)} came for the arrears."]
    if at.came_ahead:
        found.append(f"{pounds(at.came_ahead)} more came ahead. It counts for the payments that follow.")
    if at.came_late:
        late = f"{at.came_late:,} {'payment' if at.came_late == 1 else 'payments'}"
        found.append(f"{late} came after the days of grace. CMS could have acted then.")
    return found


def _ongoing_lines(review: PlanReview) -> list[str]:
    at = review.standing
    found = []
    if at.ongoing_short:
        found.append(f"Ongoing maintenance is short by {pounds(at.ongoing_short)}.")
    else:
        found.append("Ongoing maintenance was covered in that time.")
    if review.plan.origin is PlanOrigin.COURT_ORDER:
        found.append("A court's order covers arrears only, so ongoing maintenance does not decide whether it is kept.")
    if at.fees_short:
        found.append(f"Collection fees are short by {pounds(at.fees_short)}. They are no part of the arrears.")
    return found


def _on_hold(at: PlanStanding) -> str:
    if at.on_hold_since is None:
        return ""
    return (
        f"A court was asked to look at it on {day(at.on_hold_since)}, and no answer is on this record. "
        "What was ordered may be on hold until then. Ask CMS, or the court."
    )


def _compared(review: PlanReview, followed: Followed | None) -> str:
    """Say what a plan changed about the one before it."""
    if followed is None or followed.verdict.payments is None or review.verdict.payments is None:
        return ""
    before = f"At {pounds(followed.plan.arrears_part)} {RATES[followed.plan.frequency]}, as before,"
    if followed.longer_by is None or not followed.longer_by:
        ends = followed.verdict.last_payment_on
        return f"{before} it would have ended on {day(ends)}." if ends else ""
    count = abs(followed.longer_by)
    change = f"{count:,} {'payment' if count == 1 else 'payments'} {'longer' if followed.longer_by > 0 else 'shorter'}"
    return f"{before} {followed.verdict.payments:,} payments were left. This plan made it {change}."
