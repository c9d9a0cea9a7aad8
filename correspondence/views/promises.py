"""What was promised: one list of it, what became of each, and the notes to chase it with."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render

from arrears.core.case_values import PromiseResult
from cases.core.facts import Nation, Perspective
from cases.core.roles import Permission, Role
from cases.gate import CaseRequest, case_view
from cms_tracker.language import mark
from cms_tracker.web.clock import today
from correspondence import queries
from correspondence.core import chasing, promise_words
from correspondence.core.contacts import PromiseSeen
from correspondence.core.letters.call_follow_up import can_be_followed_up
from correspondence.core.letters.chase_promise import goes_by_letter

if TYPE_CHECKING:
    from cases.models import Case

PAGE = 50  # promises
_SHOWN: dict[str, tuple[str, Callable[[PromiseSeen, dt.date], bool]]] = {
    "": (mark("Not settled"), lambda one, on: one.is_open),
    "overdue": (mark("Overdue"), lambda one, on: chasing.is_overdue(one, on=on)),
    "kept": (mark("Kept"), lambda one, on: one.struck_out is None and one.outcome is PromiseResult.KEPT),
    "not-kept": (mark("Not kept"), lambda one, on: one.struck_out is None and one.outcome is PromiseResult.NOT_KEPT),
    "all": (mark("Every promise"), lambda one, on: True),
}


@case_view(Permission.VIEW)
def promises(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Everything that was promised, by how it stands, with the replies that are awaited."""
    on, nation = today(), Nation(case.nation)
    every = queries.every_promise(case.pk)
    show = request.GET.get("show", "")
    show = show if show in _SHOWN else ""
    found = [one for one in every if _SHOWN[show][1](one, on)]
    if show in {"kept", "not-kept", "all"}:
        found.reverse()
    replies = queries.awaited_replies(case.pk, nation=nation, on=on)
    late = [one for one in replies if one.is_late(on=on)]
    number, pages = _number(request, len(found))
    return render(
        request,
        "correspondence/promises.html",
        {
            "case": case,
            "here": "log",
            "rows": [_row(one, on=on, nation=nation) for one in found[(number - 1) * PAGE : number * PAGE]],
            "number": number,
            "pages": pages,
            "show": show,
            "filters": _filters(every, on=on),
            "late": late,
            "awaited": [one for one in replies if one not in late],
            "overdue": sum(chasing.is_overdue(one, on=on) for one in every) + len(late),
            "has_any": bool(every),
            "may_record": Permission.RECORD in request.rights,
        },
    )


@case_view(Permission.VIEW)
def chase_promise(request: CaseRequest, case: "Case", promise_id: uuid.UUID) -> HttpResponseBase:
    """The note to chase one promise with."""
    on = today()
    promise = queries.promise_of(case.pk, promise_id)
    if promise is None or not chasing.may_be_chased(promise, on=on):
        raise Http404
    note = chasing.chase_promise(promise, _chaser(request, case), on=on)
    contact = queries.contact_of(case.pk, promise.contact_id)
    may_write = Permission.WRITE_LETTERS in request.rights
    return _note_page(
        request,
        case,
        [note],
        promise=promise,
        by_letter=may_write and goes_by_letter(promise, on=on),
        follow_up=may_write and contact is not None and can_be_followed_up(contact),
    )


@case_view(Permission.VIEW)
def chase_reply(request: CaseRequest, case: "Case", letter_id: uuid.UUID) -> HttpResponseBase:
    """The note to ask for the reply to a letter with."""
    on = today()
    replies = queries.awaited_replies(case.pk, nation=Nation(case.nation), on=on)
    reply = next((one for one in replies if one.letter_id == letter_id), None)
    if reply is None:
        raise Http404
    return _note_page(request, case, [chasing.chase_reply(reply, _chaser(request, case))], reply=reply)


@case_view(Permission.VIEW)
def chase_all(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """One note for each party, about everything that is overdue today."""
    on = today()
    overdue = [one for one in queries.every_promise(case.pk) if chasing.is_overdue(one, on=on)]
    replies = queries.awaited_replies(case.pk, nation=Nation(case.nation), on=on)
    late = [one for one in replies if one.is_late(on=on)]
    by_letter = Permission.WRITE_LETTERS in request.rights and any(goes_by_letter(one, on=on) for one in overdue)
    return _note_page(
        request, case, chasing.chase_all(overdue, late, _chaser(request, case), on=on), by_letter=by_letter
    )  # fmt: skip


def _note_page(
    request: CaseRequest, case: "Case", notes: Sequence[chasing.ChaseNote], **more: object
) -> HttpResponseBase:
    context = {"case": case, "here": "log", "notes": notes, "may_record": Permission.RECORD in request.rights, **more}
    return render(request, "correspondence/chase.html", context)


def _chaser(request: CaseRequest, case: "Case") -> chasing.Chaser:
    return chasing.Chaser(
        reference=case.reference,
        perspective=Perspective(case.perspective),
        nation=Nation(case.nation),
        acts_for=request.role is Role.ADVISER,
    )


def _filters(every: Sequence[PromiseSeen], *, on: dt.date) -> list[tuple[str, str, int]]:
    return [(name, label, sum(fits(one, on) for one in every)) for name, (label, fits) in _SHOWN.items()]


def _row(promise: PromiseSeen, *, on: dt.date, nation: Nation) -> dict[str, object]:
    return {
        "promise": promise,
        "standing": promise.standing(on=on),
        "beside": promise_words.beside(promise, on=on, nation=nation),
        "may_chase": chasing.may_be_chased(promise, on=on),
    }


def _number(request: CaseRequest, count: int) -> tuple[int, int]:
    pages = max(1, -(-count // PAGE))
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return min(max(number, 1), pages), pages
