"""The states of a paper on its way to being made, and whose turn it is among those who wait."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: Longer than any lease and any wait: one that ends later was written before the clock was set back.
LONGEST_LEASE = dt.timedelta(minutes=10)
MAX_ATTEMPTS = 3  # after that the paper has visibly failed, with a button to try again


class JobKind(StrEnum):
    """What a worker can make. The functions that do it stand in ``correspondence.tasks``."""

    LETTER = "letter"
    BUNDLE = "bundle"
    STATEMENT = "statement"
    EVERYTHING = "everything"  # all that is kept for one person, of every record of theirs


class Queue(StrEnum):
    """What workers listen to, by who waits: one person for one letter, or somebody for much."""

    LETTERS = "letters"
    BULK = "bulk"  # bundles, statements, copies of everything, and letters to many


def queue_of(kind: JobKind, *, one_of_many: bool = False) -> Queue:
    """Which workers make a paper: one letter never stands behind what takes long."""
    return Queue.LETTERS if kind is JobKind.LETTER and not one_of_many else Queue.BULK


class JobState(StrEnum):
    """Where a paper is. The row is the truth; a message in the queue only says that there is work."""

    QUEUED = "queued"
    RENDERING = "rendering"
    READY = "ready"
    FAILED = "failed"


class FailureCode(StrEnum):
    """Why there is no paper. Never the words of an error: they may repeat what somebody wrote."""

    ENGINE_MISSING = "engine_missing"
    GAVE_UP = "gave_up"
    NOT_ALLOWED = "not_allowed"  # who asked for it has no right to the record any more
    TOO_LARGE = "too_large"  # more pages or bytes than such a paper may have
    NO_ROOM = "no_room"  # the disk, or the store, takes nothing: the paper waits for it, and no attempt is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody whose papers wait: since when the oldest does, and when one of theirs was last begun."""

    requested_by: uuid.UUID | None
    since: dt.datetime
    last_start: dt.datetime | None


def next_in_turn(waiting: Iterable[Waiting]) -> Waiting | None:
    """Whose paper is begun next: theirs whose last start is longest ago, however many others wait.

    So one letter of a parent waits for the papers in hand, and not for 500 of an adviser.
    """

    def turn(one: Waiting) -> tuple[bool, dt.datetime, dt.datetime]:
        return (one.last_start is not None, one.last_start or one.since, one.since)

    return min(waiting, key=turn, default=None)


def wait_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many attempts that did not succeed: twice as long each time."""
    return dt.timedelta(seconds=2**attempts)
