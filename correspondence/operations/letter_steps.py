"""Write what became of a letter: each operation is one transaction with its audit row."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from arrears.core.case_values import LetterStepKind, PostedHow
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence import queries
from correspondence.core.sending import StepMade
from correspondence.models import LetterStep

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def record_letter_step(
    *, actor: "User", case: "Case", letter_id: uuid.UUID, step: StepMade, entry_id: uuid.UUID | None = None
) -> LetterStep:
    """Record what became of a letter. Sending the same form twice adds nothing.

    Raises Refusal for a day before the letter was made, and for a reply that is not in the record.
    """
    letter = queries.letter_of(case.pk, letter_id)
    if letter is None:
        raise Refusal(say("This letter is not in your record."))
    if step.on < letter.dated_on:
        raise Refusal(say("That is before the day on the letter. Check the date."), field="on")
    if step.contact_id is not None and queries.contact_of(case.pk, step.contact_id) is None:
        raise Refusal(say("Choose a reply that is in your record."), field="contact")
    return audit.add_fact(
        LetterStep,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        letter_id=letter_id,
        kind=step.kind,
        on=step.on,
        how=step.how or "",
        number=step.number,
        contact_id=step.contact_id,
        note=step.note,
    )


def mark_posted(
    *, actor: "User", case: "Case", letter_id: uuid.UUID, posted_on: dt.date, how: PostedHow, number: str = ""
) -> LetterStep:
    """Record that a letter was sent, as ``record_letter_step`` does."""
    step = StepMade(kind=LetterStepKind.POSTED, on=posted_on, how=how, number=number)
    return record_letter_step(actor=actor, case=case, letter_id=letter_id, step=step)
