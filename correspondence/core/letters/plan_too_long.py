"""The challenge of a repayment plan that takes too long, and what that does to the child.

Two years is CMS's own aim, not law: it may take longer once it has looked at the circumstances and
the finances (written answer 81594; Commons Library CBP-7774). In such a decision it must have regard to
the welfare of any child who is likely to be affected: Child Support Act 1991 section 2.
"""

import datetime as dt
from dataclasses import dataclass

from arrears.core import plan_review, rates
from arrears.core.plan_review import PlanReview
from arrears.core.results import Classification, PlanVerdict
from cases.core.facts import Nation, Perspective
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.letters import plan_length
from correspondence.core.letters.asks import Answers, Ask, Words
from correspondence.core.letters.kind import Group, Kind, Record, To
from correspondence.core.letters.plan_length import Length, Terms
from correspondence.core.words import printable

LONG_AGO_DAYS = 92  # a quarter of a year: by then a plan that is paid monthly has moved on by three payments
_LONG = frozenset({Classification.ARRANGEMENT, Classification.INSUFFICIENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """How long the plan takes by a figure of CMS's own, from its next payment after that figure."""

    as_at: dt.date
    length: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTooLong:
    """What the challenge states.

    ``length`` is of the plan from its next payment, on what is left ``as_of``; ``given`` the same by
    CMS's latest figure. ``share`` of net income is what CMS usually goes up to.
    """

    terms: Terms
    as_of: dt.date
    length: Length
    given: Given | None
    was_arrears: int
    has_begun: bool
    share: str
    is_great_britain: bool
    effect: str
    hardship: str
    means: str


def _too_long(record: Record) -> list[PlanReview]:
    found = [one for one in plan_length.reviews(record) if plan_length.is_running(one)]
    return [one for one in found if _length(record, one)[1].classification in _LONG]


def _length(record: Record, review: PlanReview) -> tuple[dt.date, PlanVerdict]:
    """The plan from its next payment on what is left of its arrears, and the day on which that much is left."""
    terms = plan_review.from_now_on(record.facts, review, known_on=record.on)
    if terms is None or not review.standing.payments_due:
        return review.owed_on, review.verdict
    return review.stands_on, terms.verdict()


def _how_old(record: Record) -> str:
    """A warning where the letter would argue from a day that is long ago; empty where it is not."""
    days = [_length(record, one)[0] for one in _too_long(record)]
    oldest = min(days, default=record.on)
    if (record.on - oldest).days <= LONG_AGO_DAYS:
        return ""
    return say(
        "The letter counts from {on}: the record says nothing later of this plan. Log what was paid since, so that it "
        "counts from today.",
        on=day(oldest),
    )


def _asks(record: Record) -> list[Ask]:
    return [
        plan_length.pick(_too_long(record), help=_how_old(record)),
        Words(
            name="effect",
            label="What this means for your child or children",
            help="In your own words. What do they go without, or what must wait? "
            "Leave out what the other parent should not learn.",
            needed="Say in your own words what the long plan means for your child or children.",
            most=3000,
            rows=6,
        ),
        Words(
            name="hardship",
            label="What it means for your own money",
            help="For example rent or bills that are behind, or a loan that you had to take.",
            most=2000,
            rows=4,
        ),
        Words(
            name="means",
            label="Why you think that more could be paid",
            help="Only facts that you know yourself, with how you know them. The other parent may be told.",
            most=2000,
            rows=4,
        ),
    ]


def _draft(record: Record, answers: Answers) -> PlanTooLong:
    review = plan_length.chosen(_too_long(record), answers.text("plan"))
    if review is None:
        raise Refusal(say("Choose a plan."), field="plan")
    effect = printable(answers.text("effect")).strip()
    if not effect:
        raise Refusal(say("Say in your own words what the long plan means for your child or children."), field="effect")
    as_of, verdict = _length(record, review)
    latest = max(review.on_figures, key=lambda one: one.statement.as_at, default=None)
    return PlanTooLong(
        terms=plan_length.terms_of(review),
        as_of=as_of,
        length=plan_length.length_of(verdict),
        given=Given(as_at=latest.statement.as_at, length=plan_length.length_of(latest.verdict)) if latest else None,
        was_arrears=review.verdict.arrears,
        has_begun=bool(review.standing.payments_due),
        share=rates.on(record.on).usual_share_of_net_income.percent,
        is_great_britain=record.nation is not Nation.NORTHERN_IRELAND,
        effect=effect,
        hardship=printable(answers.text("hardship")).strip(),
        means=printable(answers.text("means")).strip(),
    )


def _why_not(record: Record) -> str:
    if not record.known.plans:
        return "First add the repayment plan that CMS told you about."
    if not _too_long(record):
        return "No plan in your record that is still running takes longer than two years."
    return ""


KIND = Kind(
    code="plan-too-long",
    number=13,
    group=Group.PLANS,
    title="Challenge a plan that takes too long",
    purpose="Ask CMS to look again at a repayment plan that takes longer than two years, and say what it does "
    "to your child.",
    needs="A repayment plan in your record that takes longer than two years.",
    never="It does not say where you live. What you write about your child may be read by others, so keep it short.",
    before="Do this only if it is safe for you. CMS may ask the other parent for more money, and tell them why.",
    to=To.CMS,
    senders=frozenset({Perspective.RECEIVING}),
    about=PlanTooLong,
    why_not=_why_not,
    asks=_asks,
    draft=_draft,
    heading=lambda about: "Please look again at the repayment plan",
)
