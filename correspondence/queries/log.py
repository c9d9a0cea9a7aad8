"""Read the log of a case a page at a time, in as many queries for a long one as for a short one."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from cases import queries as case_queries
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.letters.registry import title_of
from correspondence.core.log import LetterEntry, LogPage, Place, Wanted, page_of
from correspondence.core.sending import NOT_SENT
from correspondence.models import Contact, EvidenceFile, Letter, LetterStep, Promise
from correspondence.queries.contacts import contacts_with_open_promises, promises_made_in, seen
from correspondence.queries.sendings import sendings_of

_SEARCHED = ("summary", "spoke_to", "reference", "note")


def log_page(case_id: uuid.UUID, wanted: Wanted, *, number: int) -> LogPage:
    """A page of the contacts of a case and of the letters made here, newest first, struck-out ones among them."""
    places = [*_contact_places(case_id, wanted), *_letter_places(case_id, wanted)]
    number, here = page_of(places, number)
    contacts = _contacts(case_id, [one.key for one in here if not one.is_letter])
    letters = _letters(case_id, [one.key for one in here if one.is_letter])
    entries = tuple(letters[one.key] if one.is_letter else contacts[one.key] for one in here)
    return LogPage(entries=entries, total=len(places), number=number)


def parties_of(case_id: uuid.UUID) -> list[str]:
    """Everybody a case was spoken about with, by name."""
    return sorted(set(Contact.objects.filter(case_id=case_id).values_list("party", flat=True)))


def _contact_places(case_id: uuid.UUID, wanted: Wanted) -> list[Place]:
    rows = Contact.objects.filter(case_id=case_id, **_days("at_date", wanted))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.direction:
        rows = rows.filter(direction=wanted.direction)
    if wanted.with_open_promise:
        rows = rows.filter(pk__in=contacts_with_open_promises(case_id))
    if wanted.with_file:
        rows = rows.filter(pk__in=_with_files(case_id))
    promised = _texts(Promise.objects.filter(case_id=case_id), "contact_id", "text") if wanted.words else {}
    # What is looked through is read only where something is looked for: each of these cells is sealed.
    searched = ("party", *_SEARCHED) if wanted.words else ("party",) if wanted.party else ()
    return [
        Place(on=on, has_time=at is not None, at=at or dt.time.min, entered=entered, key=key, is_letter=False)
        for on, at, entered, key, *texts in rows.values_list("at_date", "at_time", "entered_at", "pk", *searched)
        if (not wanted.party or texts[0] == wanted.party) and _has_all(wanted.words, [*texts, *promised.get(key, ())])
    ]


def _letter_places(case_id: uuid.UUID, wanted: Wanted) -> list[Place]:
    if not wanted.takes_letters:
        return []
    rows: QuerySet[Letter] = Letter.objects.filter(case_id=case_id, **_days("dated_on", wanted))
    if wanted.with_file:
        rows = rows.filter(pk__in=_with_files(case_id))
    stepped = _texts(LetterStep.objects.filter(case_id=case_id), "letter_id", "number", "note") if wanted.words else {}
    searched = ("facts",) if wanted.words else ()
    return [
        Place(on=on, has_time=False, at=dt.time.min, entered=made, key=key, is_letter=True)
        for on, made, key, kind, *facts in rows.values_list("dated_on", "made_at", "pk", "kind", *searched)
        if _has_all(wanted.words, [title_of(kind), *(one.get("heading", "") for one in facts), *stepped.get(key, ())])
    ]


def _texts(rows: "QuerySet[Any]", key: str, *names: str) -> dict[uuid.UUID, list[str]]:
    """What stands in these columns of rows, by what the rows belong to."""
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for of, *texts in rows.values_list(key, *names):
        found[of] += texts
    return found


def _has_all(words: Collection[str], texts: Collection[str]) -> bool:
    """Whether each word stands in one of the texts, in capitals or not."""
    folded = [text.casefold() for text in texts if text] if words else []
    return all(any(word.casefold() in text for text in folded) for word in words)


def _contacts(case_id: uuid.UUID, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, ContactSeen]:
    struck = case_queries.strike_outs([case_id])
    promises: dict[uuid.UUID, list[PromiseSeen]] = defaultdict(list)
    for promise in promises_made_in(case_id, keys, struck):
        promises[promise.contact_id].append(promise)
    return {row.pk: seen(row, promises[row.pk], struck) for row in Contact.objects.filter(pk__in=keys)}


def _letters(case_id: uuid.UUID, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, LetterEntry]:
    sendings = sendings_of([case_id]) if keys else {}
    return {
        key: LetterEntry(id=key, title=title_of(kind), on=on, sending=sendings.get(key, NOT_SENT))
        for key, kind, on in Letter.objects.filter(pk__in=keys).values_list("pk", "kind", "dated_on")
    }


def _with_files(case_id: uuid.UUID) -> set[uuid.UUID]:
    """The keys of the contacts and letters to which a file belongs that is not struck out."""
    struck = case_queries.struck_in(case_id)
    rows = EvidenceFile.objects.filter(case_id=case_id).exclude(pk__in=struck)
    return {one.contact_id or one.letter_id or one.pk for one in rows.only("pk", "contact_id", "letter_id")}


def _days(name: str, wanted: Wanted) -> dict[str, Any]:
    limits = {f"{name}__gte": wanted.since, f"{name}__lte": wanted.until}
    return {key: day for key, day in limits.items() if day is not None}
