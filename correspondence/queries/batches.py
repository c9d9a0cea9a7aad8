"""Read what somebody writes to many records at once. Only records that this person helps with are ever read."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arrears import queries as money_queries
from cases import queries as case_queries
from cases.core.facts import Nation, Perspective
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.jobs import JobKind, JobState
from correspondence.core.letters import bulk, envelope
from correspondence.core.letters.bulk import Looked
from correspondence.core.letters.draft import Choices
from correspondence.core.letters.kind import Kind, Record
from correspondence.core.sending import NOT_SENT
from correspondence.models import BatchedLetter, Contact, Job, Letter, LetterBatch
from correspondence.queries.contacts import LATEST_FIRST, promises_of, seen
from correspondence.queries.letters import read_letter, sent_letter
from correspondence.queries.sendings import sendings_of

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A record that was chosen, the person's own name for it, what its letters may read, and its letters so far."""

    case: "Case"
    label: str
    record: Record
    letters: tuple[envelope.Letter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One record's place in a batch. ``state`` is that of its PDF; None where the letter is not made."""

    case_id: uuid.UUID
    reference: str
    label: str
    letter_id: uuid.UUID
    is_made: bool
    why_not: str
    state: JobState | None


def chosen_of(user: "User", case_ids: Collection[uuid.UUID], *, on: dt.date) -> list[Chosen]:
    """The chosen records that this person helps with today, in a number of queries that does not grow with them."""
    found = case_queries.helping(user.pk).filter(case_id__in=case_ids).select_related("case").order_by("began_at", "id")
    members = list(found[: bulk.MOST])
    ids = [one.case_id for one in members]
    facts = money_queries.facts_for_many([one.case for one in members])
    contacts, rows, sendings = _contacts(ids), _letters(ids), sendings_of(ids)
    return [
        Chosen(
            case=one.case,
            label=one.label,
            record=Record(
                facts=facts[one.case_id],
                perspective=Perspective(one.case.perspective),
                reference=one.case.reference,
                nation=Nation(one.case.nation),
                on=on,
                contacts=tuple(contacts[one.case_id]),
                letters=tuple(sent_letter(row, sendings.get(row.pk, NOT_SENT)) for row in rows[one.case_id]),
            ),
            letters=tuple(kept for row in rows[one.case_id] if (kept := read_letter(row.facts))),
        )
        for one in members
    ]


def looked_at(
    kind: Kind, chosen: Sequence[Chosen], given: Choices, *, asked: frozenset[str], names: Mapping[str, str]
) -> list[Looked]:
    """Each chosen record with the letter it would get, or why it gets none.

    ``names`` are the parents', by CMS reference (see ``bulk.unshared``).
    """
    return [
        bulk.looked_at(
            kind,
            one.record,
            given,
            case_id=one.case.pk,
            label=one.label,
            name=bulk.name_in(one.letters) or names.get(one.record.reference, ""),
            asked=asked,
        )
        for one in chosen
    ]


def batch_of(user: "User", batch_id: uuid.UUID) -> LetterBatch | None:
    """One batch of this person, or None."""
    return LetterBatch.objects.filter(pk=batch_id, user=user).first()


def batches_of(user: "User", *, count: int = 10) -> list[LetterBatch]:
    """The latest batches of this person."""
    return list(LetterBatch.objects.filter(user=user).order_by("-made_at", "id")[:count])


def places_of(user: "User", batch: LetterBatch) -> list[Place]:
    """Every record of a batch that this person still helps with, in the order in which they were chosen."""
    members = {one.case_id: one for one in case_queries.helping(user.pk).select_related("case")}
    rows = [row for row in BatchedLetter.objects.filter(batch=batch).order_by("id") if row.case_id in members]
    jobs = dict(
        Job.objects.filter(kind=JobKind.LETTER, subject__in=[row.letter_id for row in rows if row.is_made]).values_list(
            "subject", "state"
        )
    )
    return [
        Place(
            case_id=row.case_id,
            reference=members[row.case_id].case.reference,
            label=members[row.case_id].label,
            letter_id=row.letter_id,
            is_made=row.is_made,
            why_not=row.why_not,
            state=JobState(jobs[row.letter_id]) if row.letter_id in jobs else None,
        )
        for row in rows
    ]


def ready_letters(user: "User", batch: LetterBatch) -> list[Letter]:
    """The letters of a batch whose PDF is there, of the records that this person still helps with."""
    ready = [one.letter_id for one in places_of(user, batch) if one.state is JobState.READY]
    found = Letter.objects.in_bulk(ready)
    return [found[key] for key in ready if key in found]


def _contacts(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[ContactSeen]]:
    struck = case_queries.strike_outs(ids)
    promises: dict[uuid.UUID, list[PromiseSeen]] = defaultdict(list)
    for of_case in promises_of(ids, struck).values():
        for promise in of_case:
            promises[promise.contact_id].append(promise)
    found: dict[uuid.UUID, list[ContactSeen]] = defaultdict(list)
    for row in Contact.objects.filter(case_id__in=ids).order_by(*LATEST_FIRST):
        found[row.case_id].append(seen(row, promises[row.id], struck))
    return found


def _letters(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Letter]]:
    found: dict[uuid.UUID, list[Letter]] = defaultdict(list)
    for row in Letter.objects.filter(case_id__in=ids).defer("html", "typed").order_by("-dated_on", "-made_at", "id"):
        found[row.case_id].append(row)
    return found
