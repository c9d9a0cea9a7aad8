"""Delete a record or a sign-in: out of everybody's sight at once, destroyed on its day.

Which day is the person's choice and stands on no page (decision 0042). What has to be kept by law is
out of sight too, and destroyed when that ends.
"""

import datetime as dt
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from cases import operations as case_operations
from cases import queries as cases
from cms_tracker.audit import operations as audit
from cms_tracker.rights import queries
from cms_tracker.rights.core import second_thoughts
from cms_tracker.rights.models import AccountCopy, Deletion, SecondThoughts
from cms_tracker.rights.operations.copies import forget_copy
from cms_tracker.users import closing
from cms_tracker.users import queries as users
from cms_tracker.web import storage

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def choose_days(*, actor: "User", days: int) -> str:
    """Keep how long this person wants to be able to take a deletion back; return a new code that does it.

    Only its hash is kept, so it can be shown this once. A code that was made before is void.
    """
    code = second_thoughts.new_code()
    SecondThoughts.objects.update_or_create(
        user=actor, defaults={"days": days, "code_hash": second_thoughts.fingerprint(code)}
    )
    audit.record("account.days_chosen", actor=actor)
    return code


@transaction.atomic
def delete_record(*, actor: "User", case: "Case", at: dt.datetime) -> None:
    """Delete one record of which ``actor`` is the owner.

    A copy of everything that holds it goes at once: nobody may take it away any more, and it lies
    outside the folder of the record, so that it would outlive it.
    """
    users.hold(actor.pk)
    _set_aside(actor, case, at=at, due_at=_due_at(actor, at))
    for copy in AccountCopy.objects.filter(user=actor):
        if str(case.pk) in copy.case_ids:
            forget_copy(actor=actor, copy_id=copy.pk)
    destroy_due(at=at, of=actor.pk)


@transaction.atomic
def delete_account(*, actor: "User", at: dt.datetime, days: int | None = None) -> None:
    """Delete a sign-in with every record that belongs to it; records of others that it opens are theirs and stay.

    ``days`` stands for what the person chose, where it is not the person who deletes.
    """
    users.hold(actor.pk)
    due_at = _due_at(actor, at) if days is None else at + dt.timedelta(days=days)
    for case in cases.owned_by(actor.pk):
        _set_aside(actor, case, at=at, due_at=due_at)
    case_operations.leave_every_case(actor=actor, at=at)
    for copy in AccountCopy.objects.filter(user=actor):
        forget_copy(actor=actor, copy_id=copy.pk)
    address = closing.close(actor)
    Deletion.objects.create(
        user_id=actor.pk, asked_at=at, due_at=due_at, address=address, address_hash=address_hash(address)
    )
    audit.record("account.deletion_asked", actor=actor)
    destroy_due(at=at, of=actor.pk)


def destroy_due(*, at: dt.datetime, of: uuid.UUID | None = None) -> int:
    """Destroy what is due by ``at`` (of one person, or of everybody) and not held; return how many it was.

    Safe to run twice, at once or late: each is a transaction of its own, and what is done has no row.
    """
    due = [one for one in queries.due_deletions(at=at) if of is None or one.user_id == of]
    held = queries.holds_on([one.case_id for one in due if one.case_id], on=at.date())
    done = sum(_destroy(one) for one in due if one.case_id not in held)
    if done:
        _forget_the_journal()
    return done


@transaction.atomic
def _destroy(deletion: Deletion) -> bool:
    if not Deletion.objects.select_for_update().filter(pk=deletion.pk).exists():
        return False  # another timer was first, or it was taken back
    _overwrite_what_is_deleted()
    actor = _Gone(deletion.user_id)
    if deletion.case_id is not None:
        case = cases.case_by_id(deletion.case_id)
        if case is not None:
            case_operations.delete_case(actor=actor, case=case)  # type: ignore[arg-type]  # the person may be gone
    else:
        case_operations.forget_name(deletion.user_id)
        closing.remove(deletion.user_id)
        transaction.on_commit(lambda: _remove_files(deletion.user_id))
    Deletion.objects.filter(pk=deletion.pk).delete()
    return True


def _remove_files(user_id: uuid.UUID) -> None:
    with suppress(storage.StorageError):  # copies of everything, that no row names: the timer sweeps them
        storage.remove_all(user_id)


@transaction.atomic
def bring_back(*, person: "User", deletions: list[Deletion]) -> bool:
    """Take deletions back that are not done: the sign-in with its address, and each record with everybody in it.

    False, with nothing changed, where somebody has signed up with the address since.
    """
    rows = list(Deletion.objects.select_for_update().filter(pk__in=[one.pk for one in deletions]))
    for one in rows:
        if one.case_id is None and not closing.reopen(person, address=one.address):
            return False
    for one in rows:
        if one.case_id is not None:
            case_operations.bring_back(actor=person, case_id=one.case_id, at=one.asked_at)
    Deletion.objects.filter(pk__in=[one.pk for one in rows]).delete()
    SecondThoughts.objects.filter(user=person).update(code_hash="")
    audit.record("account.deletion_taken_back", actor=person)
    return bool(rows)


def fits(person: "User", code: str) -> bool:
    """Say whether this is the code that this person was shown for changing their mind."""
    kept = SecondThoughts.objects.filter(user=person).values_list("code_hash", flat=True).first() or ""
    typed = second_thoughts.fingerprint(code)
    return bool(kept and typed) and constant_time_compare(kept, typed)


def address_hash(address: str) -> str:
    """What a closed sign-in is found by: it cannot be read back into an address."""
    return salted_hmac("rights.deletion", address.strip().lower(), algorithm="sha256").hexdigest()


def _due_at(actor: "User", at: dt.datetime) -> dt.datetime:
    days = queries.days_for(actor.pk)
    return at + dt.timedelta(days=second_thoughts.DAYS_UNLESS_CHOSEN if days is None else days)


def _set_aside(actor: "User", case: "Case", *, at: dt.datetime, due_at: dt.datetime) -> None:
    case_operations.set_aside(actor=actor, case=case, at=at)
    Deletion.objects.create(user_id=actor.pk, case_id=case.pk, asked_at=at, due_at=due_at)


class _Gone:
    """Somebody who deleted something, whose own row may be gone by the time it is destroyed."""

    def __init__(self, key: uuid.UUID) -> None:
        self.pk = key


def _overwrite_what_is_deleted() -> None:
    """Have SQLite write noughts over deleted rows: without it they stay in the file until something is put there."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _forget_the_journal() -> None:
    """Have SQLite's journal written into the file and emptied: it holds pages as they were before."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
