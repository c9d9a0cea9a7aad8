"""Each plan of a record, judged on what was owed on the day before its first payment.

CMS's own word for a plan is kept beside this and never decides anything (rules section 5).
"""

import datetime as dt
from dataclasses import dataclass, replace

from arrears.core import plans
from arrears.core.activity import last_entry_on, spoken_until
from arrears.core.case_values import Proposal
from arrears.core.facts import CaseFacts, Plan, PlanOrigin, Statement
from arrears.core.in_force import service_on
from arrears.core.ledger import known
from arrears.core.other_facts import Step
from arrears.core.plan_effects import WEEKS, Terms, longer_by, without_fee
from arrears.core.plan_results import PlanStanding
from arrears.core.plan_standing import grace_until, standing
from arrears.core.position import position
from arrears.core.results import PlanState, PlanVerdict
from arrears.core.schedule import nth_due
from cases.core.facts import Frequency, Nation, ServiceType
from cms_tracker.money import round_half_up

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedVerdict:
    """The same plan on a figure that the parent was given, from its first payment after the figure's day on.

    ``from_start``: that is the first payment of all.
    """

    statement: Statement
    verdict: PlanVerdict
    from_start: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What the plan before would have come to, from the same day and on the same arrears.

    ``longer_by`` counts payments (negative: fewer); None where the two plans are not paid equally
    often, or one of them has no end.
    """

    plan: Plan
    verdict: PlanVerdict
    longer_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReview:
    """One plan that CMS put in place: what it came to at its start, and how it stands.

    ``owed_on`` is the day before the first payment; ``verdict`` rests on what the record shows as
    outstanding on that day. ``standing`` is of the day ``stands_on``: the day asked about, or the last
    one of which the record speaks. ``is_silent``: the plan began after that, so nobody logged a payment
    of its time. ``is_quiet``: a payment of it fell due after that, and the days in which it would still
    count as kept are over, so nobody can tell from the record whether it is kept now.
    ``last_entry_on``: see ``activity``.
    """

    plan: Plan
    owed_on: dt.date
    verdict: PlanVerdict
    standing: PlanStanding
    stands_on: dt.date
    is_silent: bool
    is_quiet: bool
    last_entry_on: dt.date | None
    on_figures: tuple[StatedVerdict, ...]
    followed: Followed | None


def review(facts: CaseFacts, *, on: dt.date, known_on: dt.date, nation: Nation) -> tuple[PlanReview, ...]:
    """Judge every plan that is not struck out, the earliest first; ``nation`` has the bank holidays.

    A figure that the parent was given is set against the plan in force on the day it speaks of.
    """
    seen = known(facts, known_on)
    kept = sorted(seen.plans, key=lambda one: one.first_payment_on)
    spoken = spoken_until(seen, on=on)
    found: list[PlanReview] = []
    for place, plan in enumerate(kept):
        owed_on = plan.first_payment_on - _ONE_DAY
        owed = position(facts, on=owed_on, known_on=known_on).outstanding
        verdict = plans.of_plan(plan, arrears=owed)
        stands_on = min(owed_on, on) if spoken is None else spoken
        found.append(
            PlanReview(
                plan=plan,
                owed_on=owed_on,
                verdict=verdict,
                standing=standing(facts, plan, on=on, until=stands_on, known_on=known_on, nation=nation),
                stands_on=stands_on,
                is_silent=stands_on < plan.first_payment_on <= on,
                is_quiet=_is_quiet(plan, since=stands_on, on=on, nation=nation),
                last_entry_on=last_entry_on(seen, on=on),
                on_figures=tuple(
                    _on_figure(plan, one) for one in seen.statements if _in_force(kept, one.as_at) is plan
                ),
                followed=_followed(kept[place - 1], verdict) if place else None,
            )
        )
    return tuple(found)


def _is_quiet(plan: Plan, *, since: dt.date, on: dt.date, nation: Nation) -> bool:
    paid_by_then = plans.payments_by(plan.first_payment_on, plan.frequency, since)
    due = nth_due(plan.first_payment_on, plan.frequency, paid_by_then)
    return due < on and grace_until(due, nation=nation) < on


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What CMS, or a court, said of a plan, and what this record shows for that day on its own.

    ``is_silent``: no payment was logged since the plan began, so it shows nothing.
    """

    step: Step
    ours: PlanStanding
    is_silent: bool


