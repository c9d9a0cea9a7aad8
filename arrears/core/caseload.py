"""The place of a case in a list of many: one text for each order, made so that sorting texts sorts the list.

Every part has a fixed width, so that a text sorts as its parts do, one after the other. The parts
are digits and the case's id, which settles ties; no database sorts those in a way of its own.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import NamedTuple

from cases.core.facts import Perspective

_MOST = 10**19  # above every amount that a column of the database can hold


class Keys(NamedTuple):
    """Where a case stands in each order of a list; the first in the list has the least text."""

    by_reason: str
    by_owed: str
    by_missed: str
    by_promise: str
    by_contact: str


class Entry(NamedTuple):
    """A case in one person's list, with the words and days that its row shows beside the figures.

    ``rank`` is 0 for the most pressing reason. All of it holds until the day before ``changes_on``.
    """

    user_id: uuid.UUID
    case_id: uuid.UUID
    changes_on: dt.date
    label: str
    label_folded: str
    reference: str
    side: Perspective
    children: int
    promise_party: str
    promise_text: str
    promise_on: dt.date | None
    contact_on: dt.date | None
    quiet_since: dt.date
    short_since: dt.date | None
    rank: int
    keys: Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases of a list to show; nothing given: all of them.

    The first three are alternatives. A promise is overdue where its day is before ``promise_before``,
    and a case is quiet where nothing was heard since a day up to ``quiet_until``. ``digits`` may stand
    anywhere in the reference, ``text`` (folded) anywhere in the person's own name for the case.
    """

    promise_before: dt.date | None = None
    is_short: bool = False
    quiet_until: dt.date | None = None
    side: Perspective | None = None
    digits: str = ""
    text: str = ""


def keys(
    case_id: uuid.UUID,
    *,
    rank: int,
    owed: int,
    promise_on: dt.date | None,
    short_since: dt.date | None,
    quiet_since: dt.date,
) -> Keys:
    """The place of a case: by reason, most owed, oldest missed payment, next promise, longest without contact.

    ``owed`` in pence. Without a day a case comes last in the order of those days.
    """
    promised, short = _day(promise_on), _day(short_since)
    return Keys(
        by_reason=f"{rank}{promised}{short}{case_id.hex}",
        by_owed=f"{_MOST - owed:020d}{case_id.hex}",
        by_missed=f"{short}{case_id.hex}",
        by_promise=f"{promised}{case_id.hex}",
        by_contact=f"{_day(quiet_since)}{case_id.hex}",
    )


def _day(day: dt.date | None) -> str:
    return f"{(day or dt.date.max).toordinal():07d}"
