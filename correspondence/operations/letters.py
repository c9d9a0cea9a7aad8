"""Make letters and say what became of them: each operation is one transaction with its audit row."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from arrears import operations as money_operations
from cms_tracker.audit import operations as audit
from cms_tracker.audit.keys import key_within
from cms_tracker.language import mark, say
from cms_tracker.refusal import Refusal
from correspondence import queries, rendering, tasks
from correspondence.core import contact_data
from correspondence.core.jobs import JobKind
from correspondence.core.letters.draft import Choices, draft
from correspondence.core.letters.envelope import Letter as Drafted
from correspondence.core.letters.envelope import as_json, fingerprint
from correspondence.core.letters.kind import Kind
from correspondence.core.letters.paragraphs import MovedError
from correspondence.models import Letter

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

CHANGED = mark("Your record changed since you checked this letter. Look at it once more, then make it.")


@transaction.atomic
def make_letter(
    *,
    actor: "User",
    case: "Case",
    kind: Kind,
    choices: Choices,
    on: dt.date,
    checked: str,
    letter_id: uuid.UUID | None = None,
    replaces_id: uuid.UUID | None = None,
    typed: Mapping[str, Any] | None = None,
    one_of_many: bool = False,
) -> Letter:
    """Freeze a letter, facts and words, dated ``on``, and ask the worker for its PDF.

    ``checked`` is the fingerprint of what the person was shown: if the record has changed since,
    this raises Refusal and nothing is written. Instalments that the person confirmed as not come
    are noted in the record. ``replaces_id`` is the letter that this one corrects, ``typed`` what was
    typed, for the next version. Sending the same ``letter_id`` twice makes one letter. ``one_of_many``:
    nobody waits for its PDF alone.
    """
    letter_id = key_within(Letter, letter_id, owner=case.pk)
    if letter_id is not None and (made := _own(case, letter_id)):
        return made
    old = _to_correct(case, kind, replaces_id)
    record = queries.record_of(case, on=on, with_files=kind.needs_files)
    drafted = draft(kind, record, replace(choices, replaces=old.dated_on if old else None))
    if fingerprint(drafted) != checked:
        raise Refusal(say(CHANGED))
    letter = _frozen(case, kind, drafted, letter_id, old=old, typed=typed or {})
    if letter is None:  # pressed twice at the same moment: the first one counted
        return _found(case, letter_id)
    if kind.notes is not None:
        for due_on in kind.notes(record, drafted.about, choices.answers):
            money_operations.note_nothing_came(actor=actor, case=case, due_on=due_on, noted_on=on)
    audit.record("letter.made", actor=actor, case_id=case.pk, subject=str(letter.pk))
    tasks.ask(JobKind.LETTER, subject=letter.pk, case_id=case.pk, requested_by=actor.pk, one_of_many=one_of_many)
    return letter


def _to_correct(case: "Case", kind: Kind, letter_id: uuid.UUID | None) -> Letter | None:
    """The letter that a new one takes the place of. Only the latest version can be corrected."""
    if letter_id is None:
        return None
    old = _found(case, letter_id)
    if old.kind != kind.code:
        raise Refusal(say("This letter is of another kind. Write a new one."))
    if queries.next_version(old) is not None:
        raise Refusal(say("This letter was corrected before. Open the newer one to correct it again."))
    return old


def _frozen(
    case: "Case",
    kind: Kind,
    drafted: Drafted,
    letter_id: uuid.UUID | None,
    *,
    old: Letter | None,
    typed: Mapping[str, Any],
) -> Letter | None:
    """The new row, or None where its key was taken in the same moment."""
    try:
        html = rendering.letter_html(drafted)
    except MovedError as error:
        raise Refusal(say(CHANGED)) from error
    letter = Letter(
        id=letter_id or uuid.uuid4(),
        case=case,
        contact_id=getattr(drafted.about, "contact_id", None),
        kind=kind.code,
        version=old.version + 1 if old else 1,
        replaces=old,
        typed=dict(typed),
        dated_on=drafted.dated_on,
        facts=as_json(drafted),
        html=html,
        template_version=rendering.template_version(kind.code),
        rates_version=contact_data.version(),
    )
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        return None
    return letter


def _own(case: "Case", letter_id: uuid.UUID) -> Letter | None:
    return Letter.objects.filter(case=case, pk=letter_id).first()


def _found(case: "Case", letter_id: uuid.UUID | None) -> Letter:
    letter = queries.letter_of(case.pk, letter_id) if letter_id else None
    if letter is None:
        raise Refusal(say("This letter is not in your record."))
    return letter
