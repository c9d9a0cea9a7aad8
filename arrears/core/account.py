"""One record over a span of days: what a statement shows, read off the engine and nothing else.

What fell due and what came for it, each payment and where it went, every movement of the balance,
why it changed, and what was in force at the end. The balance is outstanding less credit, fees apart.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from arrears.core import history, in_force
from arrears.core.allocation import counted
from arrears.core.cause_groups import CauseGroup, grouped
from arrears.core.changes import explain
from arrears.core.facts import CaseFacts, Payment, Route
from arrears.core.ledger import Ledger, movements
from arrears.core.plan_review import PlanReview, review
from arrears.core.position import read, read_uses
from arrears.core.pots import Pots, pots
from arrears.core.results import BalancePoint, CauseKind, Cover, CoverKind, Kind, PaymentUse, Position, Status, Use
from cases.core.facts import Decision, Nation, Schedule, ServicePeriod

ONE_DAY = dt.timedelta(days=1)
_TAKES_MONEY = {Kind.INSTALMENT.value, "fee"}  # an instalment and its fee stand on one row


class Came(NamedTuple):
    """``amount`` pence that came for something due. ``on``: for a payment the day it was made.

    ``route`` is the payment's, None where it was no payment; ``whole`` what all of the payment counts for.
    """

    amount: int
    on: dt.date
    kind: CoverKind
    route: Route | None
    whole: int
    fact_id: str


class Row(NamedTuple):
    """Something posted on day ``on``: an instalment or another entry, and what came for it by the end.

    ``amount`` is negative where it took off; ``status`` and ``days_late`` are an instalment's. ``fee`` is
    the collection fee posted with it, in a pot of its own. ``balance`` is of the end of that day.
    """

    on: dt.date
    kind: Kind
    amount: int
    fee: int
    came: tuple[Came, ...]
    left: int
    fee_left: int
    status: Status | None
    days_late: int
    balance: int
    fact_id: str


class Line(NamedTuple):
    """One movement of the balance: ``added`` or ``taken_off`` pence, one of them nil, and the balance after it."""

    on: dt.date
    kind: CauseKind
    added: int
    taken_off: int
    balance: int
    fact_id: str


class Received(NamedTuple):
    """A payment that counts in the span, the pence it counts for, and where they went by the end."""

    payment: Payment
    on: dt.date
    counted: int
    uses: tuple[Use, ...]

    @property
    def is_shared(self) -> bool:
        """Say whether no one row of the schedule shows the whole of it: it went to several dates, or waits."""
        places = {(use.due_on, "" if use.what in _TAKES_MONEY else use.what) for use in self.uses}
        return len(places) != 1 or any(use.what == "credit" for use in self.uses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One record from the start of ``since`` to the end of ``until``, by what is known on ``known_on``.

    ``opening`` + everything added - everything taken off = ``at.net``, in pence: each of ``groups`` is a
    cause of that change, and each of ``lines`` a movement. ``decisions`` are those in force on any of
    its days, ``schedule``, ``service`` and ``plans`` those in force at the end.
    """

    since: dt.date
    until: dt.date
    known_on: dt.date
    facts: CaseFacts
    opening: int
    at: Position
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    payments: tuple[Received, ...]
    groups: tuple[CauseGroup, ...]
    pots: Pots
    decisions: tuple[Decision, ...]
    schedule: Schedule | None
    service: ServicePeriod | None
    plans: tuple[PlanReview, ...]

    @property
    def closing(self) -> int:
        """The balance at the end, in pence: the engine's own."""
        return self.at.net

    @property
    def left_before(self) -> int:
        """What is still owed at the end of amounts from before the span, in pence."""
        return self.at.outstanding - sum(row.left for row in self.rows)

    @property
    def has_fees(self) -> bool:
        """Say whether collection fees were ever posted."""
        return bool(self.at.fees_due) or any(row.fee for row in self.rows)

    @property
    def routes(self) -> frozenset[Route]:
        """How the payments of the span travelled."""
        return frozenset(one.payment.route for one in self.payments)


