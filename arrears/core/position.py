"""The position: what is owed on a day, as known on a day (rules sections 2 and 3)."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import repeat
from typing import NamedTuple

from arrears.core import postings
from arrears.core.allocation import Covers
from arrears.core.facts import CaseFacts
from arrears.core.ledger import Ledger, known
from arrears.core.postings import Instalments, Post
from arrears.core.results import Cover, CoverKind, Due, Entry, Instalment, Kind, Part, PaymentUse, Position, Status, Use
from arrears.core.schedule import round_units

AGES = (("0-30", 30), ("31-90", 90), ("91-180", 180), ("181-365", 365))
OLDEST_AGE = "366+"
RECENT_DAYS = 3  # a payment due this soon is the one a person is likely to be logging

# Looking a member up in its class, and calling a named tuple's class, are slow where done a thousand times.
_PAID_ON_TIME, _PAID_LATE, _CLEARED = Status.PAID_ON_TIME, Status.PAID_LATE, Status.CLEARED
_DUE, _PART_PAID, _MISSED, _NOT_DUE = Status.DUE, Status.PART_PAID, Status.MISSED, Status.NOT_DUE
_instalment = partial(tuple.__new__, Instalment)
_use = partial(tuple.__new__, Use)


def position(facts: CaseFacts, *, on: dt.date, known_on: dt.date | None = None) -> Position:
    """What is owed on ``on``, by what was known on ``known_on`` (by default ``on`` itself).

    All amounts are pence. Any set of facts has a position; without a decision, a schedule or an
    opening balance nothing falls due.
    """
    known_on = known_on or on
    return read(Ledger(facts, on=on, known_on=known_on), on=on, known_on=known_on)


class Sums(NamedTuple):
    """The sums of a position, in pence."""

    outstanding: int
    of_instalments: int
    overdue: int
    fees_outstanding: int
    credit_from_payments: int
    credit_from_changes: int
    paid_ahead: int
    ageing: dict[str, int]

    @property
    def credit(self) -> int:
        """All money that nothing owed is left for."""
        return self.credit_from_payments + self.credit_from_changes + self.paid_ahead


def read(ledger: Ledger, *, on: dt.date, known_on: dt.date) -> Position:
    """Read the position off a ledger of that day."""
    fallen, others, posted = ledger.fallen, ledger.others, ledger.instalments
    owed = read_sums(ledger)
    return Position(
        on=on,
        known_on=known_on,
        due=sum(posted.amounts[:fallen]) + sum(post.amount for post in others),
        fees_due=sum(posted.fees[:fallen]) + sum(post.fee for post in others),
        paid=sum([money.amount for money in ledger.monies]),
        outstanding=owed.outstanding,
        overdue=owed.overdue,
        fees_outstanding=owed.fees_outstanding,
        credit=owed.credit,
        credit_from_payments=owed.credit_from_payments,
        credit_from_changes=owed.credit_from_changes,
        paid_ahead=owed.paid_ahead,
        restated_due=sum(post.amount for post in others if post.told is None) + round_units(ledger.restated_units),
        by_cause=_by_cause(owed.of_instalments, [post for post in others if post.out]),
        ageing=owed.ageing,
        instalments=tuple(_instalments(ledger, range(fallen))),
        others=tuple(_entry(post) for post in sorted(others, key=_posted_order)),
        credit_from_fees=sum(
            left for money, left in ledger.credit_from_payments if money.kind is CoverKind.FEE_RETURNED
        ),
        upcoming_covered=tuple(
            one for place in ledger.touched for one in _instalments(ledger, range(place, place + 1))
        ),
    )


def read_sums(ledger: Ledger) -> Sums:
    """Read off a ledger what is outstanding, how old it is, and what is credit."""
    fallen, posted, outs, fee_outs = ledger.fallen, ledger.instalments, ledger.outs, ledger.fee_outs
    unpaid = [post for post in ledger.others if post.out]
    of_instalments = sum(outs[:fallen])
    return Sums(
        outstanding=of_instalments + sum([post.out for post in unpaid]),
        of_instalments=of_instalments,
        overdue=sum(outs[: bisect_left(posted.days, ledger.until, 0, fallen)])
        + sum([post.out for post in unpaid if post.day < ledger.until]),
        fees_outstanding=sum(fee_outs[:fallen]) + sum([post.fee_out for post in ledger.others]),
        credit_from_payments=sum([left for _, left in ledger.credit_from_payments]),
        credit_from_changes=sum([left for _, left in ledger.credit_from_changes]),
        paid_ahead=sum([ledger.paid_ahead(place) for place in ledger.touched]),
        ageing=_ageing(ledger, unpaid),
    )


def next_due(facts: CaseFacts, *, after: dt.date, known_on: dt.date) -> Due | None:
    """The next instalment to fall due after a day, by what is known; None if there is none to come."""
    return next(iter(upcoming(facts, after=after, known_on=known_on, count=1)), None)


def upcoming(facts: CaseFacts, *, after: dt.date, known_on: dt.date, count: int) -> tuple[Due, ...]:
    """The next ``count`` instalments to fall due after a day, by what is known, fewer if liability ends."""
    posted, places = _coming(known(facts, known_on), after, count)
    return tuple(
        Due(dt.date.fromordinal(posted.days[place]), posted.amounts[place], posted.fees[place]) for place in places
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
    posted, places = _coming(seen, on, len(paid_ahead) + 1)
    for place in places:
        one = paid_ahead.get(dt.date.fromordinal(posted.days[place])) or _untouched(posted, place)
        if one.outstanding:
            coming = one
            break
    if coming is not None and (coming.due_on - on).days <= RECENT_DAYS:
        return coming
    return open_ones[0] if open_ones else coming


def working(facts: CaseFacts, entry: Entry, *, on: dt.date, known_on: dt.date) -> tuple[Part, ...]:
    """The working of an ``initial`` or ``recalculation`` entry, line by line; () for other kinds."""
    seen = known(facts, known_on)
    book = postings.Book(seen, on.toordinal())
    for decision in seen.decisions:
        if decision.id == entry.fact_id and entry.kind in {Kind.INITIAL, Kind.RECALCULATION}:
            return postings.working(book, decision, on.toordinal())
    return ()


def payment_uses(facts: CaseFacts, *, on: dt.date, known_on: dt.date) -> tuple[PaymentUse, ...]:
    """Where each payment that counts by ``on`` went: amounts, fees, and what is still credit."""
    return read_uses(Ledger(facts, on=on, known_on=known_on))


def read_uses(ledger: Ledger) -> tuple[PaymentUse, ...]:
    """Read off a ledger where each payment went, in the order in which they count."""
    uses: dict[str, list[Use]] = {money.fact_id: [] for money in ledger.monies}

    def went(what: str, day: int, covers: Sequence[Cover]) -> None:
        due_on = dt.date.fromordinal(day)
        for cover in covers:
            if cover.payment_id in uses:
                uses[cover.payment_id].append(_use((what, due_on, cover.amount)))

    instalment = Kind.INSTALMENT.value
    for day, covers, fee_covers in zip(ledger.instalments.days, ledger.covers, ledger.fee_covers, strict=True):
        if covers:
            went(instalment, day, covers)
        if fee_covers:
            went("fee", day, fee_covers)
    for post in ledger.others:
        went(post.kind.value, post.day, post.covers)
        went("fee", post.day, post.fee_covers)
    for money, left in ledger.credit_from_payments:
        if money.fact_id in uses:
            uses[money.fact_id].append(Use("credit", None, left))
    ordered = sorted(ledger.monies, key=lambda money: (money.day, -money.amount, money.fact_id))
    return tuple(PaymentUse(money.fact_id, money.on, money.amount, tuple(uses[money.fact_id])) for money in ordered)


def _coming(seen: CaseFacts, after: dt.date, count: int) -> tuple[Instalments, range]:
    """The first ``count`` instalments due after a day, under facts already filtered by what is known."""
    start = after.toordinal()
    changes = [start, *(d.effective_on.toordinal() for d in seen.decisions)]
    changes += [d.notified_on.toordinal() for d in seen.decisions]
    changes += [s.first_due_on.toordinal() for s in seen.schedules]
    # After the last change every interval is worth the same, so one more than asked is enough.
    horizon = min(max(changes) + 31 * (count + 2), dt.date.max.toordinal() - 32)
    posted, first = postings.ahead(postings.Book(seen, horizon), start)
    return posted, range(first, min(first + count, len(posted.days)))


def _by_cause(of_instalments: int, unpaid: Iterable[Post]) -> dict[str, int]:
    """What is outstanding by kind of entry, nil kinds left out."""
    found = {Kind.INSTALMENT: of_instalments} if of_instalments else {}
    for post in unpaid:
        found[post.kind] = found.get(post.kind, 0) + post.out
    return {kind.value: found[kind] for kind in Kind if kind in found}


def _ageing(ledger: Ledger, unpaid: Iterable[Post]) -> dict[str, int]:
    """What is outstanding by days since it fell due."""
    ages = {}
    days, outs, until = ledger.instalments.days, ledger.outs, ledger.until
    stop = ledger.fallen
    for label, most in AGES:
        start = bisect_left(days, until - most, 0, stop)
        ages[label] = sum(outs[start:stop])
        stop = start
    ages[OLDEST_AGE] = sum(outs[:stop])
    for post in unpaid:
        ages[next((label for label, most in AGES if until - post.day <= most), OLDEST_AGE)] += post.out
    return ages


def _instalments(ledger: Ledger, places: range) -> list[Instalment]:
    """The instalments at these places with their status on the ledger's day (rules section 3)."""
    posted, found = ledger.instalments, list[Instalment]()
    for run, first, after in posted.runs:
        part = slice(max(first, places.start), min(after, places.stop))
        days, outs, covers = posted.days[part], ledger.outs[part], ledger.covers[part]
        dates = list(map(dt.date.fromordinal, days))
        statuses, late = _statuses(ledger, days, dates, outs, covers)
        found += map(
            _instalment,
            zip(
                dates, posted.amounts[part], outs, statuses, late, [tuple(one or ()) for one in covers],
                posted.fees[part], ledger.fee_outs[part], posted.fact_ids[part],
                repeat(run.schedule.id), repeat(run.schedule.frequency),
                strict=False,
            ),
        )  # fmt: skip
    return found


