"""Whether a repayment plan that is in force is broken, and the first day on which the clock may change that."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from arrears.core.activity import spoken_until
from arrears.core.facts import CaseFacts, Plan
from arrears.core.ledger import known
from arrears.core.plan_results import PlannedState, PlanStanding
from arrears.core.plan_standing import standing
from arrears.core.plans import date_of, payments_by
from arrears.core.results import PlanState
from cases.core.facts import Nation

_ONE_DAY = dt.timedelta(days=1)
_NOT_KEPT = frozenset({PlannedState.SHORT, PlannedState.MISSED})


class PlanWatch(NamedTuple):
    """How the plan in force stands from the day asked about until the day before ``changes_on``.

    ``broken_since`` is the day of the first payment that did not come in full, its days of grace
    over (rules section 5); None while the plan is kept or at risk. ``changes_on`` is the first day
    on which a payment of the plan may turn late by the clock alone. Regular instalments and days that
    a fact names are no part of it: they change the figures of the case.
    """

    broken_since: dt.date | None
    changes_on: dt.date


def watch(facts: CaseFacts, *, on: dt.date, known_on: dt.date, nation: Nation) -> PlanWatch:
    """Judge the plans that nothing has replaced or ended, as far as the record speaks of payments."""
    seen = known(facts, known_on)
    spoken = spoken_until(seen, on=on)
    broken: list[dt.date] = []
    turns: list[dt.date] = []
    for plan in seen.plans:
        if spoken is None:  # nobody ever logged a payment: nothing says that the plan is not kept
            continue
        at = standing(facts, plan, on=on, until=spoken, known_on=known_on, nation=nation)
        if at.ended_on is not None:
            continue
        if at.state is PlanState.BROKEN:
            broken.append(_broken_since(at, plan))
        turns += [day for day in _turns(at, plan, on) if day > on]
    return PlanWatch(min(broken, default=None), min(turns, default=dt.date.max))


def _broken_since(at: PlanStanding, plan: Plan) -> dt.date:
    """The day of the first payment whose part for the arrears, or whose maintenance, did not come in full."""
    late = [one.due_on for one in at.payments if one.state in _NOT_KEPT or one.ongoing_short]
    return min(late, default=plan.first_payment_on)


def _turns(at: PlanStanding, plan: Plan, on: dt.date) -> Iterator[dt.date]:
    if at.at_risk_until is not None:
        yield at.at_risk_until + _ONE_DAY
    gone = payments_by(plan.first_payment_on, plan.frequency, on)
    for number in (gone, gone + 1):
        due_on = date_of(plan.first_payment_on, plan.frequency, number) if number else None
        if due_on is not None and due_on < dt.date.max:
            yield due_on + _ONE_DAY
