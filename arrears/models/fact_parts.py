"""The parts of facts that are kept in rows of their own: what a payment was for, steps, budget lines."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from arrears.core import facts, other_facts
from arrears.models.budget import BudgetLine
from arrears.models.money import PaymentAllocation
from arrears.models.other_money import Step
from arrears.models.rows import ALLOCATION, BUDGETS, STEPPED, STEPS, Parts, Struck
from cms_tracker.audit.append_only import AppendOnly

ByKey = dict[uuid.UUID, tuple[Any, ...]]


def of(case_ids: Sequence[uuid.UUID], struck: Struck, *, absent: Collection[str]) -> Mapping[type[Any], Parts]:
    """The parts of every fact of these cases, by the kind of fact and the key of its row.

    ``absent`` names the kinds of which there is nothing to read (``rows.absent``).
    """
    found: dict[type[Any], Parts] = {}
    if ALLOCATION not in absent:
        found[facts.Payment] = _allocation(case_ids)
    if BUDGETS.name not in absent:
        found[other_facts.Budget] = _lines(case_ids)
    return found if STEPS.name in absent else found | _steps(case_ids, struck)


def rows_of(fact: object, *, case_id: uuid.UUID) -> list[AppendOnly]:
    """The rows that keep the parts of a fact, its steps apart; not saved yet."""
    match fact:
        case facts.Payment():
            return [
                PaymentAllocation(
                    case_id=case_id,
                    payment_id=uuid.UUID(fact.id),
                    due_on=part.due_on,
                    amount_pence=part.amount,
                    position=place,
                )
                for place, part in enumerate(fact.allocation)
            ]
        case other_facts.Budget():
            return [
                BudgetLine(
                    case_id=case_id,
                    budget_id=uuid.UUID(fact.id),
                    category=line.category,
                    amount_pence=line.amount,
                    every=line.every,
                    position=place,
                )
                for place, line in enumerate(fact.lines)
            ]
        case _:
            return []


def _allocation(case_ids: Iterable[uuid.UUID]) -> ByKey:
    rows = PaymentAllocation.objects.filter(case_id__in=case_ids).order_by("payment_id", "position")
    return _together(
        (key, facts.AllocationPart(due_on=due_on, amount=amount))
        for key, due_on, amount in rows.values_list("payment_id", "due_on", "amount_pence")
    )


def _lines(case_ids: Iterable[uuid.UUID]) -> ByKey:
    rows = BudgetLine.objects.filter(case_id__in=case_ids).order_by("budget_id", "position")
    return _together(
        (
            key,
            other_facts.BudgetLine(
                category=other_facts.BudgetCategory(category), amount=amount, every=other_facts.Every(every)
            ),
        )
        for key, category, amount, every in rows.values_list("budget_id", "category", "amount_pence", "every")
    )


def _steps(case_ids: Sequence[uuid.UUID], struck: Struck) -> dict[type[Any], ByKey]:
    """The steps of claims, settlements and plans, oldest first."""
    subjects = {
        row[0]: (place, key)
        for row in Step.objects.filter(case_id__in=case_ids).values_list("id", *STEPPED.values())
        for place, key in zip(STEPPED, row[1:], strict=True)
        if key is not None
    }
    found: dict[type[Any], list[tuple[uuid.UUID, other_facts.Step]]] = {kind: [] for kind in STEPPED}
    for steps in STEPS.read(case_ids, struck).values():
        for step in steps:
            kind, key = subjects[uuid.UUID(step.id)]
            found[kind].append((key, step))
    return {kind: _together(pairs) for kind, pairs in found.items()}


def _together(pairs: Iterable[tuple[uuid.UUID, Any]]) -> ByKey:
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for key, part in pairs:
        found[key].append(part)
    return {key: tuple(parts) for key, parts in found.items()}
