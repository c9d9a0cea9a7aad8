"""Payments, their proofs, and notes that nothing came."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from arrears import queries
from arrears.core import facts
from arrears.core.expecting import Shown, changed_since
from arrears.models import Evidence, Observation, Payment, PaymentAllocation
from cases import operations as cases
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.uploads import Accepted

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def log_payment(
    *,
    actor: "User",
    case: "Case",
    paid_on: dt.date,
    amount_pence: int,
    recorded_on: dt.date,
    route: facts.Route,
    note: str = "",
    proof: Accepted | None = None,
    entry_id: uuid.UUID | None = None,
    shown: Shown | None = None,
) -> Payment:
    """Record a payment and, where there is one, its proof: both or neither.

    ``shown`` is what the form said when it was opened. Raises Refusal for the field ``expected``
    where that has changed since; sending the same ``entry_id`` again is no change.
    """
    if shown is not None and not (entry_id and Payment.objects.filter(pk=entry_id).exists()):
        changed = changed_since(queries.facts_for(case), shown, on=recorded_on)
        if changed:
            raise Refusal(changed, field="expected")
    payment = record_payment(
        actor=actor,
        case=case,
        paid_on=paid_on,
        amount_pence=amount_pence,
        recorded_on=recorded_on,
        route=route,
        note=note,
        entry_id=entry_id,
    )
    if proof is not None and not Evidence.objects.filter(payment=payment).exists():
        add_proof(actor=actor, case=case, payment_id=payment.pk, proof=proof)
    return payment


@transaction.atomic
def add_proof(
    *,
    actor: "User",
    case: "Case",
    payment_id: uuid.UUID,
    proof: Accepted,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> Evidence:
    """Keep a file that shows a payment of this case: the file first, then its row.

    Raises Refusal where the case has no such payment, or keeps as many files, or bytes, as one
    case may.
    """
    if not Payment.objects.filter(pk=payment_id, case_id=case.pk).exists():
        raise Refusal(say("This payment is not in your record."))
    found = Evidence.objects.filter(pk=entry_id, case_id=case.pk, payment_id=payment_id).first() if entry_id else None
    if found is not None:
        return found  # sent twice: the file that came first counts
    try:
        file = cases.keep_file(case=case, file=proof)
    except Refusal as refusal:
        raise Refusal(
            say("{message} The payment can be logged without one.", message=refusal.message), field="proof"
        ) from refusal
    return audit.add_fact(
        Evidence,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        payment_id=payment_id,
        name=proof.name,
        media_type=proof.media_type,
        size=file.size,
        sha256=file.sha256,
        stored_as=file.stored_as,
        note=note,
    )


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
