"""What a contact with CMS (or an MP, or DWP) is, and what becomes of a promise."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from cases.core.facts import StruckOut
from cms_tracker.days import clock
from cms_tracker.language import Words, mark, say

CMS = "CMS"  # the party of a contact with the Child Maintenance Service, wherever it sits


#: Those besides CMS whom a person speaks to about a case, as they stand after "to" and "from".
#: The other parent is none of them: nothing here carries messages between the parents.
OTHERS = (
    mark("the MP’s office"),
    mark("the Independent Case Examiner"),
    mark("DWP complaints"),
    mark("the tribunal"),
    mark("an employer"),
    mark("an adviser"),
)

_WHAT = Words({
    ContactKind.CALL: mark("Call"), ContactKind.LETTER: mark("Letter"), ContactKind.ONLINE: mark("Online message"),
    ContactKind.TEXT: mark("Text message"), ContactKind.MEETING: mark("Meeting"),
})  # fmt: skip


class PromiseState(StrEnum):
    """How a promise stands on a day."""

    OPEN = "open"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseStanding:
    """How a promise stands, with the days until (or, negative, since) the promised day."""

    state: PromiseState
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMade:
    """A promise as a person writes it down: what they will do, and by when if they said."""

    text: str
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSeen:
    """What a person noted of a promise, on the day ``on``. ``struck_out`` where it was a slip."""

    id: uuid.UUID
    promise_id: uuid.UUID
    outcome: PromiseResult
    on: dt.date
    note: str = ""
    struck_out: StruckOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSeen:
    """A promise on the record, with the contact it was made in and what became of it.

    ``noted`` holds everything that was noted of it, in order; of what stands the last one counts.
    """

    id: uuid.UUID
    case_id: uuid.UUID
    contact_id: uuid.UUID
    made_on: dt.date
    party: str
    text: str
    due_on: dt.date | None
    outcome: PromiseResult | None = None
    outcome_on: dt.date | None = None
    outcome_note: str = ""
    struck_out: StruckOut | None = None
    noted: tuple[OutcomeSeen, ...] = ()
    at_time: dt.time | None = None
    kind: ContactKind = ContactKind.CALL
    direction: Direction = Direction.OUT
    spoke_to: str = ""
    reference: str = ""

    @property
    def superseded(self) -> tuple[OutcomeSeen, ...]:
        """What was noted of it and does not count: struck out, or followed by another."""
        standing = [one for one in self.noted if one.struck_out is None]
        return tuple(one for one in self.noted if not standing or one is not standing[-1])

    @property
    def is_open(self) -> bool:
        """Whether it stands on the record and nobody has said yet what became of it."""
        return self.outcome is None and self.struck_out is None

    def standing(self, *, on: dt.date) -> PromiseStanding:
        """How it stands on the day ``on``."""
        return promise_standing(due_on=self.due_on, outcome=self.outcome, on=on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSeen:
    """A contact on the record with the promises made in it. ``at_time`` only where it is known."""

    id: uuid.UUID
    case_id: uuid.UUID
    at_date: dt.date
    at_time: dt.time | None
    kind: ContactKind
    direction: Direction
    party: str
    spoke_to: str = ""
    reference: str = ""
    summary: str = ""
    recorded_on: dt.date | None = None
    note: str = ""
    promises: tuple[PromiseSeen, ...] = ()
    struck_out: StruckOut | None = None

    @property
    def clock(self) -> str:
        """The time as people say it; empty where only the day is known."""
        return clock(self.at_time) if self.at_time else ""

    @property
    def title(self) -> str:
        """What happened in a few words, the same for whoever reads it."""
        return contact_title(self.kind, self.direction, self.party)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastContact:
    """The latest contact of a case: its day, how, and with whom. ``letter_id`` for a posted letter."""

    case_id: uuid.UUID
    on: dt.date
    kind: ContactKind
    direction: Direction
    party: str
    contact_id: uuid.UUID | None = None
    letter_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """An entry in words: what it is, its lines, and the page (with its key) on which it stands.

    ``instead`` says what to do where it is no slip.
    """

    what: str
    lines: tuple[tuple[str, str], ...]
    page: str
    key: str
    instead: str
    struck_out: StruckOut | None


def contact_title(kind: ContactKind, direction: Direction, party: str) -> str:
    """What happened in a few words: ``Call to CMS``."""
    if kind is ContactKind.MEETING:
        return say("Meeting with {party}", party=party)
    return say(
        "{what} {part} {party}",
        what=_WHAT[kind],
        part=say("from") if direction is Direction.IN else say("to"),
        party=party,
    )


def promise_standing(*, due_on: dt.date | None, outcome: PromiseResult | None, on: dt.date) -> PromiseStanding:
    """Say how a promise stands on the day ``on``."""
    days = (due_on - on).days if due_on else None
    if outcome is not None:
        return PromiseStanding(state=PromiseState(outcome.value), days=days)
    if days is None:
        return PromiseStanding(state=PromiseState.UNDATED, days=None)
    if days < 0:
        return PromiseStanding(state=PromiseState.OVERDUE, days=days)
    return PromiseStanding(state=PromiseState.DUE_TODAY if days == 0 else PromiseState.OPEN, days=days)


def soonest_first(promises: Iterable[PromiseSeen]) -> list[PromiseSeen]:
    """Order promises by the day they were promised for; those without a day come last."""
    return sorted(promises, key=lambda one: (one.due_on is None, one.due_on or one.made_on, one.made_on, one.id))
