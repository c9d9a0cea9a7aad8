"""Which money covered which amount (rules section 3).

No rule in law says oldest first: CMS may attribute a receipt as it thinks fit. So a payment may
say what it was for; otherwise the file's rule decides, by default the instalment it came with,
that instalment's fee, then the oldest amounts, then the oldest fees. What is left is credit.

One pass over the days. Amounts only ever shrink, so the places of the oldest amount, the oldest
fee and the latest unpaid instalment only move one way, and the pass is linear.
"""

import datetime as dt
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from arrears.core import rates
from arrears.core.facts import Payment, Route
from arrears.core.postings import Post
from arrears.core.results import Cover, CoverKind, Kind
from arrears.core.schedule import FAR
from cases.core.facts import AllocationRule, Frequency

WEEKLY_REACH = 3  # days either side of a due date within which a payment is for that instalment
USUAL_REACH = 7
KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}

# Looking a member up in its class, and calling a named tuple's class, are slow where done a thousand times.
_RECEIVED = Route.VIA_CMS_RECEIVED
_PAYMENT = CoverKind.PAYMENT
_CREDIT = CoverKind.CREDIT
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


class Allocation:
    """Sets money against amounts, day by day. ``run`` does it once; then the posts hold the result."""

    def __init__(self, instalments: list[Post], others: list[Post], rule: AllocationRule) -> None:
        self.ongoing_first = rule is AllocationRule.ONGOING_FIRST
        self.instalments = instalments
        self.days = [post.day for post in instalments]
        owed = [post for post in others if post.amount > 0 or post.fee > 0]
        self.dues = [*instalments, *owed]
        if owed:
            self.dues.sort(key=_due_order)
        self.fallen = 0  # how many of dues have fallen due
        self.oldest = 0  # no amount before this place of dues is outstanding
        self.oldest_fee = 0
        self.near = 0  # no instalment from this place on is due before the payment at hand
        self.unpaid: list[Post] = []  # instalments fallen due and not covered then; the last is the latest
        self.first: deque[tuple[Money, int]] = deque()  # credit from payments, oldest first
        self.second: deque[tuple[Money, int]] = deque()  # credit from write-offs and the like

    def run(self, monies: Iterable[Money], until: int) -> None:
        """Let everything up to ``until`` (an ordinal) happen, in order of days."""
        for money in in_order(monies):
            self._fall_due(money.day)
            if money.phase == 3:
                self._pay(money)
            elif money.phase == 1:
                left = self._cover_oldest(money, money.amount)
                if left:
                    self.second.append((money, left))
            else:
                left = self._cover_oldest_fees(money, money.amount)
                if left:
                    self.first.append((money, left))
        self._fall_due(until)

    def _fall_due(self, day: int) -> None:
        """Let the amounts of every day up to ``day`` fall due; each draws credit, then its fee does."""
        dues, place = self.dues, self.fallen
        while place < len(dues) and dues[place].day <= day:
            post = dues[place]
            place += 1
            if self.first or self.second:
                self._draw(post)
            if post.out and post.run is not None:
                self.unpaid.append(post)
        self.fallen = place

    def _draw(self, post: Post) -> None:
        """Cover an amount that falls due from credit of the first kind, then the second; its fee from the first."""
        on = dt.date.fromordinal(post.day)
        for pool in (self.first, self.second):
            while pool and post.out:
                money, left = pool.popleft()
                used = _cover_amount(post, money, left, on)
                if used < left:
                    pool.appendleft((money, left - used))
        while self.first and post.fee_out:
            money, left = self.first.popleft()
            used = _cover_fee(post, money, left, on)
            if used < left:
                self.first.appendleft((money, left - used))

    def _pay(self, money: Money) -> None:
        """Set a payment against what it was said to be for, or by the file's rule; the rest is credit."""
        left = money.amount
        payment = money.payment
        if payment is not None and payment.allocation:
            left = self._as_said(money, payment, left)
        elif self.ongoing_first:
            post = self._instalment_for(money.day)
            if post is not None:
                left -= _cover_amount(post, money, left, money.on)
                if left and post.fee_out:
                    left -= _cover_fee(post, money, left, money.on)
        if left:
            left = self._cover_oldest(money, left)
            if left:
                left = self._cover_oldest_fees(money, left)
                if left:
                    self.first.append((money, left))

    def _as_said(self, money: Money, payment: Payment, left: int) -> int:
        """Use each part of an explicit allocation; what it cannot use stays in the payment."""
        for part in payment.allocation:
            day = part.due_on.toordinal()
            place = bisect_left(self.days, day)
            if place < len(self.days) and self.days[place] == day:
                targets = [self.instalments[place]]
            else:
                targets = [post for post in self.dues[: self.fallen] if post.day == day]
            spend = min(part.amount, left)
            for post in targets:
                if spend and post.out:
                    used = _cover_amount(post, money, spend, money.on)
                    spend -= used
                    left -= used
        return left

    def _instalment_for(self, day: int) -> Post | None:
        """The nearest instalment within reach that is not covered, else the latest due that is not."""
        days, later = self.days, self.near
        while later < len(days) and days[later] < day:
            later += 1
        self.near = later
        earlier = later - 1
        while True:
            back = day - days[earlier] if earlier >= 0 else FAR
            away = days[later] - day if later < len(days) else FAR
            if back <= away:  # of two equally near, the earlier
                away, place = back, earlier
                earlier -= 1
            else:
                place = later
                later += 1
            if away > USUAL_REACH:
                break
            post = self.instalments[place]
            if post.out and (away <= WEEKLY_REACH or away <= _reach(post)):
                return post
        unpaid = self.unpaid
        while unpaid and not unpaid[-1].out:
            unpaid.pop()
        return unpaid[-1] if unpaid else None

    def _cover_oldest(self, money: Money, left: int) -> int:
        """Cover the oldest amounts that have fallen due; what is left is returned."""
        dues, place = self.dues, self.oldest
        while place < self.fallen:
            post = dues[place]
            if post.out:
                left -= _cover_amount(post, money, left, money.on)
                if not left:
                    break
            place += 1
        self.oldest = place
        return left

    def _cover_oldest_fees(self, money: Money, left: int) -> int:
        """Cover the oldest fees that have fallen due; what is left is returned."""
        dues, place = self.dues, self.oldest_fee
        while place < self.fallen:
            post = dues[place]
            if post.fee_out:
                left -= _cover_fee(post, money, left, money.on)
                if not left:
                    break
            place += 1
        self.oldest_fee = place
        return left


def _due_order(post: Post) -> tuple[int, int]:
    # Equal ones keep the order of postings.py: decisions as they were told, others largest first.
    return (post.day, KIND_ORDER[post.kind])


def _reach(post: Post) -> int:
    return WEEKLY_REACH if post.schedule.frequency is Frequency.WEEKLY else USUAL_REACH


def _cover_amount(post: Post, money: Money, left: int, on: dt.date) -> int:
    """Cover what is outstanding of an amount with up to ``left`` pence; return what was used."""
    used = post.out
    if left < used:
        used = left
    post.out -= used
    post.covered = on.toordinal()
    if money.kind is _CREDIT:
        post.second += used
    post.covers.append(_cover((money.fact_id, on, used, money.kind)))
    return used


def _cover_fee(post: Post, money: Money, left: int, on: dt.date) -> int:
    """Cover what is outstanding of an amount's collection fee with up to ``left`` pence; return what was used."""
    used = post.fee_out
    if left < used:
        used = left
    post.fee_out -= used
    if post.fee_covers is None:
        post.fee_covers = []
    post.fee_covers.append(_cover((money.fact_id, on, used, money.kind)))
    return used
