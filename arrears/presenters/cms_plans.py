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
from cms_tracker import language
from cms_tracker.days import day
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds

_GIVEN_TO = Words(
    {
        Role.OWNER: mark("you"),
        Role.HELPER: mark("the parent"),
        Role.ADVISER: mark("your client"),
        Role.VISITOR: mark("the parent"),
    }
)
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
    PlanState.NOT_STARTED: Tag(mark("Not begun yet"), "s-due", ""),
    PlanState.KEPT: Tag(mark("Kept so far"), "s-paid", "good"),
    PlanState.AT_RISK: Tag(mark("At risk: a payment is late"), "s-late", "warn"),
    PlanState.BROKEN: Tag(mark("Not kept"), "s-missed", "off"),
    PlanState.VARIED: Tag(mark("Replaced by a later plan"), "s-due", ""),
    PlanState.COMPLETED: Tag(mark("Completed"), "s-paid", "good"),
}
_ENDED_STATES = _STATES | {
    PlanState.KEPT: Tag(mark("Kept until it ended"), "s-paid", "good"),
    PlanState.AT_RISK: Tag(mark("A payment was late when it ended"), "s-late", "warn"),
    PlanState.BROKEN: Tag(mark("Not kept when it ended"), "s-missed", "off"),
}
_CHANGED = Tag(mark("Changed by CMS"), "s-due", "")
_SILENT = Tag(mark("Nothing logged yet"), "s-due", "")
_PAYMENTS = {
    PlannedState.IN_TIME: Tag(mark("In time"), "s-paid", "good"),
    PlannedState.IN_GRACE: Tag(mark("Within grace"), "s-paid", "good"),
    PlannedState.LATE: Tag(mark("Came later"), "s-late", "warn"),
    PlannedState.DUE: Tag(mark("Due today"), "s-due", ""),
    PlannedState.WAITING: Tag(mark("Late, in grace"), "s-late", "warn"),
    PlannedState.SHORT: Tag(mark("A part came"), "s-part", "off"),
    PlannedState.MISSED: Tag(mark("None came"), "s-missed", "off"),
}
_ENDED_BY = Words(
    {
        StepKind.VARIED: mark("CMS changed it on {}."),
        StepKind.COMPLETED: mark("CMS said on {} that it was complete."),
        StepKind.ENDED: mark("CMS ended it on {}."),
    }
)
# What our own judgement would be if it were as CMS says.
_SAME = {
    StepKind.BROKEN: frozenset({PlanState.BROKEN}),
    StepKind.COMPLETED: frozenset({PlanState.COMPLETED}),
}


def cms_plan(review: PlanReview, *, reader: Role) -> CmsPlan:
    """A plan on the record, in words for somebody who stands to the case like this."""
    plan = review.plan
    return CmsPlan(
        card=card(
            review.verdict,
            title=say("Plan of {first_payment_on}", first_payment_on=language.month_of_year(plan.first_payment_on)),
        ),
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
    given = say(
        "On the figure given to {given_to}, {amount} for {as_at},",
        given_to=_GIVEN_TO[reader],
        amount=pounds(one.statement.amount),
        as_at=day(one.statement.as_at),
    )
    if one.from_start:
        return say(
            "{given} the same payments would be {payments} from the start.",
            given=given,
            payments=f"{one.verdict.payments:,}",
        )
    return say(
        "{given} {payments} of the same payments would be left from then.",
        given=given,
        payments=f"{one.verdict.payments:,}",
    )


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
        ongoing = say("None fell due")
    elif one.ongoing_short:
        ongoing = say(
            "{ongoing_short} of {ongoing_due} not covered",
            ongoing_short=pounds(one.ongoing_short),
            ongoing_due=pounds(one.ongoing_due),
        )
    else:
        ongoing = say("{ongoing_due} covered", ongoing_due=pounds(one.ongoing_due))
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
            0,
            say(
                "It still counts as kept here if the rest comes by {at_risk_until} {at_risk_until_2}.",
                at_risk_until=language.weekday(at.at_risk_until),
                at_risk_until_2=day(at.at_risk_until),
            ),
        )
    if at.ended_on is not None:
        ended = _ENDED_BY[at.ended_by] if at.ended_by else say("A later plan took its place on {}.")
        found.append(ended.format(day(at.ended_on)))
    if at.completed_on is not None and at.payments_due:
        found.append(
            say(
                "By this record the last of its arrears was covered on {completed_on}.",
                completed_on=day(at.completed_on),
            )
        )
    return found


