"""What a contact with CMS (or an MP, or DWP) is, and what becomes of a promise."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class ContactKind(StrEnum):
    """How the contact was made."""

    CALL = "call"
    LETTER = "letter"
    ONLINE = "online"
    MEETING = "meeting"


class Direction(StrEnum):
    """Who made the contact: the person of this file (out) or the other end (in)."""

    IN = "in"
    OUT = "out"


class Outcome(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"


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


def promise_standing(*, due_on: dt.date | None, outcome: Outcome | None, on: dt.date) -> PromiseStanding:
    """Say how a promise stands on the day ``on``."""
    days = (due_on - on).days if due_on else None
    if outcome is not None:
        return PromiseStanding(state=PromiseState(outcome.value), days=days)
    if days is None:
        return PromiseStanding(state=PromiseState.UNDATED, days=None)
    if days < 0:
        return PromiseStanding(state=PromiseState.OVERDUE, days=days)
    return PromiseStanding(state=PromiseState.DUE_TODAY if days == 0 else PromiseState.OPEN, days=days)
