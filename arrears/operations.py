"""Write the money facts: each operation is one transaction with its audit row."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from arrears import queries
from arrears.core import facts
from arrears.core.case_values import Proposal
from arrears.core.expecting import Shown, changed_since
from arrears.core.plan_review import of_proposal
from arrears.core.plans import PlanError
from arrears.core.previews import FirstLetter
from arrears.models import (
    Adjustment,
    Evidence,
    Observation,
    OpeningBalance,
    Payment,
    PaymentAllocation,
    PlanProposal,
    RepaymentPlan,
    Statement,
)
from cases import operations as case_operations
from cases import queries as case_queries
from cases.core.facts import Decision, Frequency
from cms_tracker.audit import operations as audit
from cms_tracker.refusal import Refusal
from cms_tracker.web import storage

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

MAX_PROPOSALS = 3  # a case; more cannot be read side by side
MAX_FILES = 2_000  # a case; enough for a proof a week over a whole childhood
MAX_TOTAL_BYTES = 500 * 1024 * 1024


class Proof(NamedTuple):
    """A file that a form has judged: a safe name, the media type of its content, and the content."""

    name: str
    media_type: str
    chunks: Iterable[bytes]


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
    proof: Proof | None = None,
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
    proof: Proof,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> Evidence:
    """Keep a file that shows a payment of this case: the file first, then its row.

    Raises Refusal where the case has no such payment, or keeps as many files, or bytes, as one
    case may.
    """
    if not Payment.objects.filter(pk=payment_id, case_id=case.pk).exists():
        raise Refusal("This payment is not in your record.")
    found = Evidence.objects.filter(pk=entry_id, case_id=case.pk, payment_id=payment_id).first() if entry_id else None
    if found is not None:
        return found  # sent twice: the file that came first counts
    kept = Evidence.objects.filter(case_id=case.pk).values_list("size", flat=True)
    if len(kept) >= MAX_FILES or sum(kept) >= MAX_TOTAL_BYTES:
        raise Refusal("This record is full of files. The payment can be logged without one.", field="proof")
    file = storage.keep(proof.chunks, case_id=case.pk)
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
    """Record arrears brought forward, in pence. A case has one such sum (rules section 7).

    Raises Refusal where one stands already.
    """
    held = set(OpeningBalance.objects.filter(case_id=case.pk).values_list("pk", flat=True))
    if held - {entry_id} - set(case_queries.strike_outs([case.pk])):
        raise Refusal("Your record holds an amount carried over already. If it is wrong, strike it out first.")
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


@transaction.atomic
def record_first_letter(*, actor: "User", case: "Case", letter: FirstLetter) -> None:
    """Record everything that a first decision letter says, or nothing at all.

    The facts carry the keys of their rows, so that saving twice makes one of each. Raises Refusal
    where payment dates or a service already begin on the same day.
    """
    decision, service, schedule, opening = letter.decision, letter.service, letter.schedule, letter.opening
    record_decision(actor=actor, case=case, decision=decision)
    case_operations.record_service(
        actor=actor, case=case, type=service.type, from_on=service.from_on, entry_id=uuid.UUID(service.id)
    )
    case_operations.record_schedule(
        actor=actor,
        case=case,
        frequency=schedule.frequency,
        first_due_on=schedule.first_due_on,
        entry_id=uuid.UUID(schedule.id),
    )
    if opening is not None:
        record_opening_balance(
            actor=actor,
            case=case,
            on=opening.on,
            amount_pence=opening.amount,
            source=opening.source,
            entry_id=uuid.UUID(opening.id),
        )


@transaction.atomic
def record_decision(*, actor: "User", case: "Case", decision: Decision) -> None:
    """Record one CMS decision that carries the key of its row. Saving it twice makes one."""
    case_operations.record_calculation(
        actor=actor,
        case=case,
        weekly_pence=decision.weekly,
        effective_on=decision.effective_on,
        decided_on=decision.decided_on,
        notified_on=decision.notified_on,
        instalment_pence=decision.instalment,
        sequence=decision.sequence,
        reason=decision.reason,
        entry_id=uuid.UUID(decision.id),
    )


@transaction.atomic
def keep_proposal(
    *, actor: "User", case: "Case", proposal: Proposal, entry_id: uuid.UUID | None = None
) -> PlanProposal:
    """Keep a plan to compare with others; its income is for the interval of its payments.

    Raises Refusal where the terms cannot be a plan, where three are kept already, or where
    ``entry_id`` belongs to another case.
    """
    found = PlanProposal.objects.filter(pk=entry_id).first() if entry_id else None
    if found is not None:
        if found.case_id != case.pk:
            raise Refusal("This form has been used before. Open it again and send it once more.")
        return found
    if PlanProposal.objects.filter(case_id=case.pk).count() >= MAX_PROPOSALS:
        raise Refusal("You can keep three plans at a time. Remove one first.")
    try:
        of_proposal(proposal)
    except PlanError as error:
        raise Refusal(f"This {error.message}.", field=error.field) from error
    row = PlanProposal.of(proposal, case_id=case.pk, key=entry_id or uuid.uuid4())
    row.save(force_insert=True)
    audit.record("proposal.kept", actor=actor, case_id=case.pk, subject=str(row.pk))
    return row


@transaction.atomic
def remove_proposal(*, actor: "User", case: "Case", proposal_id: uuid.UUID) -> bool:
    """Throw a kept plan away. False where this case has no such plan."""
    row = PlanProposal.objects.filter(case_id=case.pk, pk=proposal_id).first()
    if row is None:
        return False
    row.delete()
    audit.record("proposal.removed", actor=actor, case_id=case.pk, subject=str(proposal_id))
    return True
