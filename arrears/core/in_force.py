"""What stands: whether there is a decision, and the service, dates and decision in force on a day.

``seen`` are facts as known (``ledger.known``): told by then, and nothing of it struck out. There
is one order for each kind here, and the engine posts by the same ones.
"""

import datetime as dt
from collections.abc import Iterable

from arrears.core.facts import CaseFacts
from arrears.core.schedule import in_order, told_order
from cases.core.facts import Decision, Schedule, ServicePeriod


def has_decision(facts: CaseFacts) -> bool:
    """Say whether any decision stands; one that was struck out is none."""
    return any(one.struck_out is None for one in facts.decisions)


def has_dates(facts: CaseFacts) -> bool:
    """Say whether any payment dates stand; without them no instalment falls due."""
    return any(one.struck_out is None for one in facts.schedules)


def services_in_order(services: Iterable[ServicePeriod]) -> list[ServicePeriod]:
    """Service periods by the day they begin.

    Of two from one day one was struck out; while it still stood it was the one known, and holds.
    """
    return sorted(services, key=lambda one: (one.from_on, one.struck_out is not None, one.type))


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
