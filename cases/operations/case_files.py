"""Write the case file: each operation is one transaction with its audit row."""

import datetime as dt
import logging
import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from cases import queries
from cases.core import facts
from cases.core.details import Details
from cases.core.roles import Role
from cases.core.shared_copies import CopySeen
from cases.models import (
    Calculation,
    Case,
    CaseMembership,
    Child,
    FilesToRemove,
    PaymentSchedule,
    ServicePeriod,
    SharedCopy,
    StrikeOut,
)
from cms_tracker import uploads
from cms_tracker.audit import operations as audit
from cms_tracker.audit import queries as audit_queries
from cms_tracker.language import mark, say
from cms_tracker.refusal import Refusal
from cms_tracker.web import storage

if TYPE_CHECKING:
    from cms_tracker.users.models import User

log = logging.getLogger(__name__)

NOT_JUST_NOW = mark("Files cannot be kept just now. Nothing was saved. Try again in a few minutes.")


@transaction.atomic
def open_case(
    *,
    actor: "User",
    reference: str,
    nation: facts.Nation,
    perspective: facts.Perspective,
    other_parent: str = "Other parent",
    children: Sequence[str] = (),
    scheme: facts.Scheme = facts.Scheme.CMS_2012,
    allocation_rule: facts.AllocationRule = facts.AllocationRule.ONGOING_FIRST,
    note: str = "",
    case_id: uuid.UUID | None = None,
) -> Case:
    """Open a file for ``actor``, who owns it. Nothing is looked up: the same reference may exist twice.

    ``case_id`` comes from the form shown, so that sending it twice opens one file. Where it names a
    file that is not the actor's own, a new key is taken, and nothing says that the other is here.
    """
    if case_id is not None:
        if CaseMembership.objects.filter(case_id=case_id, user=actor, role=Role.OWNER, ended_at=None).exists():
            return Case.objects.get(pk=case_id)
        if Case.objects.filter(pk=case_id).exists():
            case_id = None
    case = Case.objects.create(
        id=case_id or uuid.uuid4(),
        reference=reference,
        nation=nation,
        perspective=perspective,
        other_parent=other_parent,
        scheme=scheme,
        allocation_rule=allocation_rule,
        note=note,
    )
    _add_children(case, children)
    CaseMembership.objects.create(case=case, user=actor, role=Role.OWNER)
    audit.record("case.opened", actor=actor, case_id=case.pk)
    return case


@transaction.atomic
def correct_details(*, actor: "User", case: Case, details: Details, seen: str) -> list[str]:
    """Put the details of a case right; return the names of the fields that changed.

    ``seen`` is the fingerprint of the details that the person was shown. Where nothing differs,
    nothing is written, so that a form may be sent twice. The audit names the fields and never what
    they hold. Raises Refusal where somebody else changed the details in the meantime.
    """
    kept = Case.objects.select_for_update().get(pk=case.pk)  # so that of two forms at once the second is refused
    before = queries.details_of(kept)
    changed = details.changed_from(before)
    if not changed:
        return []
    if seen != before.fingerprint():
        raise Refusal(say("These details were changed after you opened this page. Open it again to see them."))
    columns = [name for name in changed if name != "children"]
    if columns:
        Case.objects.filter(pk=case.pk).update(**{name: getattr(details, name) for name in columns})
    if "children" in changed:
        Child.objects.filter(case=kept).delete()
        _add_children(kept, details.children)
    audit.record("case.corrected", actor=actor, case_id=case.pk, subject=", ".join(changed))
    return changed


@transaction.atomic
def name_case(*, actor: "User", case: Case, label: str) -> None:
    """Keep ``actor``'s own name for a case, which only they are shown. Empty takes it away."""
    CaseMembership.objects.filter(case=case, user=actor, ended_at=None).update(label=label.strip())
    audit.record("case.named", actor=actor, case_id=case.pk)


