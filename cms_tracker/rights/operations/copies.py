"""Ask for a copy of everything, take it, and forget it."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from cases import queries as cases
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.rights.core.copies import A_DAY, MOST_A_DAY
from cms_tracker.rights.models import AccountCopy
from cms_tracker.users import queries as users
from cms_tracker.web import storage
from correspondence import tasks
from correspondence.core.jobs import JobKind

if TYPE_CHECKING:
    from cms_tracker.users.models import User


@transaction.atomic
def ask_for_copy(*, actor: "User", at: dt.datetime, entry_id: uuid.UUID | None = None) -> AccountCopy:
    """Have everything of this person put into one file. Sent twice, it is asked for once.

    Raises Refusal after ``MOST_A_DAY`` copies within a day: the file is dangerous, and making it is work.
    """
    users.hold(actor.pk)  # so that of two tabs at once the second counts the first
    if entry_id is not None and (found := AccountCopy.objects.filter(pk=entry_id, user=actor).first()):
        return found
    if AccountCopy.objects.filter(user=actor, asked_at__gt=at - A_DAY).count() >= MOST_A_DAY:
        raise Refusal(say("You have asked for as many copies as we make in a day. Try again tomorrow."))
    taken = entry_id is not None and AccountCopy.objects.filter(pk=entry_id).exists()
    copy = AccountCopy.objects.create(
        id=uuid.uuid4() if taken or entry_id is None else entry_id,
        user=actor,
        case_ids=[str(case.pk) for case in cases.owned_by(actor.pk)],
        asked_at=at,
    )
    tasks.ask_for_person(JobKind.EVERYTHING, subject=copy.pk, requested_by=actor.pk)
    audit.record_look("account.copy_asked", actor=actor, subject=str(copy.pk))
    for case_id in copy.case_ids:
        audit.record_look("case.exported", actor=actor, case_id=uuid.UUID(case_id), subject=str(copy.pk))
    return copy


@transaction.atomic
def note_copy_taken(*, actor: "User", copy_id: uuid.UUID) -> None:
    """Say in the audit that the file was taken away."""
    audit.record_look("account.copy_taken", actor=actor, subject=str(copy_id))


@transaction.atomic
def forget_copy(*, actor: audit.Actor, copy_id: uuid.UUID) -> None:
    """Delete a copy with its file, because its day is over or nobody may have it any more."""
    copy = AccountCopy.objects.select_for_update().filter(pk=copy_id).first()
    if copy is None:
        return
    stored_as = copy.stored_as
    copy.delete()
    tasks.forget(JobKind.EVERYTHING, subject=copy_id)
    audit.record_look("account.copy_deleted", actor=actor, subject=str(copy_id))
    if stored_as:
        transaction.on_commit(lambda: storage.discard(stored_as))
