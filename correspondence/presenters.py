"""How letters and their choices are put on a page: labels and steps, no figures of their own."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arrears.core import rates
from arrears.core.facts import Payment
from cms_tracker.days import day
from cms_tracker.money import pounds
from correspondence.core.contacts import ContactSeen
from correspondence.core.drafting import Reportable
from correspondence.core.jobs import FailureCode, JobState
from correspondence.core.letters import title_of
from correspondence.core.sending import NO_REPLY_ASKED, NOT_SENT, Sending
from correspondence.core.words import on_one_line

if TYPE_CHECKING:
    from correspondence.models import Job, Letter

_PLACE = {JobState.QUEUED: 0, JobState.RENDERING: 1, JobState.READY: 3, JobState.FAILED: 1}
_STEPS = ("In the queue", "Being made", "Ready")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentChoices:
    """The payments a report may hold, newest first, each as ISO day and label.

    ``ticked`` are those it begins with; ``older`` those before the window, shown when asked for.
    """

    logged: Sequence[tuple[str, str]]
    unlogged: Sequence[tuple[str, str]]
    ticked: frozenset[str]
    older: frozenset[str]
    hint: str


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


_WHY = {
    FailureCode.ENGINE_MISSING: "This computer lacks a part that lays out PDF pages.",
    FailureCode.NOT_ALLOWED: "The person who asked for it can no longer open this record.",
    FailureCode.TOO_LARGE: "It has more pages than fit in one file.",
    FailureCode.NO_ROOM: "The disk is full. We try again by ourselves as soon as there is room.",
}


def job_seen(job: "Job | None") -> JobSeen:
    """How far a paper is; one that no worker was asked for yet waits."""
    state = JobState(job.state) if job else JobState.QUEUED
    at = _PLACE[state]
    return JobSeen(
        steps=tuple(
            Step(name=name, state="done" if place < at else "now" if place == at else "to come")
            for place, name in enumerate(_STEPS)
        ),
        is_waiting=state in {JobState.QUEUED, JobState.RENDERING},
        is_ready=state is JobState.READY,
        is_failed=state is JobState.FAILED,
        why=_WHY.get(FailureCode(job.failure), "") if job and job.failure else "",
        progress=f"{job.step}: {job.done} of {job.of}" if job and job.step and job.of else job.step if job else "",
    )


def letter_row(letter: "Letter", job: "Job | None" = None, sending: Sending = NOT_SENT) -> LetterRow:
    """One letter with its steps."""
    return LetterRow(
        letter=letter,
        title=title_of(letter.kind),
        seen=job_seen(job),
        sending=sending,
        asks_reply=letter.kind not in NO_REPLY_ASKED,
    )


def payment_choices(rows: Sequence[Reportable], *, told: Collection[dt.date], since: dt.date) -> PaymentChoices:
    """What a report may hold. It begins with what fell due from ``since`` on and CMS was not ``told`` of yet."""
    ticked = [one.row for one in rows if one.logged and one.is_news and one.row.due_on not in told]
    count = len(ticked)
    if not count:
        hint = f"None since {since:%B %Y} that you have not reported already."
    elif count == 1:
        hint = f"1 missed or short since {since:%B %Y}. It is in the letter unless you take the tick away."
    else:
        hint = f"{count} missed or short since {since:%B %Y}. They are in the letter unless you take the tick away."
    return PaymentChoices(
        logged=[_instalment(one, told) for one in reversed(rows) if one.logged],
        unlogged=[_instalment(one, told) for one in reversed(rows) if not one.logged],
        ticked=frozenset(row.due_on.isoformat() for row in ticked),
        older=frozenset(one.row.due_on.isoformat() for one in rows if not one.is_news),
        hint=hint,
    )


def fees_hint(on: dt.date) -> str:
    """What Collect and Pay would cost both parents, at the rates of the day ``on``."""
    now = rates.on(on)
    theirs, yours = now.collection_fee_paying_parent, now.collection_fee_receiving_parent
    said = f"You would lose {yours.percent} of each payment. The other parent would pay {theirs.percent} on top."
    return f"{said} We checked these fees on {day(yours.checked)}."


def call_choices(calls: Sequence[ContactSeen]) -> list[tuple[str, str]]:
    """The calls to choose from, id and label, latest first."""
    return [(str(one.id), _call(one)) for one in calls]


def paid_choices(payments: Sequence[Payment]) -> list[tuple[str, str, dt.date]]:
    """The payments to choose from, in the order given: id, label, day."""
    return [(one.id, f"{day(one.paid_on)}: {pounds(one.amount)}", one.paid_on) for one in payments]


def _instalment(one: Reportable, told: Collection[dt.date]) -> tuple[str, str]:
    row = one.row
    what = f"{pounds(row.due)} was due" if row.short == row.due else f"{pounds(row.short)} short of {pounds(row.due)}"
    before = ". Reported already" if row.due_on in told else ""
    return row.due_on.isoformat(), f"{day(row.due_on)}: {what}{before}"


def _call(one: ContactSeen) -> str:
    at = f" at {one.clock}" if one.clock else ""
    who = f", spoke to {on_one_line(one.spoke_to)}" if one.spoke_to else ""
    return f"{day(one.at_date)}{at}{who}"