@transaction.atomic
def record_calculation(
    *,
    actor: "User",
    case: Case,
    weekly_pence: int,
    effective_on: dt.date,
    decided_on: dt.date | None,
    notified_on: dt.date | None,
    instalment_pence: int | None = None,
    sequence: int = 0,
    reason: str = "",
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> Calculation:
    """Record what a CMS decision letter says about the weekly amount, in pence."""
    return audit.add_fact(
        Calculation,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        weekly_pence=weekly_pence,
        effective_on=effective_on,
        decided_on=decided_on,
        notified_on=notified_on,
        instalment_pence=instalment_pence,
        sequence=sequence,
        reason=reason,
        note=note,
    )


@transaction.atomic
def record_schedule(
    *,
    actor: "User",
    case: Case,
    frequency: facts.Frequency,
    first_due_on: dt.date,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> PaymentSchedule:
    """Record payment dates that hold from ``first_due_on``.

    Raises Refusal where other payment dates begin on the same day (rules section 2).
    """
    same_day = PaymentSchedule.objects.filter(case=case, first_due_on=first_due_on).exclude(
        pk__in=[entry_id] if entry_id else []
    )
    if _standing(case, same_day.values_list("pk", flat=True)):
        raise Refusal(say("You already have payment dates that start on this day."), field="first_due_on")
    return audit.add_fact(
        PaymentSchedule,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        frequency=frequency,
        first_due_on=first_due_on,
        note=note,
    )


@transaction.atomic
def record_service(
    *,
    actor: "User",
    case: Case,
    type: facts.ServiceType,  # noqa: A002 - the word of the case file
    from_on: dt.date,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> ServicePeriod:
    """Record the service (Direct Pay or Collect and Pay) that holds from ``from_on``.

    Raises Refusal where another service begins on the same day (rules section 2).
    """
    same_day = ServicePeriod.objects.filter(case=case, from_on=from_on).exclude(pk__in=[entry_id] if entry_id else [])
    if _standing(case, same_day.values_list("pk", flat=True)):
        raise Refusal(say("You already have a service that starts on this day."), field="from_on")
    return audit.add_fact(
        ServicePeriod, actor=actor, case_id=case.pk, entry_id=entry_id, type=type, from_on=from_on, note=note
    )


@transaction.atomic
def strike_out(*, actor: "User", case: Case, fact_id: uuid.UUID, on: dt.date, reason: str) -> StrikeOut:
    """Take a fact back as a slip from the day ``on``. Both stay on the record.

    Raises Refusal where the case has no such fact, where it is struck out already, or where no
    reason is given.
    """
    if not reason.strip():
        raise Refusal(say("Say why you are striking this out, in a few words."), field="reason")
    if not audit_queries.has_fact(case.pk, fact_id):
        raise Refusal(say("This entry is not in your record."))
    if StrikeOut.objects.filter(case=case, fact_id=fact_id).exists():
        raise Refusal(say("This entry is struck out already."))
    try:
        with transaction.atomic():
            row = StrikeOut.objects.create(case=case, fact_id=fact_id, on=on, reason=reason.strip())
    except IntegrityError as error:  # two tabs at once: the first one counted
        raise Refusal(say("This entry is struck out already.")) from error
    audit.record("fact.struck_out", actor=actor, case_id=case.pk, subject=str(fact_id))
    return row


@transaction.atomic
def keep_file(*, case: Case, file: uploads.Accepted) -> storage.Kept:
    """Keep a file that was handed in, sealed, and the copy of it that may be shared; the caller adds the fact.

    Raises Refusal where the case holds as many files, or bytes, as one case may, and where no file can be
    kept just now: what was typed then stays on the page.
    """
    try:
        return _kept_file(case, file)
    except storage.StorageError as error:
        log.error("a file that was handed in could not be kept: %s", error.strerror)
        raise Refusal(say(NOT_JUST_NOW), field="file") from error


def _kept_file(case: Case, file: uploads.Accepted) -> storage.Kept:
    # Held, so that of two files at once the second counts the first.
    list(Case.objects.select_for_update(no_key=True).filter(pk=case.pk).values_list("pk"))
    if not storage.has_room(len(file.content), case_id=case.pk):
        raise Refusal(
            say("This record is full of files: it holds 2,000, and 500 MB. This one was not kept."), field="file"
        )
    kept = storage.keep([file.content], case_id=case.pk)
    try:
        if queries.shared_copy_of(case.pk, kept.sha256) is None:
            _keep_copy(case, kept.sha256, file.copy)
    except storage.StorageError:
        storage.discard(kept.stored_as)
        raise
    return kept


def shared_copy(*, case: Case, stored_as: str, sha256: str, media_type: str) -> CopySeen:
    """The copy of a kept file that may be shared, made now where there is none yet.

    It takes seconds, so that no transaction is open meanwhile: for a worker. Raises Refusal where the file
    is gone or changed, or no copy can be made of it.
    """
    found = queries.shared_copy_of(case.pk, sha256)
    if found is not None and storage.read_kept(found.stored_as, sha256=found.sha256) is not None:
        return found
    content = storage.read_kept(stored_as, sha256=sha256)
    if content is None:
        raise Refusal(say("This file is not there any more, or not as it was."))
    copy = uploads.copy_of(content, uploads.Kind(media_type))
    if found is None:
        return _keep_copy(case, sha256, copy)
    # The row stays, and its file is written anew: the same bytes are made of the same file.
    storage.put([copy.content], case_id=case.pk, name=found.stored_as.rpartition("/")[2])
    return found


@transaction.atomic
def _keep_copy(case: Case, original_sha256: str, copy: uploads.SharedCopy) -> CopySeen:
    kept = storage.keep_copy(copy.content, case_id=case.pk)
    values = {
        "media_type": copy.media_type,
        "size": kept.size,
        "sha256": kept.sha256,
        "stored_as": kept.stored_as,
        "pages": copy.pages,
        "left_out": " ".join(copy.left_out),
    }
    SharedCopy.objects.get_or_create(case_id=case.pk, original_sha256=original_sha256, defaults=values)
    made = queries.shared_copy_of(case.pk, original_sha256)
    assert made is not None  # noqa: S101 - for the type checker: just written
    if made.stored_as != kept.stored_as:  # another worker was first
        storage.discard(kept.stored_as)
    return made


@transaction.atomic
def delete_case(*, actor: "User", case: Case) -> None:
    """Delete a whole case file for good, with everything in it. Only the audit events stay.

    Its files go when the rows are gone; where they cannot go just now, a row has the timer try again.
    """
    case_id = case.pk
    FilesToRemove.objects.create(case_id=case_id)
    permit = audit.grant_deletion(case_id)
    case.delete()
    permit.delete()
    audit.record("case.deleted", actor=actor, case_id=case_id)
    transaction.on_commit(lambda: _remove_files(case_id))


def remove_left_files() -> int:
    """Delete the files of deleted cases that could not be deleted with them; return of how many cases."""
    return sum(map(_remove_files, list(FilesToRemove.objects.values_list("case_id", flat=True))))


def _remove_files(case_id: uuid.UUID) -> bool:
    try:
        storage.remove_all(case_id)
    except storage.StorageError as error:
        log.error("the files of a deleted record stay until the timer can delete them: %s", error.strerror)
        return False
    FilesToRemove.objects.filter(case_id=case_id).delete()
    return True


def _add_children(case: Case, labels: Iterable[str]) -> None:
    Child.objects.bulk_create(Child(case=case, label=label, position=position) for position, label in enumerate(labels))


def _standing(case: Case, ids: Iterable[uuid.UUID]) -> bool:
    """Say whether any of these facts has not been struck out."""
    found = set(ids)
    return bool(found - set(StrikeOut.objects.filter(case=case, fact_id__in=found).values_list("fact_id", flat=True)))
