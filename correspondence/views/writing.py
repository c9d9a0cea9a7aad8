"""Writing a letter: choose, check, read, change the words, make.

What is chosen waits in the session, which ends with the visit: an unfinished letter leaves
nothing in the record, and no address in the browser's history.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.core.roles import Permission, Role
from cases.gate import CaseRequest, case_view
from cms_tracker.days import day
from cms_tracker.language import mark, say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.drafts import Draft
from cms_tracker.web.methods import FORM, PRESS, sent
from correspondence import operations, presenters, queries, rendering
from correspondence.core import contact_data
from correspondence.core.letters import envelope, paragraphs, registry
from correspondence.core.letters.draft import Choices, reply_of
from correspondence.core.letters.kind import Kind, Record
from correspondence.core.letters.missed_payments import MissedPayments
from correspondence.forms.letters import LetterForm, MakeForm, WordsForm

if TYPE_CHECKING:
    from cases.models import Case

_PAGE, _WORDS, _REPLACES = "choices", "words", "replaces"
_SEVERAL = frozenset({"payments", "promises"})  # questions with several answers, one of which an address may name
CHANGED_WORDS = mark(
    "A paragraph that you wrote anew now says something else. Read the words once more, then keep them."
)


@dataclass(frozen=True, kw_only=True)
class _Writing:
    """A letter being written: its kind, the record that it reads, and what was typed so far."""

    request: CaseRequest
    case: "Case"
    kind: Kind
    record: Record
    draft: Draft

    def form(self, data: Mapping[str, Any] | None, initial: Mapping[str, Any] | None = None) -> LetterForm:
        """The kind's own form, with these answers."""
        address = contact_data.address_of(self.record.nation, self.kind.to)
        return LetterForm(
            data,
            initial=dict(initial or {}),
            kind=self.kind,
            questions=self.kind.asks(self.record),
            on=self.record.on,
            known_address=address.lines if address else (),
            may_sign_for=self.request.role is not Role.OWNER,
        )

    def answered(self) -> LetterForm | None:
        """The form as it was answered, if it was and still may be."""
        typed = self.draft.answers(_PAGE)
        form = None if typed is None else self.form(typed)
        return form if form is not None and form.is_valid() else None

    @property
    def replaces_id(self) -> uuid.UUID | None:
        """The letter that this one corrects."""
        found = self.draft.answers(_REPLACES)
        return uuid.UUID(found["id"]) if found else None

    def choices(self, form: LetterForm) -> Choices:
        """What was chosen, with the paragraphs written anew. Raises Refusal where the letter cannot be made."""
        plain = self._with_old(form.choices())
        words = self.words_form(plain, self.draft.answers(_WORDS))
        if words is None or not words.is_valid():
            return plain
        if words.is_stale:
            raise Refusal(say(CHANGED_WORDS), field=_WORDS)
        return self._with_old(form.choices(edits=words.edits(), addition=words.cleaned_data["addition"]))

    def words_form(self, choices: Choices, typed: Mapping[str, Any] | None) -> WordsForm | None:
        """The form of the paragraphs, or None where nothing was typed into it."""
        return None if typed is None else WordsForm(typed, paragraphs=self.paragraphs(choices))

    def paragraphs(self, choices: Choices) -> list[paragraphs.Paragraph]:
        """The paragraphs as our template has them for these choices."""
        plain = replace(choices, edits=(), addition="")
        return paragraphs.paragraphs(rendering.template_html(self.drafted(plain)))

    def drafted(self, choices: Choices) -> envelope.Letter:
        """The whole letter. Raises Refusal where it cannot be made."""
        return queries.draft_of(self.case, self.kind, choices, on=self.record.on)

    def _with_old(self, choices: Choices) -> Choices:
        old = queries.letter_of(self.case.pk, self.replaces_id) if self.replaces_id else None
        return replace(choices, replaces=old.dated_on) if old else choices


