"""Money facts, kept plans and proofs of a whole case: into a case just opened, and out again."""

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from arrears import queries
from arrears.core import case_values, facts
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
from cases import queries as case_queries
from cases.transfer import own_day
from cms_tracker.audit import operations as audit
from cms_tracker.web import storage

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def add_money(*, actor: "User", case: "Case", known: facts.CaseFacts) -> None:
    """Add the money facts of a case; each carries the key of its row."""
    for rows in (
        [_opening(one, case.pk) for one in known.openings],
        [_payment(one, case.pk) for one in known.payments],
        [_observation(one, case.pk) for one in known.observations],
        [_adjustment(one, case.pk) for one in known.adjustments],
        [_statement(one, case.pk) for one in known.statements],
        [_plan(one, case.pk) for one in known.plans],
    ):
        audit.add_facts(rows, actor=actor, case_id=case.pk)
    PaymentAllocation.objects.bulk_create(
        [row for one in known.payments for row in _allocation(one, case.pk)], batch_size=audit.BATCH
    )


@transaction.atomic
def add_proposals(*, actor: "User", case: "Case", proposals: Sequence[tuple[uuid.UUID, case_values.Proposal]]) -> None:
    """Keep the plans that a person compared under the given keys, in their order."""
    for key, one in proposals:
        row = PlanProposal.of(one, case_id=case.pk, key=key)
        row.save(force_insert=True)
        audit.record("proposal.kept", actor=actor, case_id=case.pk, subject=str(row.pk))


@transaction.atomic
def add_evidence(*, actor: "User", case: "Case", evidence: Sequence[tuple[uuid.UUID, case_values.Evidence]]) -> None:
    """Keep proofs under the given keys: each file first, then its row. A caller that fails removes the files."""
    rows = []
    for key, one in evidence:
        kept = storage.keep([one.content], case_id=case.pk)
        row = Evidence(
            id=key,
            case_id=case.pk,
            payment_id=uuid.UUID(one.payment_id),
            name=one.name,
            media_type=one.media_type,
            size=kept.size,
            sha256=kept.sha256,
            stored_as=kept.stored_as,
            note=one.note,
        )
        rows.append(row)
    audit.add_facts(rows, actor=actor, case_id=case.pk)


def proposals_of(case_id: uuid.UUID) -> tuple[case_values.Proposal, ...]:
    """The kept plans of a case as a case file holds them, in the person's order."""
    return tuple(terms for _, terms in queries.proposal_terms(case_id))


def evidence_of(case_id: uuid.UUID) -> tuple[case_values.Evidence, ...]:
    """The proofs of a case with their content. Raises FileNotFoundError where a file is gone."""
    struck = case_queries.strike_outs([case_id])
    found = []
    for row in Evidence.objects.filter(case_id=case_id).order_by("entered_at", "id"):
        with storage.open_kept(row.stored_as) as file:
            content = file.read()
        one = case_values.Evidence(
            payment_id=str(row.payment_id),
            name=row.name,
            media_type=row.media_type,
            sha256=row.sha256,
            content=content,
            note=row.note,
            struck_out=struck.get(row.id),
        )
        found.append(one)
    return tuple(found)


def _opening(one: facts.OpeningBalance, case_id: uuid.UUID) -> OpeningBalance:
    return OpeningBalance(
        id=uuid.UUID(one.id), case_id=case_id, on=one.on, amount_pence=one.amount, source=one.source, note=one.note
    )


def _payment(one: facts.Payment, case_id: uuid.UUID) -> Payment:
    return Payment(
        id=uuid.UUID(one.id),
        case_id=case_id,
        paid_on=one.paid_on,
        amount_pence=one.amount,
        route=one.route,
        paid_to_cms_on=one.paid_to_cms_on,
        recorded_on=own_day(one.recorded_on, usual=one.paid_on),
        note=one.note,
    )


def _allocation(one: facts.Payment, case_id: uuid.UUID) -> list[PaymentAllocation]:
    return [
        PaymentAllocation(
            case_id=case_id,
            payment_id=uuid.UUID(one.id),
            due_on=part.due_on,
            amount_pence=part.amount,
            position=position,
        )
        for position, part in enumerate(one.allocation)
    ]


def _observation(one: facts.Observation, case_id: uuid.UUID) -> Observation:
    return Observation(id=uuid.UUID(one.id), case_id=case_id, due_on=one.due_on, noted_on=one.noted_on, note=one.note)


def _adjustment(one: facts.Adjustment, case_id: uuid.UUID) -> Adjustment:
    return Adjustment(
        id=uuid.UUID(one.id),
        case_id=case_id,
        kind=one.kind,
        on=one.on,
        amount_pence=one.amount,
        recorded_on=own_day(one.recorded_on, usual=one.on),
        reason=one.reason,
        note=one.note,
    )


def _statement(one: facts.Statement, case_id: uuid.UUID) -> Statement:
    return Statement(
        id=uuid.UUID(one.id),
        case_id=case_id,
        stated_on=one.stated_on,
        as_at=one.as_at,
        amount_pence=one.amount,
        source=one.source,
        note=one.note,
    )


def _plan(one: facts.Plan, case_id: uuid.UUID) -> RepaymentPlan:
    return RepaymentPlan(
        id=uuid.UUID(one.id),
        case_id=case_id,
        agreed_on=one.agreed_on,
        first_payment_on=one.first_payment_on,
        frequency=one.frequency,
        total_pence=one.total,
        arrears_part_pence=one.arrears_part,
        cms_word=one.cms_word,
        note=one.note,
    )
