"""Start and end time limits: each operation is one transaction with its audit row."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from arrears.core.case_values import ClockKind, ClockResult
from cases.core.facts import Decision
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence import queries
from correspondence.core.clock_rules import started_by_letter
from correspondence.core.deadlines import clock_of
from correspondence.models import ClockEnd, ClockStart, Contact

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def start_clock(
    *,
    actor: "User",
    case: "Case",
    kind: ClockKind,
    dated_on: dt.date | None = None,
    reached_on: dt.date | None = None,
    contact_id: uuid.UUID | None = None,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> ClockStart:
    """Record what started a time limit. Raises Refusal where no day is known, or they are in the wrong order."""
    if dated_on is None and reached_on is None:
        raise Refusal(say("Enter a day to count from."), field="dated_on")
    if dated_on is not None and reached_on is not None and reached_on < dated_on:
        raise Refusal(say("That is before the day on the letter. Check both dates."), field="reached_on")
    if contact_id is not None and not Contact.objects.filter(case_id=case.pk, pk=contact_id).exists():
        raise Refusal(say("This contact is not in your record."), field="contact")
    return audit.add_fact(
        ClockStart,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        kind=kind,
        dated_on=dated_on,
        reached_on=reached_on,
        contact_id=contact_id,
        note=note,
    )


@transaction.atomic
def count_from_letter(*, actor: "User", case: "Case", letter_id: uuid.UUID) -> ClockStart:
    """Start the clock of a letter that was sent, from the day it was sent; a second press finds the first.

    Raises Refusal for a letter that was not sent, or that starts no clock.
    """
    letter = queries.letter_of(case.pk, letter_id)
    rule = started_by_letter(letter.kind) if letter is not None else None
    sent_on = queries.sending_of(case.pk, letter_id).sent_on
    if rule is None or sent_on is None:
        raise Refusal(say("Note first when you sent this letter."))
    for started in ClockStart.objects.filter(case_id=case.pk, letter_id=letter_id).order_by("entered_at"):
        if queries.is_standing(case.pk, started.pk):
            return started
    return audit.add_fact(
        ClockStart,
        actor=actor,
        case_id=case.pk,
        kind=rule.kind,
        dated_on=sent_on,
        letter_id=letter_id,
    )


@transaction.atomic
def end_clock(
    *,
    actor: "User",
    case: "Case",
    clock_id: uuid.UUID,
    result: ClockResult,
    on: dt.date,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> ClockEnd:
    """Record what became of a time limit. A later ending takes the place of an earlier one; both stay."""
    if not queries.is_standing(case.pk, clock_id):
        raise Refusal(say("This deadline is not in your record any more."))
    return audit.add_fact(
        ClockEnd,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        start_id=clock_id,
        result=result,
        on=on,
        note=note,
    )


@transaction.atomic
def end_decision_clock(
    *,
    actor: "User",
    case: "Case",
    decision: Decision,
    result: ClockResult,
    on: dt.date,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> ClockEnd:
    """Record what became of the time to challenge a decision, which ran by itself until now."""
    key, kind = uuid.UUID(decision.id), clock_of(decision)
    if kind is None:
        raise Refusal(say("This decision has no deadline of its own."))
    for started in ClockStart.objects.filter(case_id=case.pk, decision_id=key).order_by("entered_at"):
        if queries.is_standing(case.pk, started.pk):
            break
    else:
        started = audit.add_fact(
            ClockStart,
            actor=actor,
            case_id=case.pk,
            kind=kind,
            dated_on=min(decision.decided_on, decision.notified_on),
            reached_on=decision.notified_on,
            decision_id=key,
        )
    return end_clock(actor=actor, case=case, clock_id=started.pk, result=result, on=on, note=note, entry_id=entry_id)
