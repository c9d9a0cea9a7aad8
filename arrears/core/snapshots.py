"""The figures of a case that a list shows, and the first day on which the clock alone can change one.

A snapshot is the engine's own answer, read off one pass. It never counts anything up: it is made
from the facts whenever they change, and again on ``changes_on``. On every day from ``on`` to the
day before ``changes_on`` a new one would say the same.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from arrears.core import walk
from arrears.core.activity import OLD_DAYS, last_entry_on
from arrears.core.facts import CaseFacts
from arrears.core.ledger import Ledger
from arrears.core.position import AGES, position, read_sums, upcoming
from arrears.core.schedule import FAR

NEVER = dt.date.max  # nothing is left that the clock could change
_LONGEST_INTERVAL = 31  # days from one instalment to the next
_BUT_PAYMENTS = tuple(name for name in walk.LISTS if name != "payments")
_DAY_FIELDS: dict[type[Any], tuple[str, ...]] = {}  # read off each kind of fact once


class Snapshot(NamedTuple):
    """What is owed on each day from ``on`` until ``changes_on``; amounts in pence.

    ``due_0_30`` and so on split ``outstanding`` by days since it fell due (rules section 3).
    ``missed`` counts the instalments that came short and were noted, with the oldest of them: when
    it was due, how much it was and what of it is left. ``unlogged`` counts those of which the record
    does not know. ``stood_on`` is the last day an old record speaks of, ``stood_owed`` what was owed.
    """

    on: dt.date
    changes_on: dt.date
    outstanding: int
    overdue: int
    fees_outstanding: int
    credit: int
    due_0_30: int
    due_31_90: int
    due_91_180: int
    due_181_365: int
    due_366_on: int
    oldest_unpaid_on: dt.date | None
    next_due_on: dt.date | None
    missed: int
    missed_on: dt.date | None
    missed_amount: int
    missed_left: int
    unlogged: int
    unlogged_on: dt.date | None
    unlogged_amount: int
    stood_on: dt.date | None
    stood_owed: int


class _Unpaid(NamedTuple):
    """An instalment that has fallen due and is not covered; days are ordinals."""

    day: int
    amount: int
    left: int
    has_money: bool


def snapshot(facts: CaseFacts, *, on: dt.date) -> Snapshot:
    """The snapshot of a case on a day, by what is known on that day."""
    ledger = Ledger(facts, on=on, known_on=on, ahead=_LONGEST_INTERVAL)
    owed, seen = read_sums(ledger), ledger.facts
    unpaid = _unpaid(ledger)
    days = sorted([*(one.day for one in unpaid), *(post.day for post in ledger.others if post.out)])
    next_due_on = _next_due_on(ledger, on)
    noted = {one.due_on.toordinal() for one in seen.observations}
    late = [one for one in unpaid if one.day < ledger.until]
    missed = [one for one in late if one.has_money or one.day in noted]
    unlogged = [one for one in late if not (one.has_money or one.day in noted)]
    last = last_entry_on(seen, on=on)
    stood_on = last if last is not None and (on - last).days > OLD_DAYS else None
    turns = [*_turns(days, ledger.until)]
    turns += [] if last is None else [last + dt.timedelta(days=OLD_DAYS + 1)]
    turns += [] if next_due_on is None else [next_due_on]
    changes_on = min([day for day in (*turns, *_days_ahead(facts, on)) if day > on], default=NEVER)
    owed_then = position(seen, on=stood_on, known_on=on).outstanding if stood_on else 0
    money = (owed.outstanding, owed.overdue, owed.fees_outstanding, owed.credit, *owed.ageing.values())
    oldest = dt.date.fromordinal(days[0]) if days else None
    return Snapshot._make(
        (on, changes_on, *money, oldest, next_due_on, *_oldest(missed), *_oldest(unlogged)[:3], stood_on, owed_then)
    )


def _next_due_on(ledger: Ledger, on: dt.date) -> dt.date | None:
    """The next instalment's day, which the ledger knows unless nothing is due for longer than an interval."""
    if ledger.fallen < len(ledger.instalments.days):
        return dt.date.fromordinal(ledger.instalments.days[ledger.fallen])
    coming = upcoming(ledger.facts, after=on, known_on=on, count=1)
    return coming[0].due_on if coming else None


def _unpaid(ledger: Ledger) -> list[_Unpaid]:
    """What has fallen due as an instalment and is outstanding, oldest first."""
    days, amounts, covers = ledger.instalments.days, ledger.instalments.amounts, ledger.covers
    return [
        _Unpaid(days[place], amounts[place], left, bool(covers[place]))
        for place, left in enumerate(ledger.outs[: ledger.fallen])
        if left
    ]


def _turns(days: list[int], until: int) -> Iterator[dt.date]:
    """The next day on which something outstanding is overdue, and for each boundary of its age the next to pass it.

    ``days`` are those on which it fell due, in order.
    """
    for most in (0, *(most for _, most in AGES)):
        place = bisect_left(days, until - most)
        if place < len(days):
            yield dt.date.fromordinal(min(days[place] + most + 1, FAR))


def _oldest(late: list[_Unpaid]) -> tuple[int, dt.date | None, int, int]:
    """How many there are; of the oldest its due date, its amount and what of it is left."""
    if not late:
        return 0, None, 0, 0
    return len(late), dt.date.fromordinal(late[0].day), late[0].amount, late[0].left


def _days_ahead(facts: CaseFacts, on: dt.date) -> Iterator[dt.date]:
    """Every day after ``on`` that a fact names: one on which it may begin to count, or be known, or end.

    All of them, whatever a day means for its fact: one too many costs a look, one too few would
    show a figure that is out of date.
    """
    # Nearly every fact is a payment that names no day ahead, so that one glance has to do.
    odd = [
        one
        for one in facts.payments
        if one.paid_on > on or one.recorded_on > on or one.paid_to_cms_on is not None or one.struck_out is not None
    ]
    for fact in (*odd, *walk.every(facts, lists=_BUT_PAYMENTS)):
        kind: type[Any] = type(fact)
        for name in _day_fields(kind):
            day = getattr(fact, name)
            if day is not None and day > on:
                yield day
        if fact.struck_out is not None and fact.struck_out.on > on:
            yield fact.struck_out.on


def _day_fields(kind: type[Any]) -> tuple[str, ...]:
    if kind not in _DAY_FIELDS:
        _DAY_FIELDS[kind] = tuple(one.name for one in fields(kind) if one.type in (dt.date, dt.date | None))
    return _DAY_FIELDS[kind]