def said_of(facts: CaseFacts, plan: Plan, *, known_on: dt.date, nation: Nation) -> tuple[Said, ...]:
    """Each thing said of a plan, in the order of the days, beside our own judgement of that day."""
    seen, alone = known(facts, known_on), replace(plan, steps=())
    found = []
    for one in sorted(plan.steps, key=lambda one: (one.on, one.recorded_on)):
        until = spoken_until(seen, on=one.on) or plan.first_payment_on - _ONE_DAY
        ours = standing(facts, alone, on=one.on, until=until, known_on=known_on, nation=nation)
        found.append(Said(step=one, ours=ours, is_silent=until < plan.first_payment_on <= one.on))
    return tuple(found)


_GOING_ON = frozenset({PlanState.NOT_STARTED, PlanState.KEPT, PlanState.AT_RISK, PlanState.BROKEN})


def from_now_on(facts: CaseFacts, found: PlanReview, *, known_on: dt.date) -> Terms | None:
    """A plan from its next payment on, to ask what would become of it; None where it is over.

    The part that is not arrears is ongoing maintenance; under Collect and Pay it holds the
    collection fee of the paying parent too. A court's order has neither.
    """
    plan, at = found.plan, found.standing
    if at.state not in _GOING_ON or at.ended_on is not None:
        return None
    due = plans.payments_by(plan.first_payment_on, plan.frequency, found.stands_on)
    next_on = plans.date_of(plan.first_payment_on, plan.frequency, due + 1)
    if next_on is None:
        return None
    ongoing: int | None = plan.total - plan.arrears_part
    service = service_on(known(facts, known_on), next_on)
    fee = 0
    if plan.origin is PlanOrigin.COURT_ORDER:
        ongoing = None
    elif ongoing and service is not None and service.type is ServiceType.COLLECT_AND_PAY:
        fee = ongoing - without_fee(ongoing, next_on)
        ongoing -= fee
    arrears = found.verdict.arrears if at.state is PlanState.NOT_STARTED else at.left
    return Terms(
        arrears=arrears, next_on=next_on, frequency=plan.frequency, part=plan.arrears_part, ongoing=ongoing, fee=fee
    )  # fmt: skip


def of_proposal(proposal: Proposal) -> PlanVerdict:
    """What a plan that a person typed comes to. Raises PlanError where its terms cannot be a plan."""
    return plans.check(
        arrears=proposal.arrears,
        first_payment_on=proposal.first_payment_on,
        frequency=proposal.frequency,
        instalment=proposal.instalment,
        total=proposal.total,
        ongoing=proposal.ongoing,
        fee=proposal.fee,
        review_on=proposal.review_on,
        net_income=proposal.net_income,
    )


def income_for(*, amount: int, every: Frequency, frequency: Frequency) -> int:
    """Put an income (pence, for the interval ``every``) on the interval of a plan's payments."""
    return round_half_up(amount * WEEKS[frequency] / WEEKS[every])


def whole_cost(verdict: PlanVerdict) -> int | None:
    """Everything paid until the plan ends, in pence: arrears, ongoing maintenance and fees together.

    The last payment asks for less of the arrears and the same ongoing part. None where the whole
    payment is not known, or the plan has no end.
    """
    if verdict.total is None or not verdict.payments:
        return None
    return verdict.arrears + (verdict.total - verdict.instalment) * verdict.payments


def _in_force(kept: list[Plan], day: dt.date) -> Plan | None:
    """The plan being paid on a day: the latest begun, or the first one before any began."""
    begun = [one for one in kept if one.first_payment_on <= day]
    return begun[-1] if begun else (kept[0] if kept else None)


def _on_figure(plan: Plan, given: Statement) -> StatedVerdict:
    """A plan on a figure: the payments that fell due by the figure's day are no part of what is left."""
    due = plans.payments_by(plan.first_payment_on, plan.frequency, given.as_at)
    first = plans.date_of(plan.first_payment_on, plan.frequency, due + 1) or plan.first_payment_on
    verdict = plans.of_plan(replace(plan, first_payment_on=first), arrears=given.amount)
    return StatedVerdict(statement=given, verdict=verdict, from_start=not due)


def _followed(before: Plan, verdict: PlanVerdict) -> Followed:
    would = plans.check(
        arrears=verdict.arrears,
        first_payment_on=verdict.first_payment_on,
        frequency=before.frequency,
        instalment=before.arrears_part,
    )
    return Followed(
        plan=before,
        verdict=would,
        longer_by=longer_by(would, verdict),
    )
