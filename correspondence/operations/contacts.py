"""Write contacts and promises: each operation is one transaction with its audit row."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from cms_tracker.audit import operations as audit
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.uploads import Accepted
from correspondence.core.contacts import PromiseMade, contact_title
from correspondence.models import Contact, Promise, PromiseOutcome
from correspondence.operations.evidence import add_evidence

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def record_contact(
    *,
    actor: "User",
    case: "Case",
    at_date: dt.date,
    at_time: dt.time | None,
    kind: ContactKind,
    direction: Direction,
    recorded_on: dt.date | None,
    party: str = "CMS",
    spoke_to: str = "",
    reference: str = "",
    summary: str = "",
    promises: Sequence[PromiseMade] = (),
    file: Accepted | None = None,
    entry_id: uuid.UUID | None = None,
) -> Contact:
    """Record a call, letter, message or meeting, with its promises and its file.

    ``recorded_on`` empty: known from the day itself. Sending the same form twice adds nothing. Raises
    Refusal where the case keeps as many files as it may.
    """
    contact = audit.add_fact(
        Contact,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        at_date=at_date,
        at_time=at_time,
        kind=kind,
        direction=direction,
        party=party or "CMS",
        spoke_to=spoke_to,
        reference=reference,
        summary=summary,
        recorded_on=recorded_on,
    )
    _promise_once(promises, contact, actor=actor, case=case)
    _keep(file, contact, actor=actor, case=case)
    return contact


def _promise_once(promises: Sequence[PromiseMade], contact: Contact, *, actor: "User", case: "Case") -> None:
    is_new = not Promise.objects.filter(contact=contact).exists()
    for promise in promises if is_new else ():
        record_promise(actor=actor, case=case, contact_id=contact.pk, promise=promise)


def _keep(file: Accepted | None, contact: Contact, *, actor: "User", case: "Case") -> None:
    if file is None:
        return
    title = contact_title(ContactKind(contact.kind), Direction(contact.direction), contact.party)
    add_evidence(
        actor=actor,
        case=case,
        file=file,
        shows=f"{title}, {day(contact.at_date)}",
        happened_on=contact.at_date,
        recorded_on=contact.recorded_on or contact.at_date,
        contact_id=contact.pk,
        entry_id=uuid.uuid5(contact.pk, "file"),
    )


@transaction.atomic
def record_promise(
    *,
    actor: "User",
    case: "Case",
    contact_id: uuid.UUID,
    promise: PromiseMade,
    entry_id: uuid.UUID | None = None,
) -> Promise:
    """Record something they said they would do. Raises Refusal where the contact is not of this case."""
    if not Contact.objects.filter(case_id=case.pk, pk=contact_id).exists():
        raise Refusal(say("This contact is not in your record."))
    return audit.add_fact(
        Promise,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        contact_id=contact_id,
        text=promise.text,
        due_on=promise.due_on,
    )


@transaction.atomic
def record_promise_outcome(
    *,
    actor: "User",
    case: "Case",
    promise_id: uuid.UUID,
    outcome: PromiseResult,
    on: dt.date,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> PromiseOutcome:
    """Record what became of a promise. A later outcome takes the place of an earlier one; both stay."""
    if not Promise.objects.filter(case_id=case.pk, pk=promise_id).exists():
        raise Refusal(say("This promise is not in your record."))
    return audit.add_fact(
        PromiseOutcome,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        promise_id=promise_id,
        outcome=outcome,
        on=on,
        note=note,
    )
