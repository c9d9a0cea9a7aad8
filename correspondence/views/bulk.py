"""One kind of letter to many records: choose the letter, answer once, look at each, then make them.

Which records were chosen stands in the session, never in an address. Each is read only while this
person helps with it, and nothing of one stands in the letter of another.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.drafts import Draft
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import FORM, PRESS, sent
from correspondence import operations, queries, rendering
from correspondence.core.jobs import JobState
from correspondence.core.letters import bulk, registry
from correspondence.core.letters.asks import Ask
from correspondence.core.letters.bulk import Looked
from correspondence.core.letters.kind import Kind
from correspondence.forms.bulk import BulkForm, PressForm
from correspondence.queries.batches import Chosen

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User
    from correspondence.models import LetterBatch

CHOSEN = "letters-for"  # the chosen records, in the session
IN_ONE_FILE = 100  # letters
_ANSWERS = "answers"


@dataclass(frozen=True, kw_only=True)
class _Many:
    """One kind of letter for the records that were chosen."""

    user: "User"
    kind: Kind
    chosen: list[Chosen]
    draft: Draft

    @property
    def asked(self) -> frozenset[str]:
        """The names of the questions that are asked in common."""
        return frozenset(one.name for one in self._common())

    def form(self, data: Mapping[str, Any] | None = None) -> BulkForm:
        """The form of the common answers."""
        return BulkForm(data, kind=self.kind, questions=self._common(), on=today())

    def answered(self) -> BulkForm | None:
        """The form as it was answered, if it was and still may be."""
        typed = self.draft.answers(_ANSWERS)
        form = None if typed is None else self.form(typed)
        return form if form is not None and form.is_valid() else None

    def looked(self, form: BulkForm, chosen: list[Chosen] | None = None) -> list[Looked]:
        """Each record with the letter it would get."""
        every = self.chosen if chosen is None else chosen
        names = bulk.unshared(form.parents(), [one.record.reference for one in self.chosen])
        return queries.looked_at(self.kind, every, form.given(), asked=self.asked, names=names)

    def _common(self) -> tuple[Ask, ...]:
        able = [
            one.record
            for one in self.chosen
            if one.record.perspective in self.kind.senders and not self.kind.why_not(one.record)
        ]
        return bulk.common([self.kind.asks(record) for record in able])


@signed_in()
def letters_for_many(request: HttpRequest) -> HttpResponseBase:
    """Choose which letter the chosen records get."""
    user = cast("User", request.user)
    chosen = queries.chosen_of(user, _ids(request), on=today())
    sides = {one.record.perspective for one in chosen}
    kinds = [one for one in registry.KINDS if bulk.is_for_many(one) and sides & one.senders]
    context = {"here": "caseload", "chosen": chosen, "kinds": kinds, "batches": _named(queries.batches_of(user))}
    return render(request, "correspondence/bulk.html", context)


@signed_in(FORM)
def answer_for_many(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Answer once what all the letters share."""
    many = _many(request, kind)
    if many is None:
        return redirect("correspondence:bulk")
    if request.method == "POST":
        form = many.form(request.POST)
        if form.is_valid():
            many.draft.keep(_ANSWERS, form)
            return redirect("correspondence:check-bulk", kind)
    else:
        form = many.form(many.draft.answers(_ANSWERS))
    context = {"here": "caseload", "kind": many.kind, "form": form, "chosen": many.chosen}
    return render(request, "correspondence/answer_bulk.html", context)


