"""Write one money fact that a form has made a value of: a claim, a settlement, an order, a budget, a step.

The value carries the key of its row (``id``), so that saving it twice makes one. ``recorded_on`` is
the day on which it became known; the row leaves it empty where that is the fact's own day.
"""

import uuid
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

from arrears.core import other_facts
from arrears.core.facts import Plan
from arrears.core.step_rules import STEPS_OF, with_amount
from arrears.models import Claim, RepaymentPlan, Settlement, fact_parts, rows
from cases import queries as case_queries
from cms_tracker.audit import operations as audit
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

F = TypeVar(
    "F",
    other_facts.Claim,
    other_facts.Settlement,
    other_facts.LiabilityOrder,
    other_facts.OtherMoney,
    other_facts.Budget,
)

_SUBJECTS: dict[str, type[Plan] | type[other_facts.Claim] | type[other_facts.Settlement]] = {
    "plan": Plan,
    "claim": other_facts.Claim,
    "settlement": other_facts.Settlement,
}
_TABLES: dict[str, type[RepaymentPlan] | type[Claim] | type[Settlement]] = {
    "plan": RepaymentPlan,
    "claim": Claim,
    "settlement": Settlement,
}


@transaction.atomic
def record_fact(*, actor: "User", case: "Case", fact: F) -> uuid.UUID:
    """Record a claim, a settlement, an order, other money or a budget, with its parts, and return its key.

    Its steps are recorded one by one, as they come (``record_step``).
    """
    kept = rows.kept_as(fact)
    key = uuid.UUID(fact.id)
    is_new = not kept.model._default_manager.filter(pk=key).exists()
    audit.add_fact(kept.model, actor=actor, case_id=case.pk, entry_id=key, **kept.values(fact))
    parts = fact_parts.rows_of(fact, case_id=case.pk) if is_new else []
    if parts:
        type(parts[0])._default_manager.bulk_create(parts)
    return key


@transaction.atomic
def record_step(
    *, actor: "User", case: "Case", subject: str, subject_id: uuid.UUID, step: other_facts.Step
) -> uuid.UUID:
    """Record a step of a ``claim``, a ``settlement`` or a ``plan`` of this case, and return its key.

    Raises Refusal where the case has no such fact, where it was struck out, or where it cannot
    have such a step.
    """
    of = _SUBJECTS[subject]
    found = _TABLES[subject]._default_manager.filter(pk=subject_id, case_id=case.pk).exists()
    if not found or subject_id in case_queries.strike_outs([case.pk]):
        raise Refusal("This is not in your record any more.")
    if step.kind not in STEPS_OF[of]:
        raise Refusal("This cannot be said of it.", field="kind")
    if with_amount(of, step.kind) != (step.amount is not None):
        raise Refusal("Enter the amount.", field="amount")
    key = uuid.UUID(step.id)
    audit.add_fact(
        rows.STEPS.model, actor=actor, case_id=case.pk, entry_id=key, **rows.STEPS.values(step),
        **{f"{subject}_id": subject_id},
    )  # fmt: skip
    return key
