"""Keep evidence: each operation is one transaction with its audit row."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from cases import operations as cases
from cases import queries as case_queries
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.uploads import Accepted
from correspondence.models import Contact, EvidenceFile, Letter

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def add_evidence(
    *,
    actor: "User",
    case: "Case",
    file: Accepted,
    shows: str,
    happened_on: dt.date,
    recorded_on: dt.date,
    contact_id: uuid.UUID | None = None,
    letter_id: uuid.UUID | None = None,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> EvidenceFile:
    """Keep a file that shows something, on its own or with a contact or a letter: the file first, then its row.

    Sent twice, the file that came first counts. Raises Refusal where the case has no such contact
    or letter, or keeps as many files, or bytes, as one case may.
    """
    found = EvidenceFile.objects.filter(pk=entry_id, case_id=case.pk).first() if entry_id else None
    if found is not None:
        return found
    _check_attached(case, contact_id=contact_id, letter_id=letter_id)
    kept = cases.keep_file(case=case, file=file)
    return audit.add_fact(
        EvidenceFile,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        contact_id=contact_id,
        letter_id=letter_id,
        shows=shows,
        happened_on=happened_on,
        recorded_on=recorded_on,
        name=file.name,
        media_type=file.media_type,
        size=kept.size,
        sha256=kept.sha256,
        stored_as=kept.stored_as,
        note=note,
    )


def _check_attached(case: "Case", *, contact_id: uuid.UUID | None, letter_id: uuid.UUID | None) -> None:
    if contact_id and not Contact.objects.filter(pk=contact_id, case_id=case.pk).exists():
        raise Refusal(say("This contact is not in your record."))
    if letter_id and not Letter.objects.filter(pk=letter_id, case_id=case.pk).exists():
        raise Refusal(say("This letter is not in your record."))
    if {contact_id, letter_id} & set(case_queries.struck_in(case.pk)):
        raise Refusal(say("This was struck out. Add the file on its own."))