@case_view(Permission.WRITE_LETTERS, FORM)
def new_letter(request: CaseRequest, case: "Case", kind: str) -> HttpResponseBase:
    """Choose what goes into a letter."""
    writing = _writing(request, case, kind)
    offer = registry.offer(writing.kind, writing.record)
    if offer is None:
        raise Http404
    if offer.why_not:
        messages.error(request, offer.why_not)
        return redirect("correspondence:letters", case.pk)
    if request.method == "POST":
        form = writing.form(request.POST)
        if form.is_valid() and _can_be_drafted(writing, form):
            writing.draft.keep(_PAGE, form)
            return redirect("correspondence:check-letter", case.pk, kind)
    else:
        typed = writing.draft.answers(_PAGE)
        form = writing.form(None, _initial(writing)) if typed is None else writing.form(typed)
    return render(request, "correspondence/new_letter.html", _context(writing) | {"form": form})


@case_view(Permission.WRITE_LETTERS, FORM)
def check_letter(request: CaseRequest, case: "Case", kind: str) -> HttpResponseBase:
    """Check every answer; the button makes the letter."""
    writing = _writing(request, case, kind)
    form = writing.answered()
    if form is None:
        return redirect("correspondence:new-letter", case.pk, kind)
    press = MakeForm(sent(request))
    try:
        choices = writing.choices(form)
        if press.is_valid():
            return _make(writing, choices, press)
        letter = writing.drafted(choices)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        back = "check-letter" if press.is_bound else "new-letter"
        return redirect(f"correspondence:{'change-words' if refusal.field == _WORDS else back}", case.pk, kind)
    return render(request, "correspondence/check_letter.html", _checked(writing, form, choices, letter))


@case_view(Permission.WRITE_LETTERS, FORM)
def change_words(request: CaseRequest, case: "Case", kind: str) -> HttpResponseBase:
    """Write paragraphs of the letter anew, leave one out, or add one."""
    writing = _writing(request, case, kind)
    form = writing.answered()
    if form is None:
        return redirect("correspondence:new-letter", case.pk, kind)
    try:
        found = writing.paragraphs(form.choices())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("correspondence:new-letter", case.pk, kind)
    if request.method == "POST" and "as-written" in request.POST:
        writing.draft.reopen(_WORDS)
        return redirect("correspondence:check-letter", case.pk, kind)
    words = WordsForm(sent(request) or writing.draft.answers(_WORDS), paragraphs=found)
    if request.method == "POST" and words.is_valid():
        writing.draft.keep(_WORDS, words)
        return redirect("correspondence:check-letter", case.pk, kind)
    return render(request, "correspondence/change_words.html", _context(writing) | {"form": words})


@case_view(Permission.WRITE_LETTERS)
def preview_letter(request: CaseRequest, case: "Case", kind: str) -> HttpResponseBase:
    """The exact words of the letter before it is made."""
    writing = _writing(request, case, kind)
    form = writing.answered()
    if form is None:
        return redirect("correspondence:new-letter", case.pk, kind)
    try:
        letter = writing.drafted(writing.choices(form))
        html = rendering.letter_html(letter)
    except (Refusal, paragraphs.MovedError) as refusal:
        messages.error(request, refusal.message if isinstance(refusal, Refusal) else operations.CHANGED)
        return redirect("correspondence:new-letter", case.pk, kind)
    return render(
        request,
        "letters/document.html",
        {
            "case": case,
            "html": rendering.words(html),
            "dated": day(letter.dated_on),
            "back": reverse("correspondence:check-letter", args=[case.pk, kind]),
            "back_label": say("Back to check your answers"),
        },
    )


