"""Contacts, promises, letters and deadlines of a whole case: into a case just opened, and out again."""

import datetime as dt
import json
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction

from arrears.core import case_values
from cases import queries as case_queries
from cases.core.facts import StruckOut
from cms_tracker.audit import operations as audit
from correspondence import tasks
from correspondence.core.jobs import JobKind
from correspondence.core.letters import envelope, registry
from correspondence.core.sending import NOT_SENT, Sending
from correspondence.models import (
    ClockEnd,
    ClockStart,
    Contact,
    EvidenceFile,
    Letter,
    LetterStep,
    Promise,
    PromiseOutcome,
)
from correspondence.queries import evidence_of, sendings_of
from correspondence.queries.filing import contact_rows, filed, letter_rows

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

# What a case file holds of a file, by the same names as the row.
_TYPED = ("shows", "happened_on", "recorded_on", "name", "media_type", "size", "sha256", "note")
LONDON = ZoneInfo("Europe/London")


@transaction.atomic
def add_contacts(
    *, actor: "User", case: "Case", contacts: Sequence[case_values.Contact], keys: Iterator[uuid.UUID]
) -> tuple[list[uuid.UUID], dict[uuid.UUID, StruckOut]]:
    """Add contacts with what was promised and what became of it; rows take their keys from ``keys``.

    Return the contacts' keys in order, and what of all this is struck out, by key.
    """
    rows: tuple[list[Contact], list[Promise], list[PromiseOutcome]] = ([], [], [])
    struck: dict[uuid.UUID, StruckOut | None] = {}
    for contact in contacts:
        row = _contact(contact, next(keys), case.pk)
        rows[0].append(row)
        struck[row.pk] = contact.struck_out
        for promise in contact.promises:
            made = Promise(
                id=next(keys),
                case_id=case.pk,
                contact_id=row.pk,
                text=promise.text,
                due_on=promise.due_on,
                note=promise.note,
            )
            rows[1].append(made)
            struck[made.pk] = promise.struck_out
            for outcome in promise.outcomes:
                became = PromiseOutcome(
                    id=next(keys),
                    case_id=case.pk,
                    promise_id=made.pk,
                    outcome=outcome.result,
                    on=outcome.on,
                    note=outcome.note,
                )
                rows[2].append(became)
                struck[became.pk] = outcome.struck_out
    audit.add_facts(rows[0], actor=actor, case_id=case.pk)
    audit.add_facts(rows[1], actor=actor, case_id=case.pk)
    audit.add_facts(rows[2], actor=actor, case_id=case.pk)
    return [row.pk for row in rows[0]], {key: one for key, one in struck.items() if one is not None}


@transaction.atomic
def add_letters(
    *,
    actor: "User",
    case: "Case",
    letters: Sequence[case_values.Letter],
    contact_keys: Sequence[uuid.UUID],
    keys: Iterator[uuid.UUID],
) -> tuple[list[uuid.UUID], dict[uuid.UUID, StruckOut]]:
    """Add letters as they were made. Each waits for the worker, which makes its PDF anew from its words.

    Return their keys in order, and what of their steps is struck out, by key. Raises CaseFileError
    for a kind of letter, or facts, that the pages of this version cannot show.
    """
    for place, one in enumerate(letters):
        _refuse_unknown_letter(one, f"letters[{place}]")
    rows = _letters(letters, case.pk, contact_keys, keys)
    Letter.objects.bulk_create(rows, batch_size=audit.BATCH)
    audit.record_many("letter.made", actor=actor, case_id=case.pk, subjects=[str(row.pk) for row in rows])
    tasks.ask_for_each(JobKind.LETTER, subjects=[row.pk for row in rows], case_id=case.pk, requested_by=actor.pk)
    steps = [
        (_step(step, row, contact_keys, key=next(keys)), step.struck_out)
        for row, one in zip(rows, letters, strict=True)
        for step in one.steps
    ]
    audit.add_facts([step for step, _ in steps], actor=actor, case_id=case.pk)
    return [row.pk for row in rows], {step.pk: struck for step, struck in steps if struck is not None}


def _letters(
    letters: Sequence[case_values.Letter],
    case_id: uuid.UUID,
    contact_keys: Sequence[uuid.UUID],
    keys: Iterator[uuid.UUID],
) -> list[Letter]:
    """The rows of letters, each version with the one that it corrects, which always stands before it."""
    rows = [
        Letter(
            id=next(keys),
            case_id=case_id,
            contact_id=None if one.contact is None else contact_keys[one.contact],
            kind=one.kind,
            dated_on=one.created_on,
            facts=json.loads(one.facts_json),
            html=one.body,
            template_version=one.template_version,
            rates_version=one.rates_version,
        )
        for one in letters
    ]
    for row, one in zip(rows, letters, strict=True):
        if one.replaces is not None:
            row.replaces, row.version = rows[one.replaces], rows[one.replaces].version + 1
    return rows