def _silent(last: dt.date | None) -> str:
    since = say("Nothing logged since {last}", last=day(last)) if last else say("No payment is logged on this record")
    return say("{since}, so nothing here can say how this plan is kept.", since=since)


def _arrears_lines(review: PlanReview) -> list[str]:
    at = review.standing
    due = say(
        "{payments_due} {part}",
        payments_due=f"{at.payments_due:,}",
        part=say("payment") if at.payments_due == 1 else say("payments"),
    )
    by = "" if at.ended_on and not _is_cut_short(review) else say(" by {stands_on}", stands_on=day(review.stands_on))
    came = min(at.arrears_paid, at.arrears_asked)
    found = [
        say(
            "{due} fell due{by}: {came} of {arrears_asked} came for the arrears.",
            due=due,
            by=by,
            came=pounds(came),
            arrears_asked=pounds(at.arrears_asked),
        )
    ]
    if at.came_ahead:
        found.append(
            say(
                "{came_ahead} more came ahead. It counts for the payments that follow.",
                came_ahead=pounds(at.came_ahead),
            )
        )
    if at.came_late:
        late = say(
            "{came_late} {part}",
            came_late=f"{at.came_late:,}",
            part=say("payment") if at.came_late == 1 else say("payments"),
        )
        found.append(say("{late} came after the days of grace. CMS could have acted then.", late=late))
    return found


def _ongoing_lines(review: PlanReview) -> list[str]:
    at = review.standing
    found = []
    if at.ongoing_short:
        found.append(say("Ongoing maintenance is short by {ongoing_short}.", ongoing_short=pounds(at.ongoing_short)))
    else:
        found.append(say("Ongoing maintenance was covered in that time."))
    if review.plan.origin is PlanOrigin.COURT_ORDER:
        found.append(
            say("A court's order covers arrears only, so ongoing maintenance does not decide whether it is kept.")
        )
    if at.fees_short:
        found.append(
            say(
                "Collection fees are short by {fees_short}. They are no part of the arrears.",
                fees_short=pounds(at.fees_short),
            )
        )
    return found


def _on_hold(at: PlanStanding) -> str:
    if at.on_hold_since is None:
        return ""
    return say(
        "A court was asked to look at it on {on_hold_since}, and no answer is on this "
        "record. What was ordered may be on hold until then. Ask CMS, or the court.",
        on_hold_since=day(at.on_hold_since),
    )


def _compared(review: PlanReview, followed: Followed | None) -> str:
    """Say what a plan changed about the one before it."""
    if followed is None or followed.verdict.payments is None or review.verdict.payments is None:
        return ""
    before = say(
        "At {arrears_part} {rates}, as before,",
        arrears_part=pounds(followed.plan.arrears_part),
        rates=RATES[followed.plan.frequency],
    )
    if followed.longer_by is None or not followed.longer_by:
        ends = followed.verdict.last_payment_on
        return say("{before} it would have ended on {ends}.", before=before, ends=day(ends)) if ends else ""
    count = abs(followed.longer_by)
    change = say(
        "{count_of} {part} {part_2}",
        count_of=f"{count:,}",
        part=say("payment") if count == 1 else say("payments"),
        part_2=say("longer") if followed.longer_by > 0 else say("shorter"),
    )
    return say(
        "{before} {payments} payments were left. This plan made it {change}.",
        before=before,
        payments=f"{followed.verdict.payments:,}",
        change=change,
    )
