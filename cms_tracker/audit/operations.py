"""Write the audit row that belongs to every change, in the same transaction as the change."""

import uuid
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from django.db import IntegrityError, transaction

from cms_tracker.audit import writing
from cms_tracker.audit.append_only import Fact
from cms_tracker.audit.changed import mark
from cms_tracker.audit.keys import key_within
from cms_tracker.audit.models import DeletionPermit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal

F = TypeVar("F", bound=Fact)

BATCH = 500  # rows a statement

# A form sent again after midnight would say another day here, and is the same entry.
_READ_FROM_THE_CLOCK = {"recorded_on", "noted_on"}


class Actor(Protocol):
    """Someone signed in, or an operator's command acting for a person."""

    @property
    def pk(self) -> uuid.UUID: ...


def record(kind: str, *, actor: Actor, case_id: uuid.UUID | None = None, subject: str = "") -> None:
    """Add an event, and mark its case as changed.

    Raises ValueError for an anonymous actor, RuntimeError outside a transaction.
    """
    record_look(kind, actor=actor, case_id=case_id, subject=subject)
    if case_id is not None:
        mark(case_id)


def record_look(kind: str, *, actor: Actor, case_id: uuid.UUID | None = None, subject: str = "") -> None:
    """Add an event for something that changed nothing, such as a copy taken away. Raises as ``record`` does."""
    _refuse_unaccountable(actor)
    writing.add(kind, actor_id=actor.pk, case_id=case_id, subjects=[subject])


def note_look(kind: str, *, actor: Actor, case_id: uuid.UUID, page: str) -> None:
    """Add an event for a page of a case that was shown or refused, in a transaction of its own."""
    with transaction.atomic(savepoint=False):
        record_look(kind, actor=actor, case_id=case_id, subject=page)


def _refuse_unaccountable(actor: Actor) -> None:
    if actor.pk is None:
        raise ValueError("An audit event needs to say who acted.")
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Record the audit event inside the transaction of the change it describes.")


@transaction.atomic
def add_fact(
    model: type[F], *, actor: Actor, case_id: uuid.UUID, entry_id: uuid.UUID | None = None, **values: Any
) -> F:
    """Add one row of the record with its audit row, and return it.

    ``entry_id`` comes from the form that was shown: pressing Save twice, or sending the form
    again with Back, finds the first row and adds nothing. Raises Refusal where the id belongs to a
    row that says something else, or where the case holds as many as it may.
    """
    entry_id = key_within(model, entry_id, owner=case_id)
    if entry_id is not None and (found := model._default_manager.filter(pk=entry_id).first()):
        return _same_fact(found, case_id=case_id, values=values)
    _make_room(model, case_id=case_id, new=1)
    row = model(id=entry_id or uuid.uuid4(), case_id=case_id, **values)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # On PostgreSQL two sendings at once both find nothing; the second waits here for the first.
        twin = model._default_manager.filter(pk=entry_id).first() if entry_id else None
        if twin is None:
            raise
        return _same_fact(twin, case_id=case_id, values=values)
    record(f"{model._meta.model_name}.recorded", actor=actor, case_id=case_id, subject=str(row.pk))
    return row


@transaction.atomic
def add_facts(rows: Sequence[F], *, actor: Actor, case_id: uuid.UUID) -> None:
    """Add many rows of one kind and one case, each with its audit row, in few statements.

    For a case that is brought in whole: nothing of it is there yet, so no row is looked up.
    Raises Refusal where the case would hold more of the kind than it may.
    """
    if not rows:
        return
    _make_room(rows[0].__class__, case_id=case_id, new=len(rows))
    rows[0].__class__._default_manager.bulk_create(rows, batch_size=BATCH)
    kind = f"{rows[0]._meta.model_name}.recorded"
    record_many(kind, actor=actor, case_id=case_id, subjects=[str(row.pk) for row in rows])


def record_many(kind: str, *, actor: Actor, case_id: uuid.UUID, subjects: Sequence[str]) -> None:
    """Add one event for each subject, under the same conditions as ``record``."""
    _refuse_unaccountable(actor)
    writing.add(kind, actor_id=actor.pk, case_id=case_id, subjects=subjects)
    mark(case_id)


def _make_room(model: type[F], *, case_id: uuid.UUID, new: int) -> None:
    """Refuse rows that would make more of a kind than one case may hold."""
    limit = model.limit
    if limit is None:
        return
    case: Any = model._meta.get_field("case").related_model
    # Held, so that of two sendings at once the second counts the rows of the first.
    list(case.objects.select_for_update(no_key=True).filter(pk=case_id).values_list("pk"))
    of_case: dict[str, Any] = {"case_id": case_id}  # each concrete fact brings its own case
    if model._default_manager.filter(**of_case).count() + new > limit.most:
        raise Refusal(
            say(
                "A record can hold {most} {what}, with those struck out. There is no room for more.",
                most=limit.most,
                what=limit.what,
            ),
            field=limit.field,
        )


def _same_fact(found: F, *, case_id: uuid.UUID, values: dict[str, Any]) -> F:
    """Return the row that a form made before, if it says what the form says now."""
    if getattr(found, "case_id") != case_id:  # noqa: B009 - each concrete fact brings its own case
        raise RuntimeError("Two cases made a row with one key in the same moment.")
    if any(getattr(found, name) != value for name, value in values.items() if name not in _READ_FROM_THE_CLOCK):
        raise Refusal(say("This was saved before with other answers. To change it, strike it out and enter it again."))
    return found


def grant_deletion(case_id: uuid.UUID) -> DeletionPermit:
    """Open the append-only tables for one case; the caller must delete the permit again."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A deletion permit may exist only inside the transaction that deletes the case.")
    return DeletionPermit.objects.create(case_id=case_id)