@transaction.atomic
def add_clocks(
    *,
    actor: "User",
    case: "Case",
    clocks: Sequence[case_values.Clock],
    keys: Iterator[uuid.UUID],
    contact_keys: Sequence[uuid.UUID],
    letter_keys: Sequence[uuid.UUID],
    decision_keys: Sequence[uuid.UUID],
) -> dict[uuid.UUID, StruckOut]:
    """Add what started each deadline and what became of it; return what of this is struck out, by key."""
    starts, ends = [], []
    struck: dict[uuid.UUID, StruckOut | None] = {}
    for clock in clocks:
        row = ClockStart(
            id=next(keys),
            case_id=case.pk,
            kind=clock.kind,
            dated_on=clock.dated_on,
            reached_on=clock.reached_on,
            contact_id=None if clock.contact is None else contact_keys[clock.contact],
            letter_id=None if clock.letter is None else letter_keys[clock.letter],
            decision_id=None if clock.decision is None else decision_keys[clock.decision],
            note=clock.note,
        )
        starts.append(row)
        struck[row.pk] = clock.struck_out
        for end in clock.ends:
            became = ClockEnd(
                id=next(keys), case_id=case.pk, start_id=row.pk, result=end.result, on=end.on, note=end.note
            )
            ends.append(became)
            struck[became.pk] = end.struck_out
    audit.add_facts(starts, actor=actor, case_id=case.pk)
    audit.add_facts(ends, actor=actor, case_id=case.pk)
    return {key: one for key, one in struck.items() if one is not None}


def correspondence_of(
    case_id: uuid.UUID,
) -> tuple[tuple[case_values.Contact, ...], tuple[case_values.Letter, ...]]:
    """The contacts and the letters of a case as a case file holds them, oldest first."""
    struck = case_queries.struck_in(case_id)
    promises = _promises(case_id, struck)
    rows, files = list(contact_rows(case_id)), _files(case_id)
    places = {row.pk: place for place, row in enumerate(rows)}
    contacts = tuple(
        case_values.Contact(
            at=_at(row),
            kind=case_values.ContactKind(row.kind),
            direction=case_values.Direction(row.direction),
            with_whom=row.party,
            spoke_to=row.spoke_to,
            reference=row.reference,
            summary=row.summary,
            recorded_on=row.recorded_on,
            promises=tuple(promises[row.pk]),
            files=tuple(files[row.pk]),
            note=row.note,
            struck_out=struck.get(row.pk),
        )
        for row in rows
    )
    sendings = sendings_of([case_id])
    rows_of_letters = list(letter_rows(case_id))
    at = {row.pk: place for place, row in enumerate(rows_of_letters)}
    letters = (
        replace(_letter(row, sendings.get(row.pk, NOT_SENT), places, at), files=tuple(files[row.pk]))
        for row in rows_of_letters
    )
    return contacts, tuple(letters)


def clocks_of(case_id: uuid.UUID) -> tuple[case_values.Clock, ...]:
    """The deadlines of a case as a case file holds them, in the order of ``correspondence_of`` and of its decisions."""
    struck = case_queries.struck_in(case_id)
    contacts, letters, decisions = filed(case_id)
    ends: dict[uuid.UUID, list[case_values.ClockEnd]] = defaultdict(list)
    for end in ClockEnd.objects.filter(case_id=case_id).order_by("entered_at", "id"):
        ends[end.start_id].append(
            case_values.ClockEnd(
                on=end.on,
                result=case_values.ClockResult(end.result),
                note=end.note,
                struck_out=struck.get(end.pk),
            )
        )
    return tuple(
        case_values.Clock(
            kind=case_values.ClockKind(row.kind),
            dated_on=row.dated_on,
            reached_on=row.reached_on,
            contact=contacts.get(str(row.contact_id)),
            letter=letters.get(str(row.letter_id)),
            decision=decisions.get(str(row.decision_id)),
            ends=tuple(ends[row.pk]),
            note=row.note,
            struck_out=struck.get(row.pk),
        )
        for row in ClockStart.objects.filter(case_id=case_id).order_by("entered_at", "id")
    )


@transaction.atomic
def add_files(
    *,
    actor: "User",
    case: "Case",
    content: case_values.CaseFile,
    keys: Iterator[uuid.UUID],
    contact_keys: Sequence[uuid.UUID],
    letter_keys: Sequence[uuid.UUID],
) -> dict[uuid.UUID, StruckOut]:
    """Add what is known of files, on their own or with their contact or letter; return what is struck out, by key."""
    found = [(_file(note, next(keys), case.pk), note) for note in content.files]
    for key, contact in zip(contact_keys, content.contacts, strict=True):
        found += [(_file(note, next(keys), case.pk, contact_id=key), note) for note in contact.files]
    for key, letter in zip(letter_keys, content.letters, strict=True):
        found += [(_file(note, next(keys), case.pk, letter_id=key), note) for note in letter.files]
    audit.add_facts([row for row, _ in found], actor=actor, case_id=case.pk)
    return {row.pk: note.struck_out for row, note in found if note.struck_out is not None}