@case_view(Permission.WRITE_LETTERS, PRESS)
def correct_letter(request: CaseRequest, case: "Case", letter_id: uuid.UUID) -> HttpResponseBase:
    """Begin the next version of a letter with what was typed into this one."""
    old = queries.letter_of(case.pk, letter_id)
    kind = registry.kind_of(old.kind) if old else None
    if old is None or kind is None:
        raise Http404
    if queries.next_version(old) is not None:
        messages.error(request, "This letter was corrected before. Open the newer one to correct it again.")
        return redirect("correspondence:letter", case.pk, old.pk)
    draft = _draft(request, case, kind)
    draft.forget()
    for page, typed in old.typed.items():
        if page in {_PAGE, _WORDS} and isinstance(typed, dict):
            draft.put(page, typed)
    draft.put(_REPLACES, {"id": str(old.pk)})
    return redirect("correspondence:new-letter", case.pk, kind.code)


def _make(writing: _Writing, choices: Choices, press: MakeForm) -> HttpResponseBase:
    letter = operations.make_letter(
        actor=writing.request.user,
        case=writing.case,
        kind=writing.kind,
        choices=choices,
        on=writing.record.on,
        checked=press.cleaned_data["checked"],
        letter_id=press.cleaned_data["entry"],
        replaces_id=writing.replaces_id,
        typed={page: typed for page in (_PAGE, _WORDS) if (typed := writing.draft.answers(page)) is not None},
    )
    writing.draft.forget()
    return redirect("correspondence:letter", writing.case.pk, letter.pk)


def _can_be_drafted(writing: _Writing, form: LetterForm) -> bool:
    """Say whether a letter can be made of these answers; a refusal goes beside its question."""
    try:
        writing.drafted(form.choices())
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


def _checked(writing: _Writing, form: LetterForm, choices: Choices, letter: envelope.Letter) -> dict[str, object]:
    missed = letter.about if isinstance(letter.about, MissedPayments) else None
    notes = writing.kind.notes
    return _context(writing) | {
        "letter": letter,
        "rows": presenters.answers_shown(form),
        "changes": presenters.changes_shown(choices.edits, writing.paragraphs(choices)),
        "form": MakeForm(initial={"checked": envelope.fingerprint(letter)}),
        "reply": reply_of(writing.kind, writing.record, choices),
        "confirmed": sorted(notes(writing.record, letter.about, choices.answers)) if notes else [],
        "missed": missed,
        "beside": queries.beside_letter(writing.case, missed, on=writing.record.on) if missed else None,
    }


def _writing(request: CaseRequest, case: "Case", code: str) -> _Writing:
    kind = registry.kind_of(code)
    if kind is None:
        raise Http404
    return _Writing(
        request=request,
        case=case,
        kind=kind,
        record=queries.record_of(case, on=today(), with_files=kind.needs_files),
        draft=_draft(request, case, kind),
    )


def _draft(request: CaseRequest, case: "Case", kind: Kind) -> Draft:
    return Draft(request, case.pk, "letter", kind.code)


def _initial(writing: _Writing) -> dict[str, object]:
    """Name and addresses as on the last letter, so that nobody types them twice; the thing an address names."""
    kind = writing.kind
    initial: dict[str, object] = {}
    about = writing.request.GET.get(kind.named_by, "") if kind.named_by else ""
    if about:
        initial[kind.named_by] = [about] if kind.named_by in _SEVERAL else about
    last = queries.last_sender(writing.case.pk, to=kind.to)
    if last is None:
        return initial
    known = contact_data.address_of(writing.record.nation, kind.to)
    is_known = known is not None and last.addressee == known.lines
    return initial | {
        "sender": last.sender,
        "signs": "other" if last.for_whom else "parent",
        "for_whom": last.for_whom,
        "reply": "care_of" if last.sender_address else "held",
        "reply_address": last.sender_address,
        "to": "known" if is_known else "own",
        "addressee": () if is_known else last.addressee,
    }


def _context(writing: _Writing) -> dict[str, object]:
    return {
        "case": writing.case,
        "here": "letters",
        "kind": writing.kind,
        "address": contact_data.address_of(writing.record.nation, writing.kind.to),
        "replaces": writing.replaces_id,
    }
