"""The next payment by a plan: what it asks for the arrears on its day, on top of maintenance."""

import datetime as dt
from typing import NamedTuple

from arrears.core.facts import CaseFacts, Plan
from arrears.core.ledger import known
from arrears.core.plan_results import PlannedState
from arrears.core.plan_standing import standing
from arrears.core.plans import date_of, payments_by
from cases.core.facts import Nation


class Planned(NamedTuple):
    """``amount`` pence for the arrears, asked on ``due_on`` by the plan ``plan_id``."""

    due_on: dt.date
    amount: int
    plan_id: str


def coming_by_plan(facts: CaseFacts, *, on: dt.date, known_on: dt.date, nation: Nation) -> Planned | None:
    """What the plan in force asks for the arrears on its next day, ``on`` or later.

    None where no plan runs then, or where that payment is covered by what came ahead. What was not
    paid before is no part of it.
    """
    seen = known(facts, known_on)
    found = (_next(seen, plan, on=on, known_on=known_on, nation=nation) for plan in seen.plans)
    return min((one for one in found if one is not None), default=None)


def _next(seen: CaseFacts, plan: Plan, *, on: dt.date, known_on: dt.date, nation: Nation) -> Planned | None:
    gone = payments_by(plan.first_payment_on, plan.frequency, on)
    due_on = date_of(plan.first_payment_on, plan.frequency, gone) if gone else None
    if due_on != on:
        due_on = date_of(plan.first_payment_on, plan.frequency, gone + 1)
    if due_on is None:
        return None
    at = standing(seen, plan, on=due_on, known_on=known_on, nation=nation)
    if at.ended_on is not None:
        return None
    row = next((one for one in at.payments if one.due_on == due_on and one.state is PlannedState.DUE), None)
    return Planned(due_on, row.asked - row.came, plan.id) if row else None
