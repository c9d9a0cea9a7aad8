"""Make letters and say what became of them: each operation is one transaction with its audit row."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from arrears import operations as money_operations
from cms_tracker.audit import operations as audit
from cms_tracker.refusal import Refusal
from correspondence import queries, rendering, tasks
from correspondence.core import contact_data
from correspondence.core.drafting import Choices
from correspondence.core.jobs import JobKind
from correspondence.core.letter_facts import LetterFacts, as_json, fingerprint
from correspondence.core.letters import TEMPLATE_VERSION, LetterKind
from correspondence.models import Letter

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

CHANGED = "Your record changed since you checked this letter. Look at it once more, then make it."


@transaction.atomic
def make_letter(
    *,
    actor: "User",
    case: "Case",
    choices: Choices,
    on: dt.date,
    checked: str,
    letter_id: uuid.UUID | None = None,
) -> Letter:
    """Freeze a letter, facts and words, dated ``on``, and ask the worker for its PDF.

    ``checked`` is the fingerprint of what the person was shown: if the record has changed since,
    this raises Refusal and nothing is written. Instalments that the person confirmed as not come
    are noted in the record. Sending the same ``letter_id`` twice makes one letter.
    """
    if letter_id is not None and (made := _own(case, letter_id)):
        return made
    facts = queries.draft(case, choices, on=on)
    if fingerprint(facts) != checked:
        raise Refusal(CHANGED)
    letter = _frozen(case, choices, facts, letter_id)
    if letter is None:  # pressed twice at the same moment: the first one counted
        return _found(case, letter_id)
    _note_what_was_confirmed(actor, case, choices, on=on)
    audit.record("letter.made", actor=actor, case_id=case.pk, subject=str(letter.pk))
    tasks.ask(JobKind.LETTER, subject=letter.pk, case_id=case.pk, requested_by=actor.pk)
    return letter


def _note_what_was_confirmed(actor: "User", case: "Case", choices: Choices, *, on: dt.date) -> None:
    if choices.kind is not LetterKind.MISSED_PAYMENTS:
        return
    for one in queries.reportable_of(case, on=on):
        if not one.logged and one.row.due_on in choices.nothing_came & choices.due_days:
            money_operations.note_nothing_came(actor=actor, case=case, due_on=one.row.due_on, noted_on=on)


def _frozen(case: "Case", choices: Choices, facts: LetterFacts, letter_id: uuid.UUID | None) -> Letter | None:
    """The new row, or None where its key was taken in the same moment."""
    letter = Letter(
        id=letter_id or uuid.uuid4(),
        case=case,
        contact_id=choices.contact_id if choices.kind is LetterKind.CALL_FOLLOW_UP else None,
        kind=choices.kind,
        dated_on=facts.dated_on,
        facts=as_json(facts),
        html=rendering.letter_html(facts),
        template_version=TEMPLATE_VERSION,
        rates_version=contact_data.version(),
    )
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        return None
    return letter


def _own(case: "Case", letter_id: uuid.UUID) -> Letter | None:
    found = Letter.objects.filter(pk=letter_id).first()
    if found is not None and found.case_id != case.pk:
        raise Refusal("This form has been used before. Open it again and send it once more.")
    return found


def _found(case: "Case", letter_id: uuid.UUID | None) -> Letter:
    letter = queries.letter_of(case.pk, letter_id) if letter_id else None
    if letter is None:
        raise Refusal("This letter is not in your record.")
    return letter
