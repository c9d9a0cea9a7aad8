"""Write one money fact that a form has made a value of: a claim, a settlement, an order, a budget, a step.

The value carries the key of its row (``id``), so that saving it twice makes one. ``recorded_on`` is
the day on which it became known; the row leaves it empty where that is the fact's own day.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

from arrears import queries
from arrears.core import claims, other_facts, step_checks, walk
from arrears.core.facts import Plan
from arrears.core.ledger import known
from arrears.core.step_rules import STEPS_OF, with_amount
from arrears.models import Claim, RepaymentPlan, Settlement, Step, fact_parts, rows
from cases import operations as cases
from cases import queries as case_queries
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
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
def record_claim(*, actor: "User", case: "Case", claim: other_facts.Claim) -> uuid.UUID:
    """Record a payment that CMS is asked to count, and return its key.

    Raises Refusal for money paid straight to the parent while the case was on Direct Pay: that is a
    payment like any other, and would be counted twice.
    """
    seen = known(queries.facts_for(case), claim.recorded_on)
    if claims.fit(seen, claim) is claims.Fit.DIRECT_PAY:
        raise Refusal(
            say("The case was on Direct Pay that day. Money paid to the parent then is a payment: log it as one."),
            field="paid_on",
        )
    return record_fact(actor=actor, case=case, fact=claim)


@transaction.atomic
def record_step(
    *, actor: "User", case: "Case", subject: str, subject_id: uuid.UUID, step: other_facts.Step
) -> uuid.UUID:
    """Record a step of a ``claim``, a ``settlement`` or a ``plan`` of this case, and return its key.

    Raises Refusal where the case has no such fact, where it was struck out, where it cannot have
    such a step, or where the step does not go with those before it. The fact is locked meanwhile, so
    that two steps sent at once cannot pass each other's check.
    """
    of = _SUBJECTS[subject]
    if not _lock(case, subject, subject_id) or subject_id in case_queries.struck_in(case.pk):
        raise Refusal(say("This is not in your record any more."))
    if step.kind not in STEPS_OF[of]:
        raise Refusal(say("This cannot be said of it."), field="kind")
    if with_amount(of, step.kind) != (step.amount is not None):
        raise Refusal(say("Enter the amount."), field="amount")
    key = uuid.UUID(step.id)
    if not Step.objects.filter(pk=key).exists():
        stays = queries.find_fact(case, subject_id)
        _check(stays, (*getattr(stays, "steps", ()), step))
    audit.add_fact(
        rows.STEPS.model, actor=actor, case_id=case.pk, entry_id=key, **rows.STEPS.values(step),
        **{f"{subject}_id": subject_id},
    )  # fmt: skip
    return key


@transaction.atomic
def strike_out_fact(*, actor: "User", case: "Case", fact_id: uuid.UUID, on: dt.date, reason: str) -> None:
    """Take a fact back as a slip from the day ``on`` (``cases.operations.strike_out``).

    Raises Refusal also for a step that a later one stands on: an acceptance that CMS took back
    can be struck out only after the taking back.
    """
    step = Step.objects.filter(pk=fact_id, case_id=case.pk).first()
    if step is not None:
        subject = next(name for name in _TABLES if getattr(step, f"{name}_id"))
        subject_id: uuid.UUID = getattr(step, f"{subject}_id")
        _lock(case, subject, subject_id)
        stays = queries.find_fact(case, subject_id)
        if _trouble(stays, [one for one in getattr(stays, "steps", ()) if one.id != str(fact_id)]) is not None:
            raise Refusal(say("A later step stands on this one. Strike out the later one first."))
    cases.strike_out(actor=actor, case=case, fact_id=fact_id, on=on, reason=reason)


def _lock(case: "Case", subject: str, subject_id: uuid.UUID) -> bool:
    """Keep a fact to this transaction; False where the case has no such fact."""
    kept = _TABLES[subject]._default_manager.select_for_update().filter(pk=subject_id, case_id=case.pk)
    return kept.first() is not None


def _check(subject: walk.AnyFact | None, steps: Sequence[other_facts.Step]) -> None:
    trouble = _trouble(subject, steps)
    if trouble is not None:
        raise Refusal(trouble.message, field=trouble.field)


def _trouble(subject: walk.AnyFact | None, steps: Sequence[other_facts.Step]) -> step_checks.Trouble | None:
    match subject:
        case other_facts.Claim():
            return step_checks.of_claim(subject, steps)
        case other_facts.Settlement():
            return step_checks.of_settlement(subject, steps)
    return None
