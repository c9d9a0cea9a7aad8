"""Finding an entry among years of calls, letters and messages."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from arrears.core.case_values import ContactKind, Direction
from correspondence.core.contacts import ContactSeen
from correspondence.core.sending import NOT_SENT, Sending

PAGE = 25  # entries
MOST_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for. Each word must stand somewhere in an entry; an empty answer looks for nothing."""

    words: tuple[str, ...] = ()
    kind: ContactKind | None = None
    direction: Direction | None = None
    party: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    with_open_promise: bool = False
    with_file: bool = False

    @property
    def is_anything(self) -> bool:
        """Whether every entry is wanted."""
        return self == Wanted()

    @property
    def takes_letters(self) -> bool:
        """Whether a letter made here could be among what is wanted: it goes out, and holds no promise."""
        return (
            self.kind in {None, ContactKind.LETTER}
            and self.direction in {None, Direction.OUT}
            and not self.party
            and not self.with_open_promise
        )


class Place(NamedTuple):
    """Where an entry stands in the log: by its day, its time if it has one, and when it was entered."""

    on: dt.date
    has_time: bool
    at: dt.time
    entered: dt.datetime
    key: uuid.UUID
    is_letter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterEntry:
    """A letter made here, as the log shows it."""

    id: uuid.UUID
    title: str
    on: dt.date
    sending: Sending = NOT_SENT


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """One page of what was found, newest first. ``total`` counts all that was found; pages count from 1."""

    entries: tuple[ContactSeen | LetterEntry, ...]
    total: int
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE))


def words_of(typed: str) -> tuple[str, ...]:
    """The words to look for, at most eight, without repeats."""
    return tuple(dict.fromkeys(typed.split()))[:MOST_WORDS]


def page_of(places: Sequence[Place], number: int) -> tuple[int, list[Place]]:
    """The places on a page, newest first, and the number of that page: the last one where there are fewer."""
    number = min(max(number, 1), max(1, -(-len(places) // PAGE)))
    newest = sorted(places, reverse=True)
    return number, newest[(number - 1) * PAGE : number * PAGE]