def files_of(case_id: uuid.UUID) -> tuple[case_values.FileNote, ...]:
    """What a case file holds of the files that stand on their own, oldest first."""
    return tuple(_files(case_id)[None])


def _file(note: case_values.FileNote, key: uuid.UUID, case_id: uuid.UUID, **belongs: uuid.UUID) -> EvidenceFile:
    values = {name: getattr(note, name) for name in _TYPED}
    return EvidenceFile(id=key, case_id=case_id, **belongs, **values)


def _files(case_id: uuid.UUID) -> dict[uuid.UUID | None, list[case_values.FileNote]]:
    """The files of a case by what they belong to, oldest first; under None those on their own."""
    found: dict[uuid.UUID | None, list[case_values.FileNote]] = defaultdict(list)
    for one in sorted(evidence_of(case_id), key=lambda one: (one.happened_on, one.id)):
        typed = {name: getattr(one, name) for name in _TYPED}
        found[one.contact_id or one.letter_id].append(case_values.FileNote(**typed, struck_out=one.struck_out))
    return found


def _refuse_unknown_letter(one: case_values.Letter, path: str) -> None:
    if registry.kind_of(one.kind) is None:
        known = ", ".join(kind.code for kind in registry.KINDS)
        raise case_values.CaseFileError(f"{path}.kind", f"must be one of {known}")
    try:
        facts = envelope.from_json(json.loads(one.facts_json))
    except ValueError:
        raise case_values.CaseFileError(f"{path}.facts", "are not those of a letter of this kind") from None
    if facts.kind != one.kind:
        raise case_values.CaseFileError(f"{path}.facts.kind", "is another kind than the letter's")


def _contact(one: case_values.Contact, key: uuid.UUID, case_id: uuid.UUID) -> Contact:
    at = one.at.astimezone(LONDON) if isinstance(one.at, dt.datetime) else None
    return Contact(
        id=key,
        case_id=case_id,
        at_date=at.date() if at else one.at,
        at_time=at.time() if at else None,
        kind=one.kind,
        direction=one.direction,
        party=one.with_whom,
        spoke_to=one.spoke_to,
        reference=one.reference,
        summary=one.summary,
        recorded_on=one.recorded_on,
        note=one.note,
    )


def _at(row: Contact) -> dt.date | dt.datetime:
    return row.at_date if row.at_time is None else dt.datetime.combine(row.at_date, row.at_time, tzinfo=LONDON)


def _promises(case_id: uuid.UUID, struck: Mapping[uuid.UUID, StruckOut]) -> dict[uuid.UUID, list[case_values.Promise]]:
    outcomes: dict[uuid.UUID, list[case_values.Outcome]] = defaultdict(list)
    for row in PromiseOutcome.objects.filter(case_id=case_id).order_by("entered_at", "id"):
        became = case_values.Outcome(
            on=row.on,
            result=case_values.PromiseResult(row.outcome),
            note=row.note,
            struck_out=struck.get(row.pk),
        )
        outcomes[row.promise_id].append(became)
    found: dict[uuid.UUID, list[case_values.Promise]] = defaultdict(list)
    for promise in Promise.objects.filter(case_id=case_id).order_by("entered_at", "id"):
        made = case_values.Promise(
            text=promise.text,
            due_on=promise.due_on,
            outcomes=tuple(outcomes[promise.pk]),
            note=promise.note,
            struck_out=struck.get(promise.pk),
        )
        found[promise.contact_id].append(made)
    return found


def _letter(
    row: Letter, sending: Sending, places: Mapping[uuid.UUID, int], letters: Mapping[uuid.UUID, int]
) -> case_values.Letter:
    return case_values.Letter(
        kind=row.kind,
        created_on=row.dated_on,
        body=row.html,
        facts_json=json.dumps(row.facts, sort_keys=True, ensure_ascii=True, separators=(",", ":")),
        template_version=row.template_version,
        rates_version=row.rates_version,
        contact=None if row.contact_id is None else places[row.contact_id],
        replaces=None if row.replaces_id is None else letters[row.replaces_id],
        steps=tuple(
            case_values.LetterStep(
                kind=one.kind,
                on=one.on,
                how=one.how,
                number=one.number,
                contact=None if one.contact_id is None else places[one.contact_id],
                note=one.note,
                struck_out=one.struck_out,
            )
            for one in sending.steps
        ),
    )


def _step(
    one: case_values.LetterStep, letter: Letter, contact_keys: Sequence[uuid.UUID], *, key: uuid.UUID
) -> LetterStep:
    return LetterStep(
        id=key,
        case_id=letter.case_id,
        letter_id=letter.pk,
        kind=one.kind,
        on=one.on,
        how=one.how or "",
        number=one.number,
        contact_id=None if one.contact is None else contact_keys[one.contact],
        note=one.note,
    )
