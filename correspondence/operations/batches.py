"""Write one kind of letter to many records: each letter is an ordinary one, made in a transaction of its own."""

import datetime as dt
import io
import logging
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from pypdf import PdfWriter

from cms_tracker.audit import operations as audit
from cms_tracker.audit.keys import key_within
from cms_tracker.language import mark, say
from cms_tracker.refusal import Refusal
from cms_tracker.web import storage
from correspondence import queries
from correspondence.core.letters import bulk, registry
from correspondence.core.letters.bulk import Looked
from correspondence.core.letters.draft import Choices
from correspondence.core.letters.envelope import fingerprint
from correspondence.core.letters.kind import Kind
from correspondence.models import BatchedLetter, LetterBatch
from correspondence.operations.letters import make_letter

if TYPE_CHECKING:
    from cms_tracker.users.models import User
    from correspondence.queries.batches import Chosen

log = logging.getLogger(__name__)

AT_ONCE = 20  # letters made in one request: about a second of work
NO_LONGER = mark("You can no longer open this record.")
WENT_WRONG = mark("Something went wrong with this one. Write it in the record itself.")


@transaction.atomic
def begin_batch(
    *,
    actor: "User",
    kind: Kind,
    given: Choices,
    asked: frozenset[str],
    looked: Sequence[Looked],
    on: dt.date,
    batch_id: uuid.UUID | None = None,
) -> LetterBatch:
    """Keep what was chosen for many records, and what each of them would get. No letter is made yet.

    Sending the same ``batch_id`` twice keeps one. Raises Refusal where it is another person's, or where
    no record would get a letter.
    """
    batch_id = key_within(LetterBatch, batch_id, owner=actor.pk, column="user_id")
    if batch_id is not None and (found := LetterBatch.objects.filter(pk=batch_id).first()):
        return found
    if not any(one.letter for one in looked):
        raise Refusal(say("None of these records can have this letter now. The table says why."))
    batch = LetterBatch.objects.create(
        id=batch_id or uuid.uuid4(), user=actor, kind=kind.code, dated_on=on, given=bulk.as_json(given, asked)
    )
    BatchedLetter.objects.bulk_create(
        [
            BatchedLetter(
                batch=batch,
                case_id=one.case_id,
                name=one.name,
                checked=fingerprint(one.letter) if one.letter else "",
                why_not=one.why_not,
            )
            for one in looked
        ],
        batch_size=audit.BATCH,
    )
    audit.record("letters.chosen", actor=actor, subject=str(batch.pk))
    return batch


def make_next_letters(*, actor: "User", batch: LetterBatch, count: int = AT_ONCE) -> int:
    """Make the next letters of a batch, and return how many are still to be made.

    Each is one transaction with its audit rows, and its right is checked anew. Whatever is in one
    record, the others get theirs; doing it again, or at the same time, makes none twice.
    """
    _refuse_others(actor, batch)
    waiting = BatchedLetter.objects.filter(batch=batch, is_made=False, why_not="").order_by("id")
    rows = list(waiting[:count])
    chosen = {one.case.pk: one for one in queries.chosen_of(actor, [row.case_id for row in rows], on=batch.dated_on)}
    for row in rows:
        try:
            why = _make_one(actor, batch, row, chosen.get(row.case_id))
        except Exception as error:  # one record must not stop the others, whatever is in it
            # The kind of error only: its message may repeat the letter.
            log.warning("batch %s: a letter could not be made (%s)", batch.pk, type(error).__name__)
            why = say(WENT_WRONG)
        if why:
            BatchedLetter.objects.filter(pk=row.pk, is_made=False).update(why_not=why)
    return waiting.count()


@transaction.atomic
def take_letters(*, actor: "User", batch: LetterBatch, first: int, count: int) -> bytes | None:
    """The ready letters of a batch from the ``first`` on, as one PDF to print; None where there is none.

    A letter whose file is not the one that was made is left out. Each record's log has a row for it.
    """
    _refuse_others(actor, batch)
    book, taken = PdfWriter(), 0
    for letter in queries.ready_letters(actor, batch)[first : first + count]:
        content = storage.read_kept(letter.pdf_name, sha256=letter.pdf_sha256)
        if content is not None:
            book.append(io.BytesIO(content), import_outline=False)
            audit.record_look("letter.taken", actor=actor, case_id=letter.case_id, subject=str(letter.pk))
            taken += 1
    if not taken:
        return None
    book.metadata = None
    whole = io.BytesIO()
    book.write(whole)
    return whole.getvalue()


def _refuse_others(actor: "User", batch: LetterBatch) -> None:
    if batch.user_id != actor.pk:
        raise ValueError("These letters are another person's.")


@transaction.atomic
def _make_one(actor: "User", batch: LetterBatch, row: BatchedLetter, chosen: "Chosen | None") -> str:
    """Make one letter; return in one sentence why it cannot be made, empty where it was."""
    held = BatchedLetter.objects.select_for_update().filter(pk=row.pk, is_made=False, why_not="").first()
    if held is None:
        return ""
    kind = registry.kind_of(batch.kind)
    if chosen is None or kind is None:
        return say(NO_LONGER)
    given, asked = bulk.from_json(batch.given)
    (one,) = queries.looked_at(kind, [chosen], given, asked=asked, names={chosen.record.reference: row.name})
    if one.choices is None:
        return one.why_not
    try:
        make_letter(
            actor=actor,
            case=chosen.case,
            kind=kind,
            choices=one.choices,
            on=batch.dated_on,
            checked=held.checked,
            letter_id=held.letter_id,
            one_of_many=True,
        )
    except Refusal as refusal:
        return refusal.message
    held.is_made = True
    held.save(update_fields=["is_made"])
    return ""
