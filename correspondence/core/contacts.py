"""What a contact with CMS (or an MP, or DWP) is, and what becomes of a promise."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from cases.core.facts import StruckOut
from cms_tracker.days import clock

CMS = "CMS"  # the party of a contact with the Child Maintenance Service, wherever it sits


_YOU = {
    ContactKind.CALL: "rang", ContactKind.LETTER: "wrote to", ContactKind.ONLINE: "sent a message to",
    ContactKind.MEETING: "met",
}  # fmt: skip
_THEY = {
    ContactKind.CALL: "rang you", ContactKind.LETTER: "wrote to you", ContactKind.ONLINE: "sent you a message",
    ContactKind.MEETING: "met you",
}  # fmt: skip


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
class PromiseSeen:
    """A promise on the record, with the contact it was made in and what became of it."""

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
        """What happened in a few words, from this person's side."""
        theirs = f"{self.party} {_THEY[self.kind]}"
        return theirs if self.direction is Direction.IN else f"You {_YOU[self.kind]} {self.party}"


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
