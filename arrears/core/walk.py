"""Going through every fact of a case, whatever its kind, the steps of claims and plans among the rest."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from arrears.core.facts import Adjustment, CaseFacts, Observation, OpeningBalance, Payment, Plan, Statement
from arrears.core.other_facts import Budget, Claim, LiabilityOrder, OtherMoney, Settlement, Step
from arrears.core.transit_facts import Leg
from cases.core.facts import Decision, Schedule, ServicePeriod

AnyFact = (
    Decision | Schedule | ServicePeriod | OpeningBalance | Payment | Observation | Adjustment | Statement | Plan
    | Claim | Settlement | LiabilityOrder | OtherMoney | Budget | Leg | Step
)  # fmt: skip

Subject = Plan | Claim | Settlement  # what a step is said of

LISTS = (
    "services", "decisions", "schedules", "openings", "payments", "observations", "adjustments", "statements", "plans",
    "claims", "settlements", "orders", "other_money", "budgets", "transits",
)  # fmt: skip

_T = TypeVar("_T", bound=Any)


def every(facts: CaseFacts, *, lists: Iterable[str] = LISTS) -> Iterator[AnyFact]:
    """Every fact of these lists, one list after the other; the steps of a fact follow it."""
    for name in lists:
        for fact in getattr(facts, name):
            yield fact
            yield from getattr(fact, "steps", ())


def changed(facts: CaseFacts, change: Callable[[_T], _T]) -> CaseFacts:
    """The same case with each fact, and each step, put through ``change``."""
    lists: dict[str, Any] = {name: tuple(_whole(fact, change) for fact in getattr(facts, name)) for name in LISTS}
    return replace(facts, **lists)


def find(facts: CaseFacts, fact_id: str) -> AnyFact | None:
    """The fact with that id, of whatever kind, or None."""
    return next((fact for fact in every(facts) if fact.id == fact_id), None)


def subject_of(facts: CaseFacts, step_id: str) -> Subject | None:
    """The plan, claim or settlement of which a step was said; None for what is no step of this case."""
    subjects: tuple[Subject, ...] = (*facts.plans, *facts.claims, *facts.settlements)
    return next((one for one in subjects if any(step.id == step_id for step in one.steps)), None)


def _whole(fact: _T, change: Callable[[_T], _T]) -> _T:
    steps = getattr(fact, "steps", ())
    after = change(fact)
    return replace(after, steps=tuple(change(step) for step in steps)) if steps else after
