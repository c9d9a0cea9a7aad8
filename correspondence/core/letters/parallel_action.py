"""Further action beside a repayment plan: the receiving parent asks for it, the paying parent complains of it.

Such action is possible but not routine: CMS and the Independent Case Examiner have said that none is
taken while a plan is kept (Parliamentary and Health Service Ombudsman, P-002456). So the letter asks, and
claims no right to it. A copy goes to the MP.
"""

import datetime as dt
from dataclasses import dataclass

from arrears.core.plan_review import PlanReview
from arrears.core.results import Classification, PlanState
from cases.core.facts import Frequency, Nation, Perspective
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.refusal import Refusal
from correspondence.core.letters import complaining, happened
from correspondence.core.letters.asks import Answers, Ask, Day, Line, Option, Pick, Words
from correspondence.core.letters.complaining import Owed
from correspondence.core.letters.happened import Event
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To
from correspondence.core.words import on_one_line

_SHOWN = frozenset({PlanState.KEPT, PlanState.BROKEN})
_OVER = frozenset({PlanState.VARIED, PlanState.COMPLETED})


@dataclass(frozen=True, slots=True, kw_only=True)
class LongPlan:
    """A plan as the letter states it. Amounts in pence; ``payments`` and ``last_on`` None where it has no end.

    ``arrears`` is what was owed on ``owed_on``, by the engine. ``two_years_on`` is only set for the receiving parent,
    where the plan lasts beyond two years from its first payment. ``state`` is of the day ``stands_on``, None where the
    record shows nothing of it; ``asked`` and ``came`` are of the arrears part by that day.
    """

    agreed_on: dt.date
    first_on: dt.date
    frequency: Frequency
    total: int
    part: int
    owed_on: dt.date
    arrears: int
    payments: int | None
    last_on: dt.date | None
    two_years_on: dt.date | None
    state: PlanState
    stands_on: dt.date | None
    asked: int
    came: int

    @property
    def how_often(self) -> str:
        """How often it is paid, before a noun: "four-weekly"."""
        return self.frequency.value.replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelAction:
    """What the letter states. ``action`` and ``action_on`` are the paying parent's: what was done, and when told."""

    plan: LongPlan
    owed: Owed | None
    action: str
    action_on: dt.date | None
    why: str
    effect: str
    events: tuple[Event, ...]
    is_great_britain: bool
    mp: str


def _plans(record: Record) -> list[PlanReview]:
    """The plans that go on, latest first; for the receiving parent those that take more than two years."""
    found = reversed(record.plan_reviews)
    going_on = [one for one in found if one.standing.ended_on is None and one.standing.state not in _OVER]
    if record.perspective is Perspective.PAYING:
        return going_on
    return [one for one in going_on if one.verdict.classification is Classification.ARRANGEMENT]


def _why_not(record: Record) -> str:
    if _plans(record):
        return ""
    if record.perspective is Perspective.PAYING:
        return "Enter the repayment plan first. The letter is made from its dates and amounts."
    return "Your record shows no repayment plan that takes more than two years."


def _asks(record: Record) -> list[Ask]:
    options = tuple(
        Option(
            value=one.plan.id,
            label=f"{pounds(one.plan.total)} from {day(one.plan.first_payment_on)}, of which "
            f"{pounds(one.plan.arrears_part)} for arrears",
            is_ticked=place == 0,
        )
        for place, one in enumerate(_plans(record))
    )
    plan = Pick(name="plan", label="Which plan?", needed="Choose the plan.", options=options)
    own = _paying_asks() if record.perspective is Perspective.PAYING else _receiving_asks()
    member = "MP or MLA" if record.nation is Nation.NORTHERN_IRELAND else "MP"
    copy = Line(
        name="mp",
        label=f"The name of your {member}",
        help="A copy goes to them. It stands under the letter.",
        needed=f"Enter the name of your {member}. A copy goes to them.",
        most=80,
    )
    return [plan, *own, *complaining.ask_owed(record), *happened.ask(record), copy]