def account(facts: CaseFacts, *, since: dt.date | None, until: dt.date, known_on: dt.date, nation: Nation) -> Account:
    """The account of a record; ``since`` None: from its first movement. ``nation`` has the bank holidays."""
    ledger = Ledger(facts, on=until, known_on=known_on)
    at, points = read(ledger, on=until, known_on=known_on), history.read(ledger)
    first = since or min((point.on for point in points), default=until)
    before = first - ONE_DAY
    change = explain(facts, before=(before, known_on), after=(until, known_on))
    seen = ledger.facts
    plans = review(facts, on=until, known_on=known_on, nation=nation)
    return Account(
        since=first,
        until=until,
        known_on=known_on,
        facts=seen,
        opening=change.before,
        at=at,
        rows=tuple(one for one in _rows(at, points, seen) if one.on >= first),
        lines=tuple(one for one in _lines(ledger) if one.on >= first),
        payments=tuple(one for one in _received(read_uses(ledger), seen) if one.on >= first),
        groups=grouped(change),
        pots=pots(seen, at),
        decisions=_decisions(seen, since=first, until=until),
        schedule=in_force.schedule_on(seen, until),
        service=in_force.service_on(seen, until),
        plans=tuple(one for one in plans if one.plan.agreed_on <= until and one.standing.ended_on is None),
    )


def _decisions(seen: CaseFacts, *, since: dt.date, until: dt.date) -> tuple[Decision, ...]:
    """The decision in force on the first day, and those that came into force after it, by their first day.

    Of several from one day the last told is the one in force.
    """
    days = {since, *(one.effective_on for one in seen.decisions if since < one.effective_on <= until)}
    found = (in_force.decision_on(seen, one) for one in sorted(days))
    return tuple(one for one in found if one is not None)


def _rows(at: Position, points: Sequence[BalancePoint], seen: CaseFacts) -> Iterator[Row]:
    """Everything posted by the end, oldest first, each with the balance of the end of its day."""
    days, owed = [point.on for point in points], [point.owed for point in points]
    payments = {one.id: one for one in seen.payments}
    stood = {one.due_on: one for one in at.instalments}
    for entry in at.entries:
        one = stood[entry.on] if entry.kind is Kind.INSTALMENT else None
        place = bisect_right(days, entry.on)
        yield Row(
            on=entry.on,
            kind=entry.kind,
            amount=entry.amount,
            fee=entry.fee,
            came=_came(entry.covers, payments),
            left=entry.outstanding,
            fee_left=entry.fee_outstanding,
            status=one.status if one else None,
            days_late=one.days_late if one else 0,
            balance=owed[place - 1] if place else 0,
            fact_id=entry.fact_id,
        )


def _came(covers: Sequence[Cover], payments: Mapping[str, Payment]) -> tuple[Came, ...]:
    """What covered an amount; several sums from one payment are one."""
    sums: dict[tuple[str, CoverKind], tuple[int, dt.date]] = {}
    for cover in covers:
        amount, on = sums.get((cover.payment_id, cover.kind), (0, cover.on))
        sums[cover.payment_id, cover.kind] = amount + cover.amount, on
    found = []
    for (fact_id, kind), (amount, on) in sums.items():
        payment = payments.get(fact_id) if kind is CoverKind.PAYMENT else None
        if payment is None:
            found.append(Came(amount, on, kind, None, amount, fact_id))
        else:
            found.append(Came(amount, payment.paid_on, kind, payment.route, counted(payment), fact_id))
    return tuple(found)


def _lines(ledger: Ledger) -> Iterator[Line]:
    balance = 0
    for one in movements(ledger):
        balance += one.amount
        added, taken_off = (one.amount, 0) if one.amount > 0 else (0, -one.amount)
        yield Line(dt.date.fromordinal(one.day), one.cause, added, taken_off, balance, one.fact_id)


def _received(uses: Sequence[PaymentUse], seen: CaseFacts) -> Iterator[Received]:
    payments = {one.id: one for one in seen.payments}
    for use in uses:
        yield Received(payments[use.payment_id], use.on, use.counted, use.uses)
