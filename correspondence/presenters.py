"""How letters and their choices are put on a page: labels and steps, no figures of their own."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.urls import reverse

from arrears.core.facts import Payment
from arrears.queries import KeptProof
from cases.core.facts import StruckOut
from cms_tracker.days import day
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds
from correspondence.core.contacts import ContactSeen
from correspondence.core.evidence import EvidenceSeen, what_file
from correspondence.core.jobs import FailureCode, JobState
from correspondence.core.letters.asks import Answers, Ask, Money, Pick, PickMany
from correspondence.core.letters.kind import Group
from correspondence.core.letters.paragraphs import figures_changed
from correspondence.core.letters.registry import Offer, asks_reply, title_of
from correspondence.core.sending import NOT_SENT, Sending

if TYPE_CHECKING:
    from django.forms import BoundField

    from correspondence.core.letters.envelope import Edit
    from correspondence.core.letters.paragraphs import Paragraph
    from correspondence.models import Job, Letter

_PLACE = {JobState.QUEUED: 0, JobState.RENDERING: 1, JobState.READY: 3, JobState.FAILED: 1}
_STEPS = (mark("In the queue"), mark("Being made"), mark("Ready"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the three steps of a paper: ``state`` is done, now or to come."""

    name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSeen:
    """How far a paper is, as lists and its own page show it (``correspondence/job_status.html``).

    ``why`` is a sentence where it could not be made or waits for something, ``progress`` one such as
    "Adding the evidence: 3 of 40".
    """

    steps: tuple[Step, ...]
    is_waiting: bool
    is_ready: bool
    is_failed: bool
    why: str
    progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A letter as lists and its own page show it."""

    letter: "Letter"
    title: str
    seen: JobSeen
    sending: Sending
    asks_reply: bool

    @property
    def where(self) -> str:
        """Where the letter is, by the name of its state."""
        return self.sending.whereabouts.value


_WHY = Words(
    {
        FailureCode.ENGINE_MISSING: mark("This computer lacks a part that lays out PDF pages."),
        FailureCode.NOT_ALLOWED: mark("The person who asked for it can no longer open this record."),
        FailureCode.TOO_LARGE: mark("It has more pages than fit in one file."),
        FailureCode.NO_ROOM: mark("Files cannot be kept just now. We try again by ourselves until they can."),
    }
)


def job_seen(job: "Job | None") -> JobSeen:
    """How far a paper is; one that no worker was asked for yet waits."""
    state = JobState(job.state) if job else JobState.QUEUED
    at = _PLACE[state]
    return JobSeen(
        steps=tuple(
            Step(name=name, state="done" if place < at else "now" if place == at else say("to come"))
            for place, name in enumerate(_STEPS)
        ),
        is_waiting=state in {JobState.QUEUED, JobState.RENDERING},
        is_ready=state is JobState.READY,
        is_failed=state is JobState.FAILED,
        why=_WHY.get(FailureCode(job.failure), "") if job and job.failure else "",
        progress=say("{step}: {done} of {of}", step=job.step, done=job.done, of=job.of)
        if job and job.step and job.of
        else job.step
        if job
        else "",
    )


def letter_row(letter: "Letter", job: "Job | None" = None, sending: Sending = NOT_SENT) -> LetterRow:
    """One letter with its steps."""
    return LetterRow(
        letter=letter,
        title=title_of(letter.kind),
        seen=job_seen(job),
        sending=sending,
        asks_reply=asks_reply(letter.kind),
    )


def entry_choices(entries: Sequence[ContactSeen]) -> list[tuple[str, str]]:
    """Entries of the log to choose from, id and label, in the order given."""
    return [(str(one.id), f"{day(one.at_date)}: {one.title}") for one in entries]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """A question of a letter and how it was answered, each line of it; ``id`` is where it is changed."""

    label: str
    lines: Sequence[str]
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A paragraph that was written anew, with the amounts and dates that it lost or gained."""

    before: str
    after: str
    lost: Sequence[str]
    added: Sequence[str]