def _receiving_asks() -> list[Ask]:
    return [
        Words(
            name="why",
            label="Why should CMS do more now?",
            help="What has changed, or what CMS may not know. Say how you know it, unless that puts you at risk.",
            needed="Say why CMS should do more now.",
            most=3000,
            rows=6,
        ),
        Words(name="effect", label="What does the slow plan mean for your child?", most=2000, rows=4),
    ]


def _paying_asks() -> list[Ask]:
    return [
        Line(
            name="action",
            label="What is CMS doing beside the plan?",
            help="Like “A deduction from my earnings of £200 a month”.",
            needed="Say what CMS is doing beside the plan.",
            most=200,
        ),
        Day(
            name="action_on",
            label="When were you told?",
            needed="Enter the day on which you were told.",
            what="the day you were told",
        ),
        Words(
            name="why",
            label="Why should CMS hold it?",
            help="Like what you were told when the plan was made.",
            needed="Say why CMS should hold it.",
            most=3000,
            rows=6,
        ),
        Words(name="effect", label="What does it mean for you and your household?", most=2000, rows=4),
    ]


def _draft(record: Record, answers: Answers) -> ParallelAction:
    found = next((one for one in _plans(record) if one.plan.id == answers.text("plan")), None)
    if found is None:
        raise Refusal(say("Choose the plan."), field="plan")
    is_paying = record.perspective is Perspective.PAYING
    if is_paying and found.standing.state is PlanState.BROKEN:
        raise Refusal(say("Your record shows this plan as not kept. Log what you paid first."), field="plan")
    return ParallelAction(
        plan=_plan(found, is_asked_for_more=not is_paying),
        owed=complaining.owed(record, answers),
        action=on_one_line(answers.text("action")).rstrip("."),
        action_on=answers.day("action_on"),
        why=complaining.text(answers, "why"),
        effect=complaining.text(answers, "effect"),
        events=happened.chosen(record, answers, to=To.COMPLAINTS),
        is_great_britain=record.nation is not Nation.NORTHERN_IRELAND,
        mp=on_one_line(answers.text("mp")),
    )


def _plan(found: PlanReview, *, is_asked_for_more: bool) -> LongPlan:
    plan, verdict, at = found.plan, found.verdict, found.standing
    is_long = is_asked_for_more and verdict.classification is Classification.ARRANGEMENT
    return LongPlan(
        agreed_on=plan.agreed_on,
        first_on=plan.first_payment_on,
        frequency=plan.frequency,
        total=plan.total,
        part=plan.arrears_part,
        owed_on=found.owed_on,
        arrears=verdict.arrears,
        payments=verdict.payments,
        last_on=verdict.last_payment_on,
        two_years_on=verdict.second_anniversary if is_long else None,
        state=at.state,
        stands_on=found.stands_on if at.state in _SHOWN else None,
        asked=at.arrears_asked,
        came=at.arrears_paid,
    )


def _heading(about: ParallelAction) -> str:
    if about.action:
        return "Complaint: further action while I keep a repayment plan"
    return f"Complaint: a repayment plan that lasts until {about.plan.last_on:%B %Y}"


KIND = Kind(
    code="parallel-action",
    number=27,
    group=Group.CHALLENGE,
    title="Complain about a repayment plan and action beside it",
    purpose="Ask for more than a very long plan, or complain of action while you keep one. A copy goes to your MP.",
    needs="A repayment plan in your record, and your MP’s name.",
    never="It holds only the entries you choose. No phone number, and nothing about where you live.",
    before="CMS may tell the other parent. It is not routine for CMS to do more while a plan is kept.",
    to=To.COMPLAINTS,
    senders=EVERYONE,
    about=ParallelAction,
    why_not=_why_not,
    asks=_asks,
    draft=_draft,
    heading=_heading,
    copies=lambda about: (about.mp,),
)
