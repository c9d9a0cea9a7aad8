"""The figures of a case that a list shows, and the first day on which the clock alone can change one.

A snapshot is the engine's own answer, read off one pass. It never counts anything up: it is made
from the facts whenever they change, and again on ``changes_on``. On every day from ``on`` to the
day before ``changes_on`` a new one would say the same.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, NamedTuple

from arrears.core import walk
from arrears.core.activity import OLD_DAYS, last_entry_on
from arrears.core.facts import CaseFacts, Payment
from arrears.core.ledger import Ledger
from arrears.core.position import AGES, position, read, upcoming
from arrears.core.results import Instalment, Position, Status

NEVER = dt.date.max  # nothing is left that the clock could change
_A_DAY = dt.timedelta(days=1)
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


def snapshot(facts: CaseFacts, *, on: dt.date) -> Snapshot:
    """The snapshot of a case on a day, by what is known on that day."""
    ledger = Ledger(facts, on=on, known_on=on)
    at, seen = read(ledger, on=on, known_on=on), ledger.facts
    unpaid = sorted(_unpaid(at))
    next_due_on = _next_due_on(ledger, on)
    noted = {one.due_on for one in seen.observations}
    late = [one for one in at.instalments if one.is_short]
    missed = [one for one in late if one.status is Status.PART_PAID or one.due_on in noted]
    unlogged = [one for one in late if not (one.status is Status.PART_PAID or one.due_on in noted)]
    last = last_entry_on(seen, on=on)
    stood_on = last if last is not None and (on - last).days > OLD_DAYS else None
    turns = [day for due_on in unpaid for day in _turns(due_on, on)]
    turns += [] if last is None else [last + dt.timedelta(days=OLD_DAYS + 1)]
    turns += [] if next_due_on is None else [next_due_on]
    changes_on = min((day for day in (*turns, *_days_ahead(facts, on)) if day > on), default=NEVER)
    owed_then = position(seen, on=stood_on, known_on=on).outstanding if stood_on else 0
    money = (at.outstanding, at.overdue, at.fees_outstanding, at.credit, *at.ageing.values())
    days = (unpaid[0] if unpaid else None, next_due_on)
    return Snapshot._make(
        (on, changes_on, *money, *days, *_oldest(missed), *_oldest(unlogged)[:3], stood_on, owed_then)
    )


def _next_due_on(ledger: Ledger, on: dt.date) -> dt.date | None:
    """The next instalment's day, which the ledger knows where it comes within a payment's reach."""
    if ledger.fallen < len(ledger.instalments.days):
        return dt.date.fromordinal(ledger.instalments.days[ledger.fallen])
    coming = upcoming(ledger.facts, after=on, known_on=on, count=1)
    return coming[0].due_on if coming else None


def _unpaid(at: Position) -> Iterator[dt.date]:
    """The day of everything that is outstanding."""
    yield from (one.due_on for one in at.instalments if one.outstanding)
    yield from (one.on for one in at.others if one.outstanding)


def _turns(due_on: dt.date, on: dt.date) -> Iterator[dt.date]:
    """The next day on which something outstanding is overdue, or passes a boundary of its age."""
    age = (on - due_on).days
    if age < 1:
        yield due_on + _A_DAY
    for _, most in AGES:
        if age <= most:
            yield due_on + dt.timedelta(days=most + 1)
            return


def _oldest(late: list[Instalment]) -> tuple[int, dt.date | None, int, int]:
    """How many there are; of the oldest its due date, its amount and what of it is left."""
    if not late:
        return 0, None, 0, 0
    return len(late), late[0].due_on, late[0].amount, late[0].outstanding


def _days_ahead(facts: CaseFacts, on: dt.date) -> Iterator[dt.date]:
    """Every day after ``on`` that a fact names: one on which it may begin to count, or be known, or end.

    All of them, whatever a day means for its fact: one too many costs a look, one too few would
    show a figure that is out of date.
    """
    others = replace(facts, payments=()) if facts.payments else facts
    ahead = [one for one in facts.payments if _latest_day(one) > on]  # nearly every fact is a payment, and none ahead
    for fact in (*ahead, *walk.every(others)):
        kind: type[Any] = type(fact)
        for name in _day_fields(kind):
            day = getattr(fact, name)
            if day is not None and day > on:
                yield day
        if fact.struck_out is not None and fact.struck_out.on > on:
            yield fact.struck_out.on


def _latest_day(payment: Payment) -> dt.date:
    """The latest day that a payment names."""
    latest = payment.paid_on if payment.paid_on > payment.recorded_on else payment.recorded_on
    if payment.paid_to_cms_on or payment.struck_out:
        struck_on = payment.struck_out.on if payment.struck_out else latest
        return max(latest, payment.paid_to_cms_on or latest, struck_on)
    return latest


def _day_fields(kind: type[Any]) -> tuple[str, ...]:
    if kind not in _DAY_FIELDS:
        _DAY_FIELDS[kind] = tuple(one.name for one in fields(kind) if one.type in (dt.date, dt.date | None))
    return _DAY_FIELDS[kind]
