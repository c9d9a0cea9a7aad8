"""Complain about this site, and answer: nothing is sent to anybody."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.crypto import constant_time_compare

from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.rights.core import complaint_clock, second_thoughts
from cms_tracker.rights.models import Complaint

if TYPE_CHECKING:
    from cms_tracker.users.models import User


class Receipt(NamedTuple):
    """What is shown once: the reference, and the code with which the answer is read."""

    reference: str
    code: str
    reply_by: dt.date


@transaction.atomic
def complain(
    *, said: str, user: "User | None", at: dt.datetime, on: dt.date, entry_id: uuid.UUID | None = None
) -> Receipt:
    """Keep a complaint. Raises Refusal for a form that was sent before: its code cannot be shown again."""
    if entry_id is not None and Complaint.objects.filter(pk=entry_id).exists():
        raise Refusal(say("We have this already. Its code was shown once and cannot be shown again."))
    receipt = Receipt(complaint_clock.new_reference(), second_thoughts.new_code(), complaint_clock.reply_by(on))
    Complaint.objects.create(
        id=entry_id or uuid.uuid4(),
        reference=receipt.reference,
        code_hash=second_thoughts.fingerprint(receipt.code),
        user=user,
        said=said,
        made_at=at,
        reply_by=receipt.reply_by,
    )
    return receipt


@transaction.atomic
def answer_complaint(*, reference: str, by: str, answer: str, at: dt.datetime) -> None:
    """Answer a complaint. Raises Refusal where there is none of this reference, or it is answered."""
    row = Complaint.objects.select_for_update().filter(reference=reference.strip().upper()).first()
    if row is None:
        raise Refusal(say("There is no complaint with this reference."), field="reference")
    if row.answered_at is not None:
        raise Refusal(say("This complaint is answered already."), field="reference")
    row.answer, row.answered_at, row.answered_by = answer, at, by
    row.save(update_fields=["answer", "answered_at", "answered_by"])


def complaint_behind(*, reference: str, code: str) -> Complaint | None:
    """The complaint with this reference and code, or None: whatever is wrong, nobody learns which."""
    row = Complaint.objects.filter(reference=reference.strip().upper()).first()
    typed = second_thoughts.fingerprint(code)
    return row if row and typed and constant_time_compare(row.code_hash, typed) else None
