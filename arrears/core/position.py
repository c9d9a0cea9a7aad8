"""The position: what is owed on a day, as known on a day (rules sections 2 and 3)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import partial

from arrears.core import postings
from arrears.core.facts import CaseFacts
from arrears.core.ledger import Ledger, known
from arrears.core.postings import Post
from arrears.core.results import Due, Entry, Instalment, Kind, Part, PaymentUse, Position, Status, Use
from arrears.core.schedule import round_units

AGES = (("0-30", 30), ("31-90", 90), ("91-180", 180), ("181-365", 365))
OLDEST_AGE = "366+"
RECENT_DAYS = 3  # a payment due this soon is the one a person is likely to be logging

# Looking a member up in its class, and calling a named tuple's class, are slow where done a thousand times.
_PAID_ON_TIME, _PAID_LATE, _CLEARED = Status.PAID_ON_TIME, Status.PAID_LATE, Status.CLEARED
_DUE, _PART_PAID, _MISSED, _NOT_DUE = Status.DUE, Status.PART_PAID, Status.MISSED, Status.NOT_DUE
_instalment = partial(tuple.__new__, Instalment)


def position(facts: CaseFacts, *, on: dt.date, known_on: dt.date | None = None) -> Position:
    """What is owed on ``on``, by what was known on ``known_on`` (by default ``on`` itself).

    All amounts are pence. Any set of facts has a position; without a decision, a schedule or an
    opening balance nothing falls due.
    """
    known_on = known_on or on
    return read(Ledger(facts, on=on, known_on=known_on), on=on, known_on=known_on)


def read(ledger: Ledger, *, on: dt.date, known_on: dt.date) -> Position:
    """Read the position off a ledger of that day."""
    posts = [*ledger.instalments, *ledger.others]
    unpaid = [post for post in posts if post.out]
    outstanding = sum(post.out for post in unpaid)
    first = sum(left for _, left in ledger.allocation.first)
    second = sum(left for _, left in ledger.allocation.second)
    touched = [post for post in ledger.ahead if post.covers or post.fee_covers]
    ahead = sum(post.amount - post.out + post.fee - post.fee_out for post in touched)
    given = sum(post.amount for post in ledger.others if post.told is None)
    return Position(
        on=on,
        known_on=known_on,
        due=sum([post.amount for post in posts]),
        fees_due=sum([post.fee for post in posts]),
        paid=sum([money.amount for money in ledger.monies]),
        outstanding=outstanding,
        overdue=sum(post.out for post in unpaid if post.day < ledger.until),
        fees_outstanding=sum([post.fee_out for post in posts]),
        credit=first + second + ahead,
        credit_from_payments=first,
        credit_from_changes=second,
        paid_ahead=ahead,
        restated_due=given + round_units(ledger.restated_units),
        by_cause=_by_cause(unpaid),
        ageing=_ageing(unpaid, ledger.until),
        instalments=_instalments(ledger.instalments, ledger.until),
        others=tuple(_entry(post) for post in sorted(ledger.others, key=_posted_order)),
        upcoming_covered=_instalments(touched, ledger.until),
    )


def next_due(facts: CaseFacts, *, after: dt.date, known_on: dt.date) -> Due | None:
    """The next instalment to fall due after a day, by what is known; None if there is none to come."""
    return next(iter(upcoming(facts, after=after, known_on=known_on, count=1)), None)


def upcoming(facts: CaseFacts, *, after: dt.date, known_on: dt.date, count: int) -> tuple[Due, ...]:
    """The next ``count`` instalments to fall due after a day, by what is known, fewer if liability ends."""
    return tuple(
        Due(dt.date.fromordinal(post.day), post.amount, post.fee)
        for post in _coming(known(facts, known_on), after, count)
    )


def nearest_unpaid(facts: CaseFacts, *, on: dt.date, known_on: dt.date) -> Instalment | None:
    """The instalment that a person who opens the case most likely wants to log now.

    The latest instalment due by ``on`` of which nothing is said: no payment went to it, and nobody
    has noted that nothing came. Failing that the next one due, if it is due within three days;
    failing that the latest one due that is not covered, part paid or noted; failing that the next
    one due. None where nothing is due and nothing will be.
    """
    at = position(facts, on=on, known_on=known_on)
    seen = known(facts, known_on)
    noted = {observation.due_on for observation in seen.observations}
    open_ones = [one for one in reversed(at.instalments) if one.outstanding]
    for one in open_ones:
        if one.due_on not in noted and not one.has_money:
            return one
    paid_ahead = {one.due_on: one for one in at.upcoming_covered}
    coming = None
    for post in _coming(seen, on, len(paid_ahead) + 1):
        one = paid_ahead.get(dt.date.fromordinal(post.day)) or _instalments([post], on.toordinal())[0]
        if one.outstanding:
            coming = one
            break
    if coming is not None and (coming.due_on - on).days <= RECENT_DAYS:
        return coming
    return open_ones[0] if open_ones else coming


def working(facts: CaseFacts, entry: Entry, *, on: dt.date, known_on: dt.date) -> tuple[Part, ...]:
    """The working of an ``initial`` or ``recalculation`` entry, line by line; () for other kinds."""
    ledger_facts = known(facts, known_on)
    book = postings.Book(ledger_facts, on.toordinal())
    for decision in book.told:
        if decision.id == entry.fact_id and entry.kind in {Kind.INITIAL, Kind.RECALCULATION}:
            return postings.working(book, decision, on.toordinal())
    return ()


def payment_uses(facts: CaseFacts, *, on: dt.date, known_on: dt.date) -> tuple[PaymentUse, ...]:
    """Where each payment that counts by ``on`` went: amounts, fees, and what is still credit."""
    return read_uses(Ledger(facts, on=on, known_on=known_on))


def read_uses(ledger: Ledger) -> tuple[PaymentUse, ...]:
    """Read off a ledger where each payment went, in the order in which they count."""
    uses: dict[str, list[Use]] = {money.fact_id: [] for money in ledger.monies}
    for post in [*ledger.instalments, *ledger.ahead, *ledger.others]:
        due_on = dt.date.fromordinal(post.day)
        for cover in post.covers:
            if cover.payment_id in uses:
                uses[cover.payment_id].append(Use(post.kind.value, due_on, cover.amount))
        for cover in post.fee_covers or ():
            if cover.payment_id in uses:
                uses[cover.payment_id].append(Use("fee", due_on, cover.amount))
    for money, left in ledger.allocation.first:
        if money.fact_id in uses:
            uses[money.fact_id].append(Use("credit", None, left))
    ordered = sorted(ledger.monies, key=lambda money: (money.day, -money.amount, money.fact_id))
    return tuple(PaymentUse(money.fact_id, money.on, money.amount, tuple(uses[money.fact_id])) for money in ordered)


def _coming(seen: CaseFacts, after: dt.date, count: int) -> Iterator[Post]:
    """The first ``count`` instalments due after a day, under facts already filtered by what is known."""
    start = after.toordinal()
    changes = [start, *(d.effective_on.toordinal() for d in seen.decisions)]
    changes += [d.notified_on.toordinal() for d in seen.decisions]
    changes += [s.first_due_on.toordinal() for s in seen.schedules]
    # After the last change every interval is worth the same, so one more than asked is enough.
    horizon = min(max(changes) + 31 * (count + 2), dt.date.max.toordinal() - 32)
    book = postings.Book(seen, horizon)
    return iter(postings.ahead(book, start)[:count])


def _by_cause(unpaid: Iterable[Post]) -> dict[str, int]:
    """What is outstanding by kind of entry, nil kinds left out."""
    found: dict[Kind, int] = {}
    for post in unpaid:
        found[post.kind] = found.get(post.kind, 0) + post.out
    return {kind.value: found[kind] for kind in Kind if kind in found}


def _ageing(unpaid: Iterable[Post], until: int) -> dict[str, int]:
    """What is outstanding by days since it fell due."""
    ages = dict.fromkeys([*(label for label, _ in AGES), OLDEST_AGE], 0)
    for post in unpaid:
        days = until - post.day
        ages[next((label for label, most in AGES if days <= most), OLDEST_AGE)] += post.out
    return ages


def _instalments(posts: Iterable[Post], until: int) -> tuple[Instalment, ...]:
    """The instalments with their status on the day ``until`` (rules section 3)."""
    date = dt.date.fromordinal
    found = []
    run = None
    for post in posts:
        if post.run is not run:
            run, schedule = post.run, post.schedule
            named = (schedule.id, schedule.frequency)
        day, out, covers = post.day, post.out, post.covers
        late = 0
        if not out:
            if post.second:
                status = _CLEARED
            elif post.covered <= day:
                status = _PAID_ON_TIME
            else:
                status, late = _PAID_LATE, post.covered - day
        elif day >= until:
            status = _DUE if day == until else _NOT_DUE
        else:
            status, late = _PART_PAID if covers else _MISSED, until - day
        values = (date(day), post.amount, out, status, late, tuple(covers), post.fee, post.fee_out, post.fact_id)
        found.append(_instalment(values + named))
    return tuple(found)


def _entry(post: Post) -> Entry:
    """A posted entry that is not an instalment."""
    return Entry(
        kind=post.kind,
        on=dt.date.fromordinal(post.day),
        amount=post.amount,
        outstanding=post.out,
        fact_id=post.fact_id,
        covers=tuple(post.covers),
        fee=post.fee,
        fee_outstanding=post.fee_out,
        notified_on=post.told.notified_on if post.told else None,
    )


def _posted_order(post: Post) -> int:
    return post.day
