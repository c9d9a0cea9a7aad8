"""Read how the person of a case may be reached."""

import uuid
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from cases.core.safe_contact import ContactMark, SafeContact, from_text, mark
from cases.models import SafeContact as SafeContactRow
from cms_tracker.web import prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet


def safe_contact_of(case_id: uuid.UUID) -> SafeContact | None:
    """What was said about reaching the person of a case; None where nobody has been asked."""
    row = SafeContactRow.objects.filter(case_id=case_id).first()
    if row is None:
        return None
    return SafeContact(ways=from_text(row.ways), address=row.address, telephone=row.telephone)


def contact_marks(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, ContactMark]:
    """How the person of each of these cases may be reached, without an address or a number, in one query."""
    rows = prepared.cells("safe contact", _ways_of, list(case_ids))
    said = {prepared.key(cell): mark(SafeContact(ways=from_text(ways))) for cell, ways in rows}
    return {case_id: said.get(case_id, mark(None)) for case_id in case_ids}


def _ways_of(case_ids: Sequence[uuid.UUID]) -> "QuerySet[Any, Any]":
    return SafeContactRow.objects.filter(case_id__in=case_ids).values_list("case_id", "ways")
