"""The report of a broken repayment plan: what was missed or short, on the two ledgers apart.

A missed or short payment of a plan lets CMS act again (GOV.UK, Unpaid child maintenance; ombudsman's
decision P-002456). The days of grace are ours, and are never named to CMS as a rule.
"""

import datetime as dt
from dataclasses import dataclass

from arrears.core.facts import PlanOrigin
from arrears.core.plan_results import PlannedPayment, PlannedState
from arrears.core.plan_review import PlanReview
from arrears.core.results import PlanState
from cases.core.facts import Perspective, ServiceType
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.letters import plan_length
from correspondence.core.letters.asks import Answers, Ask, Words, yes_no
from correspondence.core.letters.kind import Group, Kind, Record, To
from correspondence.core.letters.plan_length import Terms
from correspondence.core.words import printable

_NOT_IN_FULL = frozenset({PlannedState.SHORT, PlannedState.MISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A payment of the plan that did not come in full: its arrears part, and what fell due with it, in pence."""

    due_on: dt.date
    asked: int
    came: int
    ongoing_due: int
    ongoing_short: int

    @property
    def arrears_short(self) -> int:
        """What of the arrears part did not come."""
        return self.asked - self.came

    @property
    def short(self) -> int:
        """What did not come in all."""
        return self.arrears_short + self.ongoing_short


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenPlan:
    """What the report states, as the record has it on ``as_of``.

    ``due`` counts the payments of the plan that fell due, ``left`` is what of its arrears is still
    owed, ``owed`` all that is owed, in pence.
    """

    terms: Terms
    as_of: dt.date
    rows: tuple[PlanRow, ...]
    due: int
    came_late: int
    left: int
    owed: int
    is_direct_pay: bool
    asks_collect: bool
    hardship: str

    @property
    def since(self) -> dt.date:
        """The first payment that did not come in full."""
        return self.rows[0].due_on

    @property
    def arrears_short(self) -> int:
        """What of the arrears part did not come in all, in pence."""
        return sum(row.arrears_short for row in self.rows)

    @property
    def ongoing_short(self) -> int:
        """What of the maintenance that fell due did not come in all, in pence."""
        return sum(row.ongoing_short for row in self.rows)

    @property
    def short(self) -> int:
        """What did not come in all, in pence."""
        return sum(row.short for row in self.rows)


def _broken(record: Record) -> list[PlanReview]:
    return [
        one
        for one in plan_length.reviews(record)
        if plan_length.is_running(one) and one.standing.state is PlanState.BROKEN and _rows(one)
    ]


def _rows(review: PlanReview) -> tuple[PlanRow, ...]:
    """The payments that did not come in full, their days of grace over.

    What a court ordered is for arrears alone: the maintenance beside it is no part of the plan.
    """
    with_ongoing = review.plan.origin is not PlanOrigin.COURT_ORDER
    return tuple(
        PlanRow(
            due_on=one.due_on,
            asked=one.asked,
            came=one.came,
            ongoing_due=one.ongoing_due if with_ongoing else 0,
            ongoing_short=one.ongoing_short if with_ongoing else 0,
        )
        for one in review.standing.payments
        if _is_broken(one, review.stands_on, with_ongoing=with_ongoing)
    )


def _is_broken(one: PlannedPayment, stands_on: dt.date, *, with_ongoing: bool) -> bool:
    is_short = one.state in _NOT_IN_FULL or (with_ongoing and one.ongoing_short > 0)
    return is_short and one.grace_until < stands_on


def _asks(record: Record) -> list[Ask]:
    asks: list[Ask] = [plan_length.pick(_broken(record))]
    if record.service is ServiceType.DIRECT_PAY:
        asks.append(
            yes_no(
                "asks_collect",
                "Ask to move to Collect and Pay as well?",
                help="CMS cannot collect while you are on Direct Pay. Both parents then pay fees.",
            )
        )
    return [
        *asks,
        Words(
            name="hardship",
            label="What the missed payments mean for your household",
            help="One or two sentences. CMS may tell the other parent what you write.",
            most=2000,
            rows=4,
        ),
    ]


def _draft(record: Record, answers: Answers) -> BrokenPlan:
    review = plan_length.chosen(_broken(record), answers.text("plan"))
    if review is None:
        raise Refusal(say("Choose a plan."), field="plan")
    standing = review.standing
    return BrokenPlan(
        terms=plan_length.terms_of(review),
        as_of=review.stands_on,
        rows=_rows(review),
        due=standing.payments_due,
        came_late=standing.came_late,
        left=standing.left,
        owed=record.position.outstanding,
        is_direct_pay=record.service is ServiceType.DIRECT_PAY,
        asks_collect=answers.is_yes("asks_collect"),
        hardship=printable(answers.text("hardship")).strip(),
    )


def _why_not(record: Record) -> str:
    if not record.known.plans:
        return "First add the repayment plan that CMS told you about."
    if _broken(record):
        return ""
    if any(one.is_silent for one in plan_length.reviews(record) if plan_length.is_running(one)):
        return "Your record does not say what came since the plan began. Log that first."
    return "Your record shows no missed or short payment of a plan that is running."


KIND = Kind(
    code="broken-plan",
    number=14,
    group=Group.PLANS,
    title="Report a broken repayment plan",
    purpose="Tell CMS which payments of a plan did not come in full, since when, and ask what it will do.",
    needs="A plan in your record, and payments of it that did not come in full.",
    never="It does not say where you live, and holds no bank details and no phone number.",
    before="Do this only if it is safe for you. CMS will ask the other parent about these payments.",
    to=To.CMS,
    senders=frozenset({Perspective.RECEIVING}),
    about=BrokenPlan,
    why_not=_why_not,
    asks=_asks,
    draft=_draft,
    heading=lambda about: "The repayment plan is not being kept",
)
