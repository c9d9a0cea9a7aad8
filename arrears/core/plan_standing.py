"""How a repayment plan is being kept (rules section 5), on two ledgers that are never mixed.

A missed ongoing instalment is never reported as a missed arrears payment, nor the reverse. What
CMS does about a late payment is its own choice; the days of grace here are our rule, and only
tell "at risk" from "broken".
"""

import datetime as dt

from arrears.core.facts import CaseFacts, Plan
from arrears.core.ledger import known
from arrears.core.plans import payments_by
from arrears.core.position import position
from arrears.core.results import CoverKind, Entry, Kind, PlanStanding, PlanState

GRACE_DAYS = 7

_WORST_FIRST = (PlanState.BROKEN, PlanState.AT_RISK, PlanState.COMPLETED)


def standing(facts: CaseFacts, plan: Plan, *, on: dt.date, known_on: dt.date) -> PlanStanding:
    """Judge a plan on a day: kept, at risk, broken, varied (a later plan took its place) or completed.

    Ongoing: every instalment due since the plan's first payment is covered. Arrears: what went from
    payments to older amounts since the plan was agreed is at least the arrears part times the
    payments due (or all there was). A varied plan is judged to the day before its successor began.
    """
    ended_on = _replaced_on(known(facts, known_on), plan, on)
    day = ended_on - dt.timedelta(days=1) if ended_on else on
    due = payments_by(plan.first_payment_on, plan.frequency, day)
    if not due:
        state = PlanState.VARIED if ended_on else PlanState.NOT_STARTED
        return PlanStanding(
            state=state, ongoing=state, arrears=state, ongoing_short=0, arrears_asked=0, arrears_paid=0,
            payments_due=0, ended_on=ended_on,
        )  # fmt: skip
    at = position(facts, on=day, known_on=known_on)
    short = [one for one in at.instalments if one.outstanding and one.due_on >= plan.first_payment_on]
    ongoing = _state(bool(short), all(_in_grace(one.due_on, day) for one in short))
    old = [entry for entry in at.entries if not _is_ongoing(entry, plan)]
    paid = sum(_paid_since(entry, min(plan.agreed_on, plan.first_payment_on)) for entry in old)
    left = sum(entry.outstanding for entry in old)
    asked = min(plan.arrears_part * due, paid + left)
    before = payments_by(plan.first_payment_on, plan.frequency, day - dt.timedelta(days=GRACE_DAYS + 1))
    arrears = _state(paid < asked, paid >= plan.arrears_part * before)
    if not left:
        arrears = PlanState.COMPLETED
    state = next((one for one in _WORST_FIRST if one in {ongoing, arrears}), PlanState.KEPT)
    return PlanStanding(
        state=PlanState.VARIED if ended_on else state,
        ongoing=ongoing,
        arrears=arrears,
        ongoing_short=sum(one.outstanding for one in short),
        arrears_asked=asked,
        arrears_paid=paid,
        payments_due=due,
        ended_on=ended_on,
    )


def _replaced_on(seen: CaseFacts, plan: Plan, on: dt.date) -> dt.date | None:
    """The first payment of the next plan, if that has come."""
    later = [
        one.first_payment_on
        for one in seen.plans
        if (one.agreed_on, one.first_payment_on) > (plan.agreed_on, plan.first_payment_on)
    ]
    first = min(later, default=None)
    return first if first is not None and first <= on else None


def _is_ongoing(entry: Entry, plan: Plan) -> bool:
    return entry.kind is Kind.INSTALMENT and entry.on >= plan.first_payment_on


def _paid_since(entry: Entry, start: dt.date) -> int:
    """What payments covered of an entry from a day on."""
    return sum(cover.amount for cover in entry.covers if cover.kind is not CoverKind.CREDIT and cover.on >= start)


def _in_grace(due_on: dt.date, day: dt.date) -> bool:
    return (day - due_on).days <= GRACE_DAYS


def _state(is_short: object, is_recent: object) -> PlanState:
    if not is_short:
        return PlanState.KEPT
    return PlanState.AT_RISK if is_recent else PlanState.BROKEN
