"""Money facts, kept plans and proofs of a whole case: into a case just opened, and out again."""

import uuid
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from arrears import queries
from arrears.core import case_values, facts, walk
from arrears.models import Evidence, PlanProposal, fact_parts, rows
from cases import queries as case_queries
from cms_tracker.audit import operations as audit
from cms_tracker.audit.append_only import Fact
from cms_tracker.web import storage

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def add_money(*, actor: "User", case: "Case", known: facts.CaseFacts) -> None:
    """Add the money facts of a case; each carries the key of its row."""
    for kept in rows.EVERY:
        found = getattr(known, kept.name)
        audit.add_facts([kept.row(one, case_id=case.pk) for one in found], actor=actor, case_id=case.pk)
        parts = [row for one in found for row in fact_parts.rows_of(one, case_id=case.pk)]
        if parts:
            type(parts[0])._default_manager.bulk_create(parts, batch_size=audit.BATCH)
    audit.add_facts(list(_steps(known, case.pk)), actor=actor, case_id=case.pk)


def _steps(known: facts.CaseFacts, case_id: uuid.UUID) -> Iterator[Fact]:
    for fact in walk.every(known):
        for step in getattr(fact, "steps", ()):
            subject = {f"{rows.STEPPED[type(fact)]}_id": uuid.UUID(fact.id)}
            yield rows.STEPS.row(step, case_id=case_id, **subject)


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
    struck = case_queries.struck_in(case_id)
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
