"""Write the audit row that belongs to every change, in the same transaction as the change."""

import uuid
from typing import Any, Protocol, TypeVar

from django.db import transaction

from cms_tracker.audit.append_only import Fact
from cms_tracker.audit.models import DeletionPermit, Event
from cms_tracker.refusal import Refusal

F = TypeVar("F", bound=Fact)


class Actor(Protocol):
    """Someone signed in, or an operator's command acting for a person."""

    @property
    def pk(self) -> uuid.UUID: ...


def record(kind: str, *, actor: Actor, case_id: uuid.UUID | None = None, subject: str = "") -> None:
    """Add an event. Raises ValueError for an anonymous actor, RuntimeError outside a transaction."""
    if actor.pk is None:
        raise ValueError("An audit event needs to say who acted.")
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Record the audit event inside the transaction of the change it describes.")
    Event.objects.create(kind=kind, actor_id=actor.pk, case_id=case_id, subject=subject)


@transaction.atomic
def add_fact(
    model: type[F], *, actor: Actor, case_id: uuid.UUID, entry_id: uuid.UUID | None = None, **values: Any
) -> F:
    """Add one row of the record with its audit row, and return it.

    ``entry_id`` comes from the form that was shown: pressing Save twice, or sending the form
    again with Back, finds the first row and adds nothing. Raises Refusal where the id belongs to
    another case or another kind of row.
    """
    if entry_id is not None:
        found = model._default_manager.filter(pk=entry_id).first()
        if found is not None:
            if getattr(found, "case_id") != case_id:
                raise Refusal("This form has been used before. Open it again and send it once more.")
            return found
    row = model(id=entry_id or uuid.uuid4(), case_id=case_id, **values)
    row.save(force_insert=True)
    record(f"{model._meta.model_name}.recorded", actor=actor, case_id=case_id, subject=str(row.pk))
    return row


def grant_deletion(case_id: uuid.UUID) -> DeletionPermit:
    """Open the append-only tables for one case; the caller must delete the permit again."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A deletion permit may exist only inside the transaction that deletes the case.")
    return DeletionPermit.objects.create(case_id=case_id)
