"""Write the money facts: each operation is one transaction with its audit row."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from arrears.core import facts
from arrears.models import Adjustment, Observation, OpeningBalance, Payment, PaymentAllocation, RepaymentPlan, Statement
from cases.core.facts import Frequency
from cms_tracker.audit import operations as audit

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def record_payment(
    *,
    actor: "User",
    case: "Case",
    paid_on: dt.date,
    amount_pence: int,
    recorded_on: dt.date | None,
    route: facts.Route = facts.Route.DIRECT,
    paid_to_cms_on: dt.date | None = None,
    allocation: Sequence[facts.AllocationPart] = (),
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> Payment:
    """Record money that came or was paid, in pence, known from ``recorded_on``."""
    payment = audit.add_fact(
        Payment,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        paid_on=paid_on,
        amount_pence=amount_pence,
        route=route,
        paid_to_cms_on=paid_to_cms_on,
        recorded_on=recorded_on,
        note=note,
    )
    if allocation and not PaymentAllocation.objects.filter(payment=payment).exists():
        PaymentAllocation.objects.bulk_create(
            PaymentAllocation(
                case_id=case.pk, payment=payment, due_on=part.due_on, amount_pence=part.amount, position=index
            )
            for index, part in enumerate(allocation)
        )
    return payment


@transaction.atomic
def note_nothing_came(
    *,
    actor: "User",
    case: "Case",
    due_on: dt.date,
    noted_on: dt.date,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> Observation:
    """Note that nothing came for the instalment of ``due_on``. It never changes a balance."""
    return audit.add_fact(
        Observation, actor=actor, case_id=case.pk, entry_id=entry_id, due_on=due_on, noted_on=noted_on, note=note
    )


@transaction.atomic
def record_opening_balance(
    *,
    actor: "User",
    case: "Case",
    on: dt.date,
    amount_pence: int,
    source: str,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> OpeningBalance:
    """Record arrears brought forward, in pence."""
    return audit.add_fact(
        OpeningBalance,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        on=on,
        amount_pence=amount_pence,
        source=source,
        note=note,
    )


@transaction.atomic
def record_adjustment(
    *,
    actor: "User",
    case: "Case",
    kind: facts.AdjustmentKind,
    on: dt.date,
    amount_pence: int,
    recorded_on: dt.date | None,
    reason: str,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> Adjustment:
    """Record a correction, write-off, offset or other credit that CMS made, in pence."""
    return audit.add_fact(
        Adjustment,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        kind=kind,
        on=on,
        amount_pence=amount_pence,
        recorded_on=recorded_on,
        reason=reason,
        note=note,
    )


@transaction.atomic
def record_statement(
    *,
    actor: "User",
    case: "Case",
    stated_on: dt.date,
    as_at: dt.date,
    amount_pence: int,
    source: str,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> Statement:
    """Record a figure that CMS gave for what is owed on ``as_at``, in pence."""
    return audit.add_fact(
        Statement,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        stated_on=stated_on,
        as_at=as_at,
        amount_pence=amount_pence,
        source=source,
        note=note,
    )


@transaction.atomic
def record_plan(
    *,
    actor: "User",
    case: "Case",
    agreed_on: dt.date,
    first_payment_on: dt.date,
    frequency: Frequency,
    total_pence: int,
    arrears_part_pence: int,
    cms_word: str = "",
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> RepaymentPlan:
    """Record a repayment plan as CMS put it, in pence, with CMS's own word for it."""
    return audit.add_fact(
        RepaymentPlan,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        agreed_on=agreed_on,
        first_payment_on=first_payment_on,
        frequency=frequency,
        total_pence=total_pence,
        arrears_part_pence=arrears_part_pence,
        cms_word=cms_word,
        note=note,
    )
