"""The place of a case in a list of many: one text for each order, made so that sorting texts sorts the list.

Every part has a fixed width, so that a text sorts as its parts do, one after the other. The parts
are digits and the case's id, which settles ties; no database sorts those in a way of its own.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from cases.core.facts import Perspective

_MOST = 10**19  # above every amount that a column of the database can hold


class Reason(StrEnum):
    """Why to open a case, the most pressing first."""

    DEADLINE = "deadline"
    BROKEN_PLAN = "plan"
    OVERDUE_PROMISE = "overdue"
    MISSED_PAYMENT = "missed"
    OVERDUE_REPLY = "reply"
    AUTHORITY = "authority"
    PROMISE_SOON = "soon"
    QUIET = "quiet"
    NOTHING = "nothing"

    @property
    def rank(self) -> int:
        """Its place among the reasons, from 0 for the most pressing."""
        return _RANKS[self]


class Sort(StrEnum):
    """What a list is ordered by."""

    REASON = "reason"
    OWED = "owed"
    MISSED = "missed"
    PROMISE = "promise"
    CONTACT = "contact"

    @property
    def column(self) -> str:
        """The column that a list in this order is read by."""
        return f"by_{self}"


_RANKS = {reason: rank for rank, reason in enumerate(Reason)}


def mask(reasons: Iterable[Reason]) -> int:
    """Several reasons as one number: a bit for each."""
    return sum(1 << reason.rank for reason in set(reasons))


def unmask(number: int) -> tuple[Reason, ...]:
    """The reasons of a number, the most pressing first; bits that stand for none are left aside."""
    return tuple(reason for reason in Reason if number >> reason.rank & 1)


class Keys(NamedTuple):
    """Where a case stands in each order of a list; the first in the list has the least text."""

    by_reason: str
    by_owed: str
    by_missed: str
    by_promise: str
    by_contact: str


class Entry(NamedTuple):
    """A case in one person's list, with the words and days that its row shows beside the figures.

    ``act_on`` is the soonest open deadline of one's own, within five working days from ``act_from`` on;
    ``reply_on`` the day from which to ask where an answer is; ``broken_since`` the day of the payment
    with which the plan in force broke. ``asks_authority``: the person acts as an adviser, so that a
    client's authority is needed; it ends with ``authority_until``, None where there is none.
    ``reasons`` is the ``mask`` of all reasons to act. All of it holds until the day before ``changes_on``.
    """

    user_id: uuid.UUID
    case_id: uuid.UUID
    changes_on: dt.date
    label: str
    reference: str
    side: Perspective
    children: int
    promise_party: str
    promise_text: str
    promise_on: dt.date | None
    contact_on: dt.date | None
    quiet_since: dt.date
    short_since: dt.date | None
    act_title: str
    act_on: dt.date | None
    act_from: dt.date | None
    reply_title: str
    reply_on: dt.date | None
    broken_since: dt.date | None
    asks_authority: bool
    authority_until: dt.date | None
    reasons: int
    keys: Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases of a list to show; nothing given: all of them.

    ``reasons`` are alternatives. ``digits`` may stand anywhere in the reference, ``text`` (folded)
    anywhere in the person's own name for the case.
    """

    reasons: frozenset[Reason] = frozenset()
    side: Perspective | None = None
    digits: str = ""
    text: str = ""


def keys(
    case_id: uuid.UUID,
    *,
    reason: Reason,
    reason_on: dt.date | None,
    owed: int,
    promise_on: dt.date | None,
    short_since: dt.date | None,
    quiet_since: dt.date,
) -> Keys:
    """The place of a case: by reason and its day, most owed, oldest missed payment, next promise, longest quiet.

    ``owed`` in pence. Without a day a case comes last in the order of those days.
    """
    return Keys(
        by_reason=f"{reason.rank}{_day(reason_on)}{case_id.hex}",
        by_owed=f"{_MOST - owed:020d}{case_id.hex}",
        by_missed=f"{_day(short_since)}{case_id.hex}",
        by_promise=f"{_day(promise_on)}{case_id.hex}",
        by_contact=f"{_day(quiet_since)}{case_id.hex}",
    )


def _day(day: dt.date | None) -> str:
    return f"{(day or dt.date.max).toordinal():07d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A list under a name of its own: which reasons and which side, in which order. ``is_default``: shown first."""

    id: uuid.UUID
    name: str
    reasons: tuple[Reason, ...] = ()
    side: Perspective | None = None
    sort: Sort = Sort.REASON
    is_default: bool = False
