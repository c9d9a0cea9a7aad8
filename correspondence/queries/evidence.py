"""Read the evidence of a case: its files with what may be shared of each."""

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from arrears import queries as money_queries
from arrears.core.facts import Payment
from arrears.queries import KeptProof
from cases import queries as case_queries
from cases.core.facts import StruckOut
from cases.core.shared_copies import CopySeen
from correspondence.core.evidence import EvidenceSeen
from correspondence.models import EvidenceFile

if TYPE_CHECKING:
    from cases.models import Case


def evidence_of(case_id: uuid.UUID) -> list[EvidenceSeen]:
    """Every file of evidence of a case, what happened last first, struck-out ones among them."""
    rows = list(EvidenceFile.objects.filter(case_id=case_id).order_by("-happened_on", "-entered_at", "id"))
    if not rows:
        return []
    struck, copies = case_queries.struck_in(case_id), case_queries.shared_copies(case_id)
    return [_seen(row, struck, copies) for row in rows]


def evidence_file_of(case_id: uuid.UUID, evidence_id: uuid.UUID) -> EvidenceSeen | None:
    """One file of evidence of this case, or None where the case has no such file."""
    return next((one for one in evidence_of(case_id) if one.id == evidence_id), None)


def evidence_with(case_id: uuid.UUID, attached_to: uuid.UUID) -> list[EvidenceSeen]:
    """The files that belong to one contact or letter of this case, in the order in which they were added."""
    return [one for one in reversed(evidence_of(case_id)) if attached_to in (one.contact_id, one.letter_id)]


def _seen(row: EvidenceFile, struck: Mapping[uuid.UUID, StruckOut], copies: Mapping[str, CopySeen]) -> EvidenceSeen:
    return EvidenceSeen(
        id=row.pk,
        case_id=row.case_id,
        shows=row.shows,
        happened_on=row.happened_on,
        recorded_on=row.recorded_on,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        stored_as=row.stored_as,
        contact_id=row.contact_id,
        letter_id=row.letter_id,
        note=row.note,
        copy=copies.get(row.sha256),
        struck_out=struck.get(row.pk),
    )


def payment_files(case: "Case") -> list[tuple[Payment, KeptProof]]:
    """The files that show payments, each with its payment; those of struck-out payments among them."""
    payments = {one.id: one for one in money_queries.facts_for(case).payments}
    kept = money_queries.proofs_of_payments(case.pk, payments)
    return [(payments[key], file) for key, files in kept.items() for file in files]
