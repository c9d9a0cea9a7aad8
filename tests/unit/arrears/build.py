"""Short ways to write facts in tests: dates as text, amounts in pounds."""

import datetime as dt
from typing import TypeVar

from arrears.core.facts import (
    Adjustment,
    AdjustmentKind,
    AllocationPart,
    CaseFacts,
    Observation,
    OpeningBalance,
    Payment,
    Route,
)
from cases.core.facts import (
    AllocationRule,
    Decision,
    Frequency,
    Perspective,
    Schedule,
    ServicePeriod,
    ServiceType,
    StruckOut,
)
from cms_tracker.money import parse_typed

_T = TypeVar("_T")


def day(text: str) -> dt.date:
    """A date from ``2025-01-31``."""
    return dt.date.fromisoformat(text)


def struck(text: str | None) -> StruckOut | None:
    """A strike-out on a day."""
    return StruckOut(on=day(text), reason="Slip") if text else None


def decision(
    weekly: str,
    effective: str,
    *,
    told: str | None = None,
    instalment: str | None = None,
    sequence: int = 0,
    out: str | None = None,
    name: str = "",
) -> Decision:
    """A decision of so many pounds a week."""
    told_on = day(told or effective)
    return Decision(
        weekly=parse_typed(weekly),
        effective_on=day(effective),
        decided_on=told_on,
        notified_on=told_on,
        instalment=parse_typed(instalment) if instalment else None,
        sequence=sequence,
        struck_out=struck(out),
        id=name or f"decision {weekly} {effective}",
    )


def schedule(frequency: str, first: str, *, out: str | None = None) -> Schedule:
    """Payment dates."""
    return Schedule(
        frequency=Frequency(frequency), first_due_on=day(first), struck_out=struck(out), id=f"schedule {first}"
    )


def service(kind: str, start: str) -> ServicePeriod:
    """A service period."""
    return ServicePeriod(type=ServiceType(kind), from_on=day(start), id=f"service {start}")


def opening(amount: str, on: str, *, out: str | None = None) -> OpeningBalance:
    """A balance brought in."""
    return OpeningBalance(on=day(on), amount=parse_typed(amount), struck_out=struck(out), id=f"opening {on}")


def payment(
    amount: str,
    on: str,
    *,
    route: str = "direct",
    cms: str | None = None,
    recorded: str | None = None,
    parts: tuple[tuple[str, str], ...] = (),
    out: str | None = None,
    name: str = "",
) -> Payment:
    """A payment; ``parts`` are (due date, amount) of its allocation."""
    return Payment(
        paid_on=day(on),
        amount=parse_typed(amount),
        route=Route(route),
        paid_to_cms_on=day(cms) if cms else None,
        recorded_on=day(recorded or on),
        allocation=tuple(AllocationPart(due_on=day(due), amount=parse_typed(part)) for due, part in parts),
        struck_out=struck(out),
        id=name or f"payment {amount} {on}",
    )


def adjustment(
    kind: str, amount: str, on: str, *, recorded: str | None = None, reason: str = "", out: str | None = None
) -> Adjustment:
    """A correction or credit."""
    return Adjustment(
        kind=AdjustmentKind(kind),
        on=day(on),
        amount=parse_typed(amount),
        recorded_on=day(recorded or on),
        reason=reason,
        struck_out=struck(out),
        id=f"{kind} {amount} {on}",
    )


def case(*facts: object, perspective: str = "receiving", rule: str = "ongoing_first") -> CaseFacts:
    """The facts of a case, sorted into their places."""

    def of(kind: type[_T]) -> tuple[_T, ...]:
        return tuple(one for one in facts if isinstance(one, kind))

    return CaseFacts(
        perspective=Perspective(perspective),
        allocation_rule=AllocationRule(rule),
        services=of(ServicePeriod),
        decisions=of(Decision),
        schedules=of(Schedule),
        openings=of(OpeningBalance),
        payments=of(Payment),
        observations=of(Observation),
        adjustments=of(Adjustment),
    )
