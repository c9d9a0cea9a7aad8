"""What became of a letter after it was made: sent, delivered, returned, answered or withdrawn.

A reply is asked for by the day that the letter names, and CMS aims to answer within a number of
working days of the day it was sent. Both days are kept; a reply is late when both have passed.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from arrears.core.case_values import LetterStepKind, PostedHow
from cases.core.calendar import add_working_days
from cases.core.facts import Nation, StruckOut
from cms_tracker.language import Words, mark
from correspondence.core import contact_data
from correspondence.core.contacts import CMS
from correspondence.core.letters.kind import Kind, To


class Whereabouts(StrEnum):
    """Where a letter is, as its steps that stand say."""

    NOT_SENT = "not_sent"
    SENT = "sent"
    ARRIVED = "arrived"
    CAME_BACK = "came_back"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"


_LEADS_TO = {
    LetterStepKind.POSTED: Whereabouts.SENT,
    LetterStepKind.DELIVERED: Whereabouts.ARRIVED,
    LetterStepKind.RETURNED: Whereabouts.CAME_BACK,
    LetterStepKind.REPLY_RECEIVED: Whereabouts.ANSWERED,
    LetterStepKind.WITHDRAWN: Whereabouts.TAKEN_BACK,
}
_READERS = Words(
    {
        To.ICE: mark("the Independent Case Examiner"),
        To.TRIBUNAL: mark("the tribunal"),
        To.MP: mark("the MP’s office"),
        To.OTHER: mark("the reader"),
    }
)
_WITH_THEM = frozenset({Whereabouts.SENT, Whereabouts.ARRIVED, Whereabouts.ANSWERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMade:
    """A step as a person enters it."""

    kind: LetterStepKind
    on: dt.date
    how: PostedHow | None = None
    number: str = ""
    contact_id: uuid.UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSeen:
    """A step on the record. ``contact_id`` is the logged entry which is the reply."""

    id: uuid.UUID
    letter_id: uuid.UUID
    kind: LetterStepKind
    on: dt.date
    how: PostedHow | None = None
    number: str = ""
    contact_id: uuid.UUID | None = None
    note: str = ""
    struck_out: StruckOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """The steps of one letter, oldest day first, struck-out ones among them."""

    steps: tuple[StepSeen, ...] = ()

    @property
    def standing(self) -> tuple[StepSeen, ...]:
        """The steps that are not struck out."""
        return tuple(one for one in self.steps if one.struck_out is None)

    @property
    def posting(self) -> StepSeen | None:
        """The latest posting, also where the letter came back or was withdrawn after it."""
        return next((one for one in reversed(self.standing) if one.kind is LetterStepKind.POSTED), None)

    @property
    def reply(self) -> StepSeen | None:
        """The first reply, where the letter counts as answered."""
        if self.whereabouts is not Whereabouts.ANSWERED:
            return None
        return next(one for one in self.standing if one.kind is LetterStepKind.REPLY_RECEIVED)

    @property
    def whereabouts(self) -> Whereabouts:
        """Where the letter is: what happened last decides, but a letter that was answered stays answered."""
        found = Whereabouts.NOT_SENT
        for one in self.standing:
            leads_to = _LEADS_TO[one.kind]
            if found is Whereabouts.ANSWERED and leads_to in _WITH_THEM:
                continue
            found = leads_to
        return found

    @property
    def sent_on(self) -> dt.date | None:
        """The day it was sent, where it is with them now or has been answered."""
        posting = self.posting
        return posting.on if posting is not None and self.whereabouts in _WITH_THEM else None


NOT_SENT = Sending()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDue:
    """When a reply to a letter is due: the day the letter asks for, and the day CMS aims at. One may be missing.

    ``source`` says who says so of the aim, ``checked`` when somebody last looked.
    """

    asked_by: dt.date | None
    aimed_by: dt.date | None
    working_days: int
    source: str
    checked: dt.date

    @property
    def earliest(self) -> dt.date:
        """The earlier of the two days."""
        return min(self._days)

    @property
    def late_after(self) -> dt.date:
        """The later of the two days: a reply that has not come after it is late by both."""
        return max(self._days)

    @property
    def _days(self) -> list[dt.date]:
        return [one for one in (self.asked_by, self.aimed_by) if one is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedReply:
    """A letter that is with its reader and has no reply yet. ``party`` is the reader, as one speaks of them.

    ``heading`` is the letter's own subject; empty where it has none.
    """

    letter_id: uuid.UUID
    title: str
    dated_on: dt.date
    posting: StepSeen
    due: ReplyDue
    party: str = CMS
    heading: str = ""

    def is_late(self, *, on: dt.date) -> bool:
        """Whether the reply is overdue on the day ``on``, by every day there is."""
        return on > self.due.late_after


def reply_due(sent_on: dt.date, *, kind: Kind | None, asked_by: dt.date | None, nation: Nation) -> ReplyDue:
    """When a reply to a letter of that kind, sent on ``sent_on`` in that nation, is due.

    CMS's own aim counts for letters that ask by it, and for those that name no day at all.
    """
    aim = contact_data.reply_time()
    by_aim = asked_by is None or kind is None or kind.reply is None
    return ReplyDue(
        asked_by=asked_by,
        aimed_by=add_working_days(sent_on, aim.working_days, nation=nation) if by_aim else None,
        working_days=aim.working_days,
        source=aim.source,
        checked=aim.checked,
    )


def reader_of(kind: Kind | None, addressee: Sequence[str]) -> str:
    """Who reads letters of this kind, as one speaks of them; somebody else by the first line of the address."""
    if kind is not None and kind.to is To.OTHER and addressee:
        return addressee[0]
    return _READERS.get(kind.to, CMS) if kind is not None else CMS


def in_order(steps: Iterable[StepSeen]) -> Sending:
    """The steps of one letter, given in the order in which they were entered, by their days."""
    return Sending(steps=tuple(sorted(steps, key=lambda one: one.on)))


def most_late_first(replies: Iterable[AwaitedReply]) -> Sequence[AwaitedReply]:
    """Order awaited replies by the day they are due."""
    return sorted(replies, key=lambda one: (one.due.late_after, one.dated_on, one.letter_id))
