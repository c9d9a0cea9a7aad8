"""Part payment in full and final settlement: how it stands, and what agreeing to it gives up."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from arrears.core import step_checks
from arrears.core.facts import CaseFacts
from arrears.core.other_facts import Settlement, Step, StepKind
from arrears.core.position import position


class SettlementState(StrEnum):
    """Where a settlement has come to."""

    OFFERED = "offered"
    PARENT_AGREES = "parent_agrees"
    REFUSED = "refused"
    TO_BE_PAID = "to_be_paid"
    NOT_PAID_IN_TIME = "not_paid_in_time"
    PAID = "paid"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementStanding:
    """How a settlement stands on a day. ``given_up`` pence are off the balance by its steps, net of what came back.

    ``has_consent``: the receiving parent's written consent is on the record. ``days_late`` counts
    from the day after ``pay_by``.
    """

    state: SettlementState
    given_up: int
    has_consent: bool
    days_late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a step would change, shown before it is recorded: what is owed on a day, with it and without, in pence."""

    on: dt.date
    owed_before: int
    owed_after: int
    given_up: int


def standing(settlement: Settlement, *, on: dt.date) -> SettlementStanding:
    """How a settlement stands on a day by its steps (facts as known, for what was known then)."""
    steps = step_checks.standing(settlement.steps)
    kinds = {one.kind for one in steps}
    late = (on - settlement.pay_by).days if settlement.pay_by else 0
    state = _state(kinds, is_late=late > 0)
    return SettlementStanding(
        state=state,
        given_up=step_checks.net(steps),
        has_consent=StepKind.CONSENTED in kinds,
        days_late=late if state is SettlementState.NOT_PAID_IN_TIME else 0,
    )


def _state(kinds: set[StepKind], *, is_late: bool) -> SettlementState:
    if StepKind.CANCELLED in kinds:
        return SettlementState.CANCELLED
    if StepKind.PAID in kinds:
        return SettlementState.PAID
    if StepKind.AGREED in kinds:
        return SettlementState.NOT_PAID_IN_TIME if is_late else SettlementState.TO_BE_PAID
    if StepKind.REFUSED in kinds:
        return SettlementState.REFUSED
    return SettlementState.PARENT_AGREES if StepKind.CONSENTED in kinds else SettlementState.OFFERED


def unpaid(settlements: Iterable[Settlement], *, on: dt.date) -> tuple[Settlement, ...]:
    """The settlements that CMS confirmed and that were not paid by their day. Facts as known."""
    late = SettlementState.NOT_PAID_IN_TIME
    return tuple(one for one in settlements if standing(one, on=on).state is late)


def to_pay(settlements: Iterable[Settlement], *, on: dt.date) -> tuple[Settlement, ...]:
    """The settlements that CMS confirmed and that are still to be paid, the first day first. Facts as known."""
    found = [one for one in settlements if standing(one, on=on).state is SettlementState.TO_BE_PAID]
    return tuple(sorted(found, key=lambda one: one.pay_by or dt.date.max))


def usual_amount(settlement: Settlement, kind: StepKind) -> int | None:
    """What a step names where nobody says otherwise: all that is given up, or all that comes back."""
    if kind is StepKind.AGREED:
        return settlement.given_up
    if kind is StepKind.CANCELLED:
        return step_checks.net(settlement.steps) or settlement.given_up
    return None


def before_agreeing(facts: CaseFacts, settlement: Settlement, step: Step, *, on: dt.date) -> Before:
    """What is owed on a day as it is, and once CMS has confirmed the settlement and it is paid.

    A consent moves nothing by itself; it is shown with what it leads to. Both are answers of the
    engine; the part payment is still to come, so what is given up is all that goes.
    """
    given_up = step.amount or settlement.given_up
    agreed = replace(step, kind=StepKind.AGREED, amount=given_up, on=min(step.on, on), recorded_on=on)
    with_it = replace(settlement, steps=(*settlement.steps, agreed))
    changed = tuple(with_it if one.id == settlement.id else one for one in facts.settlements)
    now = position(facts, on=on)
    then = position(replace(facts, settlements=changed), on=on)
    return Before(on=on, owed_before=now.outstanding, owed_after=then.outstanding, given_up=given_up)