@signed_in(FORM)
def check_for_many(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Look at each record, then begin. The table says which letters cannot be made, and why."""
    many = _many(request, kind)
    form = many.answered() if many else None
    if many is None or form is None:
        return redirect("correspondence:answer-bulk", kind) if many else redirect("correspondence:bulk")
    looked = many.looked(form)
    press = PressForm(sent(request))
    if press.is_valid():
        try:
            batch = operations.begin_batch(
                actor=many.user,
                kind=many.kind,
                given=form.given(),
                asked=many.asked,
                looked=looked,
                on=today(),
                batch_id=press.cleaned_data["entry"],
            )
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("correspondence:check-bulk", kind)
        many.draft.forget()
        operations.make_next_letters(actor=many.user, batch=batch)
        return redirect("correspondence:batch", batch.pk)
    context = {
        "here": "caseload",
        "kind": many.kind,
        "form": press,
        "able": [one for one in looked if one.letter],
        "unable": [one for one in looked if not one.letter],
        "today": today(),
    }
    return render(request, "correspondence/check_bulk.html", context)


@case_view(Permission.WRITE_LETTERS)
def preview_of_many(request: CaseRequest, case: "Case", kind: str) -> HttpResponseBase:
    """The exact words of one of the letters before they are made."""
    many = _many(request, kind)
    form = many.answered() if many else None
    mine = [one for one in many.chosen if one.case.pk == case.pk] if many else []
    if many is None or form is None or not mine:
        raise Http404
    (one,) = many.looked(form, mine)
    if one.letter is None:
        messages.error(request, one.why_not)
        return redirect("correspondence:check-bulk", kind)
    return render(
        request,
        "letters/document.html",
        {
            "case": case,
            "html": rendering.words(rendering.letter_html(one.letter)),
            "dated": day(one.letter.dated_on),
            "back": reverse("correspondence:check-bulk", args=[kind]),
            "back_label": say("Back to all letters"),
        },
    )


@signed_in()
def batch(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponseBase:
    """How far the letters are, from their own rows."""
    part = "batch_status" if request.headers.get("HX-Request") else "batch"
    return render(request, f"correspondence/{part}.html", _progress(request, _own(request, batch_id)))


@signed_in(PRESS)
def next_letters(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponseBase:
    """Make the next letters; the page presses this by itself where it can."""
    found = _own(request, batch_id)
    operations.make_next_letters(actor=cast("User", request.user), batch=found)
    if request.headers.get("HX-Request"):
        return render(request, "correspondence/batch_status.html", _progress(request, found))
    return redirect("correspondence:batch", found.pk)


@signed_in()
def batch_pdf(request: HttpRequest, batch_id: uuid.UUID, part: int) -> HttpResponseBase:
    """Up to a hundred ready letters as one PDF to print, under a name that says nothing."""
    found = _own(request, batch_id)
    content = operations.take_letters(
        actor=cast("User", request.user), batch=found, first=(part - 1) * IN_ONE_FILE, count=IN_ONE_FILE
    )
    if content is None:
        raise Http404
    headers = {
        "Content-Disposition": say(
            'attachment; filename="letters-{dated_on}-{part}.pdf"', dated_on=found.dated_on, part=part
        ),
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _progress(request: HttpRequest, found: "LetterBatch") -> dict[str, object]:
    places = queries.places_of(cast("User", request.user), found)
    ready = [one for one in places if one.state is JobState.READY]
    to_make = sum(not one.is_made and not one.why_not for one in places)
    parts = range(1, -(-len(ready) // IN_ONE_FILE) + 1)
    return {
        "here": "caseload",
        "batch": found,
        "title": registry.title_of(found.kind),
        "places": places,
        "wanted": sum(not one.why_not for one in places),
        "ready": len(ready),
        "failed": sum(one.state is JobState.FAILED for one in places),
        "unable": [one for one in places if one.why_not],
        "to_make": to_make,
        "is_waiting": bool(to_make) or any(one.state in {JobState.QUEUED, JobState.RENDERING} for one in places),
        "parts": [(part, (part - 1) * IN_ONE_FILE + 1, min(part * IN_ONE_FILE, len(ready))) for part in parts],
    }


def _many(request: HttpRequest, code: str) -> _Many | None:
    """The letter for the chosen records; None where none is chosen any more. 404 for a kind that is not for many."""
    kind = registry.kind_of(code)
    if kind is None or not bulk.is_for_many(kind):
        raise Http404
    user = cast("User", request.user)
    chosen = queries.chosen_of(user, _ids(request), on=today())
    draft = Draft(request, "letters-for-many", kind.code)
    return _Many(user=user, kind=kind, chosen=chosen, draft=draft) if chosen else None


def _ids(request: HttpRequest) -> list[uuid.UUID]:
    return [uuid.UUID(one) for one in request.session.get(CHOSEN, [])]


def _own(request: HttpRequest, batch_id: uuid.UUID) -> "LetterBatch":
    found = queries.batch_of(cast("User", request.user), batch_id)
    if found is None:
        raise Http404
    return found


def _named(batches: list["LetterBatch"]) -> list[tuple["LetterBatch", str]]:
    return [(one, registry.title_of(one.kind)) for one in batches]
