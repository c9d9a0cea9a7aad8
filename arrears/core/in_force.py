"""What stands: whether there is a decision, and the service, dates and decision in force on a day.

``seen`` are facts as known (``ledger.known``): told by then, and nothing of it struck out. There
is one order for each kind here, and the engine posts by the same ones.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from arrears.core import rates
from arrears.core.facts import CaseFacts
from arrears.core.schedule import in_order, told_order
from cases.core.facts import Decision, Schedule, ServicePeriod, ServiceType


def has_decision(facts: CaseFacts) -> bool:
    """Say whether any decision stands; one that was struck out is none."""
    return any(one.struck_out is None for one in facts.decisions)


def has_dates(facts: CaseFacts) -> bool:
    """Say whether any payment dates stand; without them no instalment falls due."""
    return any(one.struck_out is None for one in facts.schedules)


def services_in_order(services: Iterable[ServicePeriod]) -> list[ServicePeriod]:
    """Service periods by the day they begin, with what follows from a service that has ended for everybody.

    Of two from one day one was struck out; while it still stood it was the one known, and holds.
    """
    ordered = sorted(services, key=lambda one: (one.from_on, one.struck_out is not None, one.type))
    for service, ended_on in rates.withdrawn_services():
        ordered = _taken_over(ordered, ServiceType(service), ended_on)
    return ordered


def _taken_over(ordered: list[ServicePeriod], ended: ServiceType, ended_on: dt.date) -> list[ServicePeriod]:
    """The same periods, with CMS collecting from the day on which a service ended for everybody."""
    before = [one for one in ordered if one.from_on < ended_on]
    after = [
        replace(one, type=ServiceType.COLLECT_AND_PAY) if one.type is ended else one
        for one in ordered
        if one.from_on >= ended_on
    ]
    if before and before[-1].type is ended:
        after.insert(0, ServicePeriod(type=ServiceType.COLLECT_AND_PAY, from_on=ended_on))
    return before + after


def service_on(seen: CaseFacts, day: dt.date) -> ServicePeriod | None:
    """The service in force on a day, or None where none has begun."""
    begun = [one for one in services_in_order(seen.services) if one.from_on <= day]
    return begun[-1] if begun else None


def schedule_on(seen: CaseFacts, day: dt.date) -> Schedule | None:
    """The payment dates that hold on a day, or None before the first."""
    begun = [one for one in in_order(seen.schedules) if one.first_due_on <= day]
    return begun[-1] if begun else None


def decision_on(seen: CaseFacts, day: dt.date) -> Decision | None:
    """The decision in force on a day: the latest effective date; of equal ones the latest told (rules section 2)."""
    begun = [one for one in seen.decisions if one.effective_on <= day]
    return max(begun, key=lambda one: (one.effective_on, told_order(one)), default=None)
