"""Which money covered which amount (rules section 3).

No rule in law says oldest first: CMS may attribute a receipt as it thinks fit. So a payment may
say what it was for; otherwise the file's rule decides, by default the instalment it came with,
that instalment's fee, then the oldest amounts, then the oldest fees. What is left is credit.

One pass over the days. Amounts only ever shrink, so the places of the oldest amount, the oldest
fee and the latest unpaid instalment only move one way, and the pass is linear. What falls due is
held in parallel lists (see postings.Instalments): a *row* is one place in all of them.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from functools import partial
from operator import itemgetter
from typing import NamedTuple, TypeVar

from arrears.core import rates
from arrears.core.facts import AllocationPart, Payment, Route
from arrears.core.postings import Instalments, Post
from arrears.core.results import Cover, CoverKind, Kind
from arrears.core.schedule import FAR
from cases.core.facts import AllocationRule, Frequency

_T = TypeVar("_T")
Covers = tuple[Cover, ...] | list[Cover] | None  # what covered an amount, in order of days

WEEKLY_REACH = 3  # days either side of a due date within which a payment is for that instalment
USUAL_REACH = 7
KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}

# Looking a member up in its class, and calling a named tuple's class, are slow where done a thousand times.
_RECEIVED = Route.VIA_CMS_RECEIVED
_PAYMENT = CoverKind.PAYMENT
_cover = partial(tuple.__new__, Cover)


class Money(NamedTuple):
    """Something that reduces what is owed: a payment, another credit, or a fee taken back.

    ``phase`` orders one day: credits (1), fees taken back (2), payments (3); amounts fall due
    before all three. ``amount`` is the pence it counts for.
    """

    day: int
    phase: int
    amount: int
    kind: CoverKind
    fact_id: str
    on: dt.date
    payment: Payment | None


_money = partial(tuple.__new__, Money)


def counted(payment: Payment) -> int:
    """The pence a payment counts for (rules section 3).

    What reached the receiving parent through CMS counts as the smallest amount that leaves it
    after CMS's fee, rounded half-up to the penny.
    """
    if payment.route is not _RECEIVED:
        return payment.amount
    share = rates.on(payment.paid_on).collection_fee_receiving_parent.share
    kept, whole = share.numerator, share.denominator
    gross = max(payment.amount * whole // (whole - kept) - 1, 0)
    while gross - (2 * gross * kept + whole) // (2 * whole) < payment.amount:
        gross += 1
    return gross


def counts_on(payment: Payment) -> dt.date:
    """The day from which a payment counts: CMS's delay in passing it on is not the payer's."""
    return payment.paid_to_cms_on or payment.paid_on


def from_payments(payments: Iterable[Payment], until: int) -> list[Money]:
    """The payments that count by ``until`` (an ordinal)."""
    found = []
    for payment in payments:
        on = payment.paid_to_cms_on or payment.paid_on
        day = on.toordinal()
        if day <= until:
            amount = counted(payment) if payment.route is _RECEIVED else payment.amount
            found.append(_money((day, 3, amount, _PAYMENT, payment.id, on, payment)))
    return found


def from_posts(posts: Iterable[Post]) -> list[Money]:
    """The negative entries: credits that are not payments, and fees taken back."""
    found = []
    for post in posts:
        on = dt.date.fromordinal(post.day)
        if post.amount < 0:
            found.append(Money(post.day, 1, -post.amount, CoverKind.CREDIT, post.fact_id, on, None))
        if post.fee < 0:
            found.append(Money(post.day, 2, -post.fee, CoverKind.FEE_RETURNED, post.fact_id, on, None))
    return found


def in_order(monies: Iterable[Money]) -> list[Money]:
    """Everything by day, and within a day in the order that the rules give."""
    ordered = sorted(monies, key=_day)
    if len(set(map(_day, ordered))) == len(ordered):
        return ordered
    place = 1
    while place < len(ordered):
        if ordered[place].day != ordered[place - 1].day:
            place += 1
            continue
        start = place - 1
        while place < len(ordered) and ordered[place].day == ordered[start].day:
            place += 1
        ordered[start:place] = sorted(ordered[start:place], key=_order_within_a_day)
    return ordered


_day = itemgetter(0)


def _order_within_a_day(money: Money) -> tuple[object, ...]:
    """Credits, largest first; fees taken back; payments, largest first.

    Of equal payments those with an allocation come first, then (ours, so that the order of entry
    never matters) by what they were said to be for.
    """
    said: tuple[tuple[int, int], ...] = ()
    if money.payment is not None:
        said = tuple(sorted((part.due_on.toordinal(), part.amount) for part in money.payment.allocation))
    return (money.phase, -money.amount, not said, said, money.fact_id)


def _due_order(post: Post) -> tuple[int, int]:
    # Equal ones keep the order of postings.py: decisions as they were told, others largest first.
    return (post.day, KIND_ORDER[post.kind])


class Allocation:
    """Sets money against amounts, day by day. ``run`` does it once; then the lists hold the result.

    ``outs`` and ``fee_outs`` are the pence still to be covered of each row, ``covers`` and
    ``fee_covers`` what covered it (None: nothing). ``rows`` gives the row of each instalment.
    """

    def __init__(self, instalments: Instalments, others: list[Post], rule: AllocationRule) -> None:
        self.ongoing_first = rule is AllocationRule.ONGOING_FIRST
        self.instalments = instalments
        self.due_days = instalments.days
        self.owed = [post for post in others if post.amount > 0 or post.fee > 0]
        self.owed.sort(key=_due_order)
        self.days: list[int] = []
        self.outs: list[int] = []
        self.fee_outs: list[int] = []
        self.rows: list[int] = []
        self.owed_rows: list[int] = []
        self._line_up()
        self.covers: list[Covers] = [None] * len(self.days)
        self.fee_covers: list[Covers] = [None] * len(self.days)
        self.fallen = 0  # how many rows have fallen due
        self.next_day = self.days[0] if self.days else FAR  # when the next of them falls due
        self.oldest = 0  # no amount before this row is outstanding
        self.oldest_fee = 0
        # The days of the instalments between two that no payment reaches, so that a search ends there.
        self.nearby = [-FAR, *instalments.days, 2 * FAR]
        self.near = 1  # the first of these that is not before the payment at hand
        self.passed = 0  # how many instalments have been put on the pile of unpaid ones, or were covered
        self.unpaid: list[int] = []  # rows of instalments that were not covered then; the last is the latest
        self.first: deque[tuple[Money, int]] = deque()  # credit from payments, oldest first
        self.second: deque[tuple[Money, int]] = deque()  # credit from write-offs and the like

    def _line_up(self) -> None:
        """Put every amount in its row: the instalments in stretches, the others in their places between."""
        instalments, done = self.instalments, 0
        for place, post in enumerate([*self.owed, None]):
            if post is None:
                after = len(self.due_days)
            elif KIND_ORDER[post.kind] < KIND_ORDER[Kind.INSTALMENT]:
                after = bisect_left(self.due_days, post.day, done)
            else:
                after = bisect_right(self.due_days, post.day, done)
            self.rows += range(done + place, after + place)
            self.days += self.due_days[done:after]
            self.outs += instalments.amounts[done:after]
            self.fee_outs += instalments.fees[done:after]
            done = after
            if post is not None:
                self.owed_rows.append(len(self.days))
                self.days.append(post.day)
                self.outs.append(post.out)
                self.fee_outs.append(post.fee_out)

    def run(self, monies: Iterable[Money], until: int) -> None:
        """Let everything up to ``until`` (an ordinal) happen, in order of days."""
        outs, covers = self.outs, self.covers
        for money in in_order(monies):
            day, _, amount, kind, fact_id, on, payment = money
            if self.first or self.second:
                self._fall_due(day)
            if payment is None:
                self._credit(money)
                continue
            row = self._instalment_for(day) if self.ongoing_first and not payment.allocation else -1
            # Nearly every payment goes to one instalment that nothing has gone to: the rest is for the others.
            if row >= 0 and amount <= outs[row] and covers[row] is None:
                outs[row] -= amount
                covers[row] = (_cover((fact_id, on, amount, kind)),)
            else:
                self._pay(money, row)
        self._fall_due(until)
        for post, row in zip(self.owed, self.owed_rows, strict=True):
            post.out, post.fee_out = outs[row], self.fee_outs[row]
            post.covers, post.fee_covers = covers[row] or (), self.fee_covers[row] or ()

    def _credit(self, money: Money) -> None:
        """Set a credit that is no payment against the oldest amounts, a fee taken back against the oldest fees."""
        if money.kind is CoverKind.CREDIT:
            left = self._cover_oldest(money, money.amount)
            if left:
                self.second.append((money, left))
        else:
            left = self._cover_oldest_fees(money, money.amount)
            if left:
                self.first.append((money, left))

    def by_instalment(self, column: list[_T]) -> list[_T]:
        """One of the lists, with the instalments alone."""
        return list(map(column.__getitem__, self.rows)) if self.owed else column

    def _fall_due(self, day: int) -> None:
        """Let the amounts of every day up to ``day`` fall due; each draws credit, then its fee does.

        Where there is no credit nothing happens when an amount falls due, so this may come late.
        """
        if day < self.next_day:
            return
        after = bisect_right(self.days, day, self.fallen)
        self.next_day = self.days[after] if after < len(self.days) else FAR
        for row in range(self.fallen, after):
            if not (self.first or self.second):
                break
            self._draw(row)
        self.fallen = after

    def _draw(self, row: int) -> None:
        """Cover an amount that falls due from credit of the first kind, then the second; its fee from the first."""
        on = dt.date.fromordinal(self.days[row])
        for pool in (self.first, self.second):
            while pool and self.outs[row]:
                money, left = pool.popleft()
                used = _spend(self.outs, self.covers, row, money, left, on)
                if used < left:
                    pool.appendleft((money, left - used))
        while self.first and self.fee_outs[row]:
            money, left = self.first.popleft()
            used = _spend(self.fee_outs, self.fee_covers, row, money, left, on)
            if used < left:
                self.first.appendleft((money, left - used))

    def _pay(self, money: Money, row: int) -> None:
        """Set a payment against what it was said to be for, or the instalment at ``row``; the rest is credit."""
        left = money.amount
        if money.payment is not None and money.payment.allocation:
            left = self._as_said(money, money.payment.allocation, left)
        elif row >= 0:
            left -= _spend(self.outs, self.covers, row, money, left, money.on)
            if left and self.fee_outs[row]:
                left -= _spend(self.fee_outs, self.fee_covers, row, money, left, money.on)
        if left:
            left = self._cover_oldest(money, left)
            if left:
                left = self._cover_oldest_fees(money, left)
                if left:
                    self.first.append((money, left))

    def _as_said(self, money: Money, parts: Iterable[AllocationPart], left: int) -> int:
        """Use each part of an explicit allocation; what it cannot use stays in the payment."""
        self._fall_due(money.day)
        for part in parts:
            day = part.due_on.toordinal()
            place = bisect_left(self.due_days, day)
            targets: Sequence[int]
            if place < len(self.due_days) and self.due_days[place] == day:
                targets = (self.rows[place],)
            else:
                first = bisect_left(self.days, day, 0, self.fallen)
                targets = range(first, bisect_right(self.days, day, first, self.fallen))
            spend = min(part.amount, left)
            for row in targets:
                if spend and self.outs[row]:
                    used = _spend(self.outs, self.covers, row, money, spend, money.on)
                    spend -= used
                    left -= used
        return left

    def _instalment_for(self, day: int) -> int:
        """The row of the nearest instalment within reach that is not covered, else of the latest due that is not.

        -1 where there is none.
        """
        days, later = self.nearby, self.near
        while days[later] < day:
            later += 1
        self.near = later
        earlier = later - 1
        while True:
            back, away = day - days[earlier], days[later] - day
            if back <= away:  # of two equally near, the earlier
                away, place = back, earlier - 1
                earlier -= 1
            else:
                place = later - 1
                later += 1
            if away > USUAL_REACH:
                return self._latest_unpaid(day)
            row = self.rows[place]
            if self.outs[row] and (away <= WEEKLY_REACH or away <= self._reach(place)):
                return row

    def _reach(self, place: int) -> int:
        """How many days either side of its due date a payment is for the instalment at ``place``."""
        schedule = self.instalments.run(place).schedule
        return WEEKLY_REACH if schedule.frequency is Frequency.WEEKLY else USUAL_REACH

    def _latest_unpaid(self, day: int) -> int:
        """The row of the latest instalment due by ``day`` that is not covered, or -1."""
        after = bisect_right(self.due_days, day, self.passed)
        self.unpaid += [row for row in self.rows[self.passed : after] if self.outs[row]]
        self.passed = after
        unpaid = self.unpaid
        while unpaid and not self.outs[unpaid[-1]]:
            unpaid.pop()
        return unpaid[-1] if unpaid else -1

    def _cover_oldest(self, money: Money, left: int) -> int:
        """Cover the oldest amounts that have fallen due; what is left is returned."""
        self._fall_due(money.day)
        outs, row = self.outs, self.oldest
        while row < self.fallen:
            if outs[row]:
                left -= _spend(outs, self.covers, row, money, left, money.on)
                if not left:
                    break
            row += 1
        self.oldest = row
        return left

    def _cover_oldest_fees(self, money: Money, left: int) -> int:
        """Cover the oldest fees that have fallen due; what is left is returned."""
        self._fall_due(money.day)
        fees, row = self.fee_outs, self.oldest_fee
        while row < self.fallen:
            if fees[row]:
                left -= _spend(fees, self.fee_covers, row, money, left, money.on)
                if not left:
                    break
            row += 1
        self.oldest_fee = row
        return left


def _spend(outs: list[int], covers: list[Covers], row: int, money: Money, left: int, on: dt.date) -> int:
    """Cover what is outstanding of an amount, or of a fee, with up to ``left`` pence; return what was used."""
    used = outs[row]
    if left < used:
        used = left
    outs[row] -= used
    cover = _cover((money.fact_id, on, used, money.kind))
    found = covers[row]
    if found is None:
        covers[row] = (cover,)
    elif type(found) is list:
        found.append(cover)
    else:  # nearly every amount has one cover or none; the few that have more get a list
        covers[row] = [*found, cover]
    return used