def _statuses(
    ledger: Ledger, days: list[int], dates: list[dt.date], outs: list[int], covers: list[Covers]
) -> tuple[list[Status], list[int]]:
    """How instalments stand on the ledger's day, and the days each is or was late."""
    until, has_changes = ledger.until, ledger.has_changes
    statuses, late = [_PAID_ON_TIME] * len(days), [0] * len(days)
    for place, out in enumerate(outs):
        if out:
            day = days[place]
            if day < until:
                statuses[place], late[place] = _PART_PAID if covers[place] else _MISSED, until - day
            else:
                statuses[place] = _DUE if day == until else _NOT_DUE
            continue
        paid = covers[place] or ()
        if has_changes and any(one.kind is CoverKind.CREDIT for one in paid):
            statuses[place] = _CLEARED
        elif paid[-1].on > dates[place]:  # covers come in order of days
            statuses[place], late[place] = _PAID_LATE, paid[-1].on.toordinal() - days[place]
    return statuses, late


def _untouched(posted: Instalments, place: int) -> Instalment:
    """An instalment still to come, to which nothing has gone."""
    schedule = posted.run(place).schedule
    on, amount, fee = dt.date.fromordinal(posted.days[place]), posted.amounts[place], posted.fees[place]
    return Instalment(
        on, amount, amount, _NOT_DUE, 0, (), fee, fee, posted.fact_ids[place], schedule.id, schedule.frequency
    )


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
