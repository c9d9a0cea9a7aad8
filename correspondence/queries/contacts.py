"""Read contacts and promises as core values, for one case or for many in a fixed number of queries."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Exists, F, OuterRef, QuerySet

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from cases import queries as case_queries
from correspondence.core.contacts import CMS, ContactSeen, LastContact, OutcomeSeen, PromiseSeen, soonest_first
from correspondence.models import Contact, Promise, PromiseOutcome
from correspondence.queries.sendings import latest_sent

Struck = case_queries.Struck

# Contacts of one day whose time nobody noted stand before those with a time, on both databases.
MOST_INCOMING = 40
LATEST_FIRST = ("-at_date", F("at_time").desc(nulls_last=True), "-entered_at", "id")


def contacts_of(case_id: uuid.UUID) -> list[ContactSeen]:
    """Every contact of a case with its promises, latest first, struck-out ones among them."""
    struck = case_queries.strike_outs([case_id])
    promises: dict[uuid.UUID, list[PromiseSeen]] = defaultdict(list)
    for promise in _promises([case_id], struck):
        promises[promise.contact_id].append(promise)
    rows = Contact.objects.filter(case_id=case_id).order_by(*LATEST_FIRST)
    return [seen(row, promises[row.id], struck) for row in rows]


def contact_of(case_id: uuid.UUID, contact_id: uuid.UUID) -> ContactSeen | None:
    """One contact of this case with its promises, or None where the case has no such contact."""
    row = Contact.objects.filter(case_id=case_id, pk=contact_id).first()
    if row is None:
        return None
    struck = case_queries.strike_outs([case_id])
    return seen(row, promises_made_in(case_id, [contact_id], struck), struck)


def incoming_since(case_id: uuid.UUID, since: dt.date) -> list[ContactSeen]:
    """The latest contacts made by the others since a day, without their promises, struck-out ones left out."""
    struck = case_queries.strike_outs([case_id])
    rows = Contact.objects.filter(case_id=case_id, direction=Direction.IN, at_date__gte=since).order_by(*LATEST_FIRST)
    return [one for row in rows[:MOST_INCOMING] if (one := seen(row, [], struck)).struck_out is None]


def promise_of(case_id: uuid.UUID, promise_id: uuid.UUID) -> PromiseSeen | None:
    """One promise of this case, or None where the case has no such promise."""
    struck = case_queries.strike_outs([case_id])
    return next(iter(_read(Promise.objects.filter(case_id=case_id, pk=promise_id), struck)), None)


def every_promise(case_id: uuid.UUID) -> list[PromiseSeen]:
    """Every promise of a case, soonest promised day first, struck-out ones among them."""
    return soonest_first(_promises([case_id], case_queries.strike_outs([case_id])))


def outcome_of(case_id: uuid.UUID, outcome_id: uuid.UUID) -> OutcomeSeen | None:
    """One thing noted of a promise of this case, or None where the case has no such thing."""
    row = PromiseOutcome.objects.filter(case_id=case_id, pk=outcome_id).first()
    return _noted(row, case_queries.strike_outs([case_id])) if row else None


def open_promises(case_id: uuid.UUID, *, on: dt.date) -> list[PromiseSeen]:
    """The promises made by the day ``on`` that nobody has closed, soonest promised day first."""
    return soonest_first(one for one in _unsettled(case_id) if one.made_on <= on)


def contacts_with_open_promises(case_id: uuid.UUID) -> set[uuid.UUID]:
    """The keys of the contacts of a case in which something was promised that nobody has closed."""
    return {one.contact_id for one in _unsettled(case_id)}


def promises_of(case_ids: Collection[uuid.UUID], struck: Struck) -> dict[uuid.UUID, list[PromiseSeen]]:
    """Every promise of each case, struck-out ones among them; cases without one are left out."""
    found: dict[uuid.UUID, list[PromiseSeen]] = defaultdict(list)
    for promise in _promises(case_ids, struck):
        found[promise.case_id].append(promise)
    return found


def next_promises(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, PromiseSeen]:
    """The open promise of each case that comes (or came) due first; cases without one are left out."""
    struck = case_queries.strike_outs(case_ids)
    found: dict[uuid.UUID, PromiseSeen] = {}
    for promise in soonest_first(one for one in _promises(case_ids, struck) if one.is_open):
        found.setdefault(promise.case_id, promise)
    return found


def last_contacts(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, LastContact]:
    """The latest contact of each case, a posted letter being one; cases without any are left out."""
    struck = case_queries.strike_outs(case_ids)
    found: dict[uuid.UUID, LastContact] = {}
    rows = Contact.objects.filter(case_id__in=case_ids).order_by(*LATEST_FIRST)
    for key, case_id, on, kind, direction, party in rows.values_list(
        "id", "case_id", "at_date", "kind", "direction", "party"
    ):
        if case_id not in found and (case_id, key) not in struck:
            found[case_id] = LastContact(
                case_id=case_id,
                on=on,
                kind=ContactKind(kind),
                direction=Direction(direction),
                party=party or CMS,
                contact_id=key,
            )
    for case_id, (posted_on, letter_id) in latest_sent(case_ids, struck).items():
        if case_id not in found or found[case_id].on <= posted_on:
            found[case_id] = LastContact(
                case_id=case_id,
                on=posted_on,
                kind=ContactKind.LETTER,
                direction=Direction.OUT,
                party=CMS,
                letter_id=letter_id,
            )
    return found


def promises_made_in(case_id: uuid.UUID, contact_ids: Collection[uuid.UUID], struck: Struck) -> list[PromiseSeen]:
    """The promises made in these contacts of a case, in no particular order of contacts."""
    return _read(Promise.objects.filter(case_id=case_id, contact_id__in=contact_ids), struck)


def _promises(case_ids: Collection[uuid.UUID], struck: Struck) -> list[PromiseSeen]:
    return _read(Promise.objects.filter(case_id__in=case_ids), struck)


def _unsettled(case_id: uuid.UUID) -> list[PromiseSeen]:
    """The promises of a case that stand and that nobody has closed. Those that are closed are not even read."""
    struck = case_queries.strike_outs([case_id])
    closed = PromiseOutcome.objects.filter(promise=OuterRef("pk")).exclude(pk__in=[key for _, key in struck])
    rows = Promise.objects.filter(~Exists(closed), case_id=case_id)
    return [one for one in _read(rows, struck) if one.is_open]


def _read(promises: "QuerySet[Promise]", struck: Struck) -> list[PromiseSeen]:
    noted: dict[uuid.UUID, list[OutcomeSeen]] = defaultdict(list)
    for one in PromiseOutcome.objects.filter(promise__in=promises).order_by("entered_at", "id"):
        noted[one.promise_id].append(_noted(one, struck))
    rows = promises.select_related("contact").defer("note", "contact__summary", "contact__note")
    rows = rows.order_by("due_on", "entered_at", "id")
    return [_promise(row, noted[row.id], struck) for row in rows]


def _noted(row: PromiseOutcome, struck: Struck) -> OutcomeSeen:
    return OutcomeSeen(
        id=row.id,
        promise_id=row.promise_id,
        outcome=PromiseResult(row.outcome),
        on=row.on,
        note=row.note,
        struck_out=struck.get((row.case_id, row.id)),
    )


def _promise(row: Promise, noted: Sequence[OutcomeSeen], struck: Struck) -> PromiseSeen:
    outcome = next((one for one in reversed(noted) if one.struck_out is None), None)
    return PromiseSeen(
        id=row.id,
        case_id=row.case_id,
        contact_id=row.contact_id,
        made_on=row.contact.at_date,
        party=row.contact.party or CMS,
        text=row.text,
        due_on=row.due_on,
        outcome=outcome.outcome if outcome else None,
        outcome_on=outcome.on if outcome else None,
        outcome_note=outcome.note if outcome else "",
        # A promise falls with the contact it was noted in.
        struck_out=struck.get((row.case_id, row.id)) or struck.get((row.case_id, row.contact_id)),
        noted=tuple(noted),
        at_time=row.contact.at_time,
        kind=ContactKind(row.contact.kind),
        direction=Direction(row.contact.direction),
        spoke_to=row.contact.spoke_to,
        reference=row.contact.reference,
    )


def seen(row: Contact, promises: Collection[PromiseSeen], struck: Struck) -> ContactSeen:
    """A row as a value, with the promises made in it."""
    return ContactSeen(
        id=row.id,
        case_id=row.case_id,
        at_date=row.at_date,
        at_time=row.at_time,
        kind=ContactKind(row.kind),
        direction=Direction(row.direction),
        party=row.party or CMS,
        spoke_to=row.spoke_to,
        reference=row.reference,
        summary=row.summary,
        recorded_on=row.recorded_on,
        note=row.note,
        promises=tuple(promises),
        struck_out=struck.get((row.case_id, row.id)),
    )