_GROUPS = Words(
    {
        Group.PAYMENTS: mark("Payments"),
        Group.PLANS: mark("Repayment plans"),
        Group.COLLECTION: mark("How the money is collected"),
        Group.CHALLENGE: mark("Something is wrong"),
        Group.SETTLING: mark("Settling what is owed"),
        Group.RECORD: mark("Your case and your information"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferGroup:
    """Letters on one subject: those that can be made now, and those that cannot, with the reason."""

    title: str
    ready: Sequence[Offer]
    not_now: Sequence[Offer]


def offers_shown(offers: Sequence[Offer]) -> list[OfferGroup]:
    """The letters by subject; a subject without any is left out."""
    found = []
    for group, title in _GROUPS.items():
        own = [one for one in offers if one.kind.group is group]
        if own:
            ready = [one for one in own if not one.why_not]
            found.append(OfferGroup(title=title, ready=ready, not_now=[one for one in own if one.why_not]))
    return found


class Answered(Protocol):
    """A form of a letter that has been answered."""

    asks: Mapping[str, Ask]

    def __getitem__(self, name: str) -> "BoundField": ...
    def answers(self) -> Answers: ...


def answers_shown(form: Answered) -> list[AnswerRow]:
    """Every question that was asked, with its answer in words."""
    given = form.answers().given
    rows = []
    for name, ask in form.asks.items():
        if ask.opened_by and name not in given:
            continue
        field = form[name]
        at = field.id_for_label or field.auto_id
        rows.append(AnswerRow(label=ask.label, lines=_answer(ask, given.get(name)), id=at))
    return rows


def changes_shown(edits: Sequence["Edit"], before: Sequence["Paragraph"]) -> list[ChangeRow]:
    """What the person wrote anew, beside what our template says."""
    texts = {one.key: one.text for one in before}
    rows = []
    for one in edits:
        lost, added = figures_changed(texts.get(one.key, ""), one.text)
        rows.append(ChangeRow(before=texts.get(one.key, ""), after=one.text, lost=lost, added=added))
    return rows


def _answer(ask: Ask, found: object) -> list[str]:
    if found is None:
        return [say("Not provided")]
    if isinstance(ask, Pick | PickMany):
        labels = {one.value: one.label for one in ask.options}
        chosen = found if isinstance(found, tuple) else (found,)
        return [labels[str(one)] for one in chosen]
    if isinstance(found, tuple):
        return [str(one) for one in found]
    if isinstance(ask, Money) and isinstance(found, int):
        return [pounds(found)]
    return [day(found)] if isinstance(found, dt.date) else str(found).splitlines()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """A file in the list of all files: where it leads, what it belongs to, and how much it is."""

    title: str
    on: dt.date
    what: str
    size: int
    sha256: str
    url: str
    belongs: str
    struck_out: StruckOut | None
    is_here: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """What a file belongs to: in words, its page, and the day of it. Empty for a file on its own."""

    to: str = ""
    url: str = ""
    on: dt.date | None = None


def evidence_rows(
    case_id: uuid.UUID, files: Iterable[EvidenceSeen], of_payments: Iterable[tuple[Payment, KeptProof]]
) -> list[EvidenceRow]:
    """The files of a record in one list, newest first."""
    rows = [
        EvidenceRow(
            title=one.shows,
            on=one.happened_on,
            what=one.what,
            size=one.size,
            sha256=one.sha256,
            url=reverse("correspondence:evidence-file", args=[case_id, one.id]),
            belongs=_belongs(one),
            struck_out=one.struck_out,
            is_here=one.is_here,
        )
        for one in files
    ]
    rows += [
        EvidenceRow(
            title=say("Payment of {amount}", amount=pounds(payment.amount)),
            on=payment.paid_on,
            what=what_file(file.media_type),
            size=file.size,
            sha256=file.sha256,
            url=reverse("arrears:payment", args=[case_id, payment.id]),
            belongs=say("With a payment"),
            struck_out=file.struck_out or payment.struck_out,
        )
        for payment, file in of_payments
    ]
    return sorted(rows, key=lambda row: row.on, reverse=True)


def belonging(case_id: uuid.UUID, contact: ContactSeen | None, letter: "Letter | None") -> Belonging:
    """What a file belongs to, of these two the one there is."""
    if contact is not None:
        url = reverse("correspondence:contact", args=[case_id, contact.id])
        return Belonging(to=f"{contact.title}, {day(contact.at_date)}", url=url, on=contact.at_date)
    if letter is not None:
        url = reverse("correspondence:letter", args=[case_id, letter.pk])
        return Belonging(to=f"{title_of(letter.kind)}, {day(letter.dated_on)}", url=url)
    return Belonging()


def left_out(file: EvidenceSeen) -> list[str]:
    """What the file has and its copy has not, in words."""
    return [_LEFT_OUT[code] for code in (file.copy.left_out if file.copy else ())]


def _belongs(one: EvidenceSeen) -> str:
    if one.letter_id:
        return say("With a letter")
    return say("With a call or letter") if one.contact_id else ""


_LEFT_OUT = Words(
    {
        "scripts": mark("Small programs that it would run"),
        "files": mark("Other files that it carries inside"),
        "films": mark("Sound or film"),
        "links": mark("Links. Their words stay"),
        "signatures": mark("Its electronic signature. It stands on the file as it came"),
        "frames": mark("Every picture after the first: it moves"),
    }
)
