"""What each rule answers: something to do, or something that cannot be had, each with the fact behind it.

The rules stand in groups. A group reads the ground and the facets in its signature, so its answers
follow from those alone: whoever tries it over all their values has tried it over every case.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cases.core.facts import Perspective
from correspondence.core.steps.fact import Fact
from correspondence.core.steps.snapshot import Ground, Life, PlanKept, Service


class Do(NamedTuple):
    """An action that is open, by its code, and the fact that makes it so."""

    code: str
    because: Fact


class No(NamedTuple):
    """A refusal by its code, the fact behind it, and the codes of what can still be done."""

    code: str
    because: Fact
    instead: tuple[str, ...]


Found = Iterator[Do | No]
Rules = Callable[..., Found]

IN_FORCE = frozenset({PlanKept.KEPT, PlanKept.AT_RISK})
FREE = frozenset({PlanKept.NONE, PlanKept.OVER, PlanKept.BROKEN})

PLAN_FACT = {
    PlanKept.NONE: Fact.NO_PLAN,
    PlanKept.COMING: Fact.PLAN_COMING,
    PlanKept.UNSAID: Fact.PLAN_UNSAID,
    PlanKept.KEPT: Fact.PLAN_KEPT,
    PlanKept.AT_RISK: Fact.PLAN_AT_RISK,
    PlanKept.BROKEN: Fact.PLAN_BROKEN,
    PlanKept.OVER: Fact.PLAN_OVER,
}


def is_receiving(ground: Ground) -> bool:
    """Whether the receiving parent asks."""
    return ground.side is Perspective.RECEIVING


def is_with_cms(ground: Ground) -> bool:
    """Whether CMS has anything to do with the money."""
    return ground.service is not Service.PRIVATE


def always(ground: Ground) -> Found:
    """What is safe at any time."""
    yield Do("keep-record", Fact.NOTHING)
    yield Do("get-advice", Fact.NOTHING)
    if ground.needs_care:
        yield Do("stay-safe", Fact.NEEDS_CARE)
    if ground.service is Service.UNKNOWN:
        yield Do("add-service", Fact.SERVICE_UNKNOWN)
    if is_receiving(ground):
        return
    if ground.is_owed:
        yield Do("debt-advice", Fact.OWED)
    if ground.life is Life.OPEN:
        yield Do("pay-what-falls-due", Fact.NOTHING)
        if ground.is_owed:
            yield No("no-stopping", Fact.OWED, ("pay-what-falls-due",))
