"""Which money covered which amount (rules section 3).

No rule in law says oldest first: CMS may attribute a receipt as it thinks fit. So a payment may
say what it was for; otherwise the file's rule decides, by default the instalment it came with,
that instalment's fee, then the oldest amounts, then the oldest fees. What is left is credit.

One pass over the days. Amounts only ever shrink, so the places of the oldest amount, the oldest
fee and the latest unpaid instalment only move one way, and the pass is linear.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from arrears.core import rates
from arrears.core.facts import AllocationRule, Payment, Route
from arrears.core.postings import Post
from arrears.core.results import Cover, CoverKind, Kind
from cases.core.facts import Frequency

WEEKLY_REACH = 3  # days either side of a due date within which a payment is for that instalment
USUAL_REACH = 7
KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}

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


def counted(payment: Payment) -> int:
    """The pence a payment counts for (rules section 3).

    What reached the receiving parent through CMS counts as the smallest amount that leaves it
    after CMS's 4%, rounded half-up to the penny.
    """
    if payment.route is not Route.VIA_CMS_RECEIVED:
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
        on = counts_on(payment)
        day = on.toordinal()
        if day <= until:
            amount = payment.amount if payment.route is Route.DIRECT else counted(payment)
            found.append(Money(day, 3, amount, CoverKind.PAYMENT, payment.id, on, payment))
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


def order(money: Money) -> tuple[object, ...]:
    """On one day: credits, largest first; fees taken back; payments, largest first.

    Of equal payments those with an allocation come first, then (ours, so that the order of entry
    never matters) by what they were said to be for.
    """
    said: tuple[tuple[int, int], ...] = ()
    if money.payment is not None:
        said = tuple(sorted((part.due_on.toordinal(), part.amount) for part in money.payment.allocation))
    return (money.day, money.phase, -money.amount, not said, said, money.fact_id)


class Allocation:
    """Sets money against amounts, day by day. ``run`` does it once; then the posts hold the result."""

    def __init__(self, instalments: list[Post], others: list[Post], rule: AllocationRule) -> None:
        self.rule = rule
        self.instalments = instalments
        self.days = [post.day for post in instalments]
        owed = [post for post in others if post.amount > 0 or post.fee > 0]
        self.dues = [*instalments, *owed]
        if owed:
            self.dues.sort(key=_due_order)
        self.fallen = 0  # how many of dues have fallen due
        self.oldest = 0  # no amount before this place of dues is outstanding
        self.oldest_fee = 0
        self.unpaid: list[Post] = []  # instalments fallen due and not covered then; the last is the latest
        self.first: deque[tuple[Money, int]] = deque()  # credit from payments, oldest first
        self.second: deque[tuple[Money, int]] = deque()  # credit from write-offs and the like
        self.fee_credits: list[tuple[Money, int]] = []  # what of each fee taken back became credit

    def run(self, monies: Iterable[Money], until: int) -> None:
        """Let everything up to ``until`` (an ordinal) happen, in order of days."""
        for money in sorted(monies, key=order):
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
                    self.fee_credits.append((money, left))
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
        elif self.rule is AllocationRule.ONGOING_FIRST:
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
                used = _cover_amount(post, money, spend, money.on)
                spend -= used
                left -= used
        return left

    def _instalment_for(self, day: int) -> Post | None:
        """The nearest instalment within reach that is not covered, else the latest due that is not."""
        days = self.days
        best, distance = None, USUAL_REACH + 1
        for place in range(bisect_left(days, day - USUAL_REACH), bisect_right(days, day + USUAL_REACH)):
            post = self.instalments[place]
            away = abs(days[place] - day)
            if post.out and away < distance and away <= _reach(post):
                best, distance = post, away
        if best is not None:
            return best
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
    weekly = post.run is not None and post.run.schedule.frequency is Frequency.WEEKLY
    return WEEKLY_REACH if weekly else USUAL_REACH


def _cover_amount(post: Post, money: Money, left: int, on: dt.date) -> int:
    """Cover an amount with up to ``left`` pence; return what was used."""
    used = min(post.out, left)
    if used:
        post.out -= used
        post.covered = on.toordinal()
        if money.kind is CoverKind.CREDIT:
            post.second += used
        post.covers.append(_cover((money.fact_id, on, used, money.kind)))
    return used


def _cover_fee(post: Post, money: Money, left: int, on: dt.date) -> int:
    """Cover an amount's collection fee with up to ``left`` pence; return what was used."""
    used = min(post.fee_out, left)
    post.fee_out -= used
    if post.fee_covers is None:
        post.fee_covers = []
    post.fee_covers.append(_cover((money.fact_id, on, used, money.kind)))
    return used
