"""The order in which a case file lists contacts and letters, and the place of each: links are such places."""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from cases import queries as case_queries
from correspondence.models import Contact, Letter

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Filed(NamedTuple):
    """The place of each contact, letter and decision of a case in its file, by key, from 0."""

    contacts: dict[str, int]
    letters: dict[str, int]
    decisions: dict[str, int]


def filed(case_id: uuid.UUID) -> Filed:
    """Where a case file lists what other parts of it name."""
    decisions = case_queries.decisions_by_case([case_id], {}).get(case_id, ())
    return Filed(_places(contact_rows(case_id)), _places(letter_rows(case_id)), _places(decisions))


def contact_rows(case_id: uuid.UUID) -> "QuerySet[Contact]":
    """The contacts of a case, oldest first."""
    return Contact.objects.filter(case_id=case_id).order_by("at_date", "entered_at", "id")


def letter_rows(case_id: uuid.UUID) -> "QuerySet[Letter]":
    """The letters of a case, oldest first, each version after the one that it corrects."""
    return Letter.objects.filter(case_id=case_id).order_by("dated_on", "made_at", "version", "id")


def _places(rows: Iterable[Any]) -> dict[str, int]:
    return {str(row.id): place for place, row in enumerate(rows)}
