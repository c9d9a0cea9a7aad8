"""Who has looked at a record: which page, on which day, for the person whose record it is."""

import uuid
from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render

from cases import queries as cases
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.audit import queries as audit
from cms_tracker.language import say
from cms_tracker.pages.core.page_words import words_for

if TYPE_CHECKING:
    from cases.models import Case

DAYS = 14  # on one page


class Line(NamedTuple):
    """What one person did with one page on a day. ``is_special``: somebody who is not let in every day."""

    who: str
    what: str
    times: int
    first_at: Any
    last_at: Any
    is_special: bool


@case_view(Permission.SHARE)
def who_looked(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Show the owner who saw which page, by day. Nobody else may know who reads with them."""
    names = _names(case.pk, request.user.pk)
    actor_id, start = _asked(request, names)
    days = audit.days_of_looks(case.pk, actor_id=actor_id, start=start, count=DAYS + 1)
    looks = audit.looks_on(case.pk, days[:DAYS], actor_id=actor_id)
    context = {
        "case": case,
        "here": "details",
        "days": [(day, _lines(list(rows), names, request.user.pk)) for day, rows in groupby(looks, attrgetter("day"))],
        "people": names,
        "chosen": actor_id,
        "later": start - DAYS if start >= DAYS else None,
        "earlier": start + DAYS if len(days) > DAYS else None,
        "hours": cases.looks_of(case.pk),
    }
    return render(request, "pages/who_looked.html", context)


def _asked(request: CaseRequest, names: Mapping[uuid.UUID, str]) -> tuple[uuid.UUID | None, int]:
    """The person and the place in the list that an address asks for. Raises Http404 for what is neither."""
    who, start = request.GET.get("who", ""), request.GET.get("from", "0")
    if not (start.isascii() and start.isdigit() and len(start) < 7):
        raise Http404
    if not who:
        return None, int(start)
    found = next((one for one in names if str(one) == who), None)
    if found is None:
        raise Http404
    return found, int(start)


def _names(case_id: uuid.UUID, owner_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """By whom a record was looked at, by the names that its owner knows; the owner first."""
    known = {owner_id: say("You")}
    for member in cases.members_ever_of(case_id):
        label = member.invitation.label if hasattr(member, "invitation") else ""
        name = label or (say("Adviser") if member.organisation_id else say("Someone you let in"))
        if member.organisation is not None:
            name = f"{name}, {member.organisation.name}"
        known.setdefault(member.user_id, name)
    for look in cases.looks_of(case_id):
        known[look.asked_by.user_id] = f"{look.asked_by.name}, {look.organisation.name}"
    seen = set(audit.actors_of(case_id)) | {owner_id}
    return {key: name for key, name in known.items() if key in seen} | {
        key: say("Someone who is not here any more") for key in seen - set(known)
    }


def _lines(rows: list[audit.Looks], names: Mapping[uuid.UUID, str], owner_id: uuid.UUID) -> list[Line]:
    """The lines of a day: others page by page, one's own looks as one line."""
    lines = [
        Line(names[one.actor_id], _what(one), one.times, one.first_at, one.last_at, one.kind.startswith("look."))
        for one in rows
        if one.actor_id != owner_id
    ]
    own = [one for one in rows if one.actor_id == owner_id]
    if own:
        first, last = min(one.first_at for one in own), max(one.last_at for one in own)
        lines.append(Line(say("You"), "", sum(one.times for one in own), first, last, is_special=False))
    return sorted(lines, key=lambda line: not line.is_special)


def _what(one: audit.Looks) -> str:
    words = {
        "look.asked": say("Asked for an hour in this record, with a reason"),
        "look.approved": say("Let a colleague into this record for an hour"),
        "look.refused": say("Refused a colleague an hour in this record"),
        "look.opened": say("Began an hour in this record, for the reason given above"),
        "look.ended": say("Ended the hour in this record"),
    }
    if one.kind in words:
        return words[one.kind]
    page = words_for(one.page)
    return say("Tried to open: {page}. It was refused.", page=page) if one.kind == audit.REFUSED else page
