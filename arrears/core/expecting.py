"""What a person who logs a payment most likely has in hand: for which date, how much, by which route.

Nothing here decides where money counts (that is ``allocation``): it only fills in the form.
"""

import datetime as dt
from dataclasses import dataclass

from arrears.core import rates
from arrears.core.facts import CaseFacts, Route
from arrears.core.ledger import known
from arrears.core.position import nearest_unpaid, position, upcoming
from arrears.core.results import Due, Instalment, Position
from cases.core.facts import Perspective, ServiceType
from cms_tracker.money import round_half_up

AHEAD = 3  # instalments still to come that may be logged early, by their date


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One instalment, and the payment that would settle what is left of it.

    Amounts in pence. ``due`` and ``left`` are the instalment and what of it is not covered;
    ``fee_left`` the collection fee to be paid with it. ``pay`` is what would travel on ``route``:
    the receiving parent's after CMS took its 4%, the paying parent's with the fee on top.
    """

    due_on: dt.date
    due: int
    left: int
    fee_left: int
    route: Route
    pay: int


def expected(facts: CaseFacts, *, on: dt.date, known_on: dt.date, due_on: dt.date | None = None) -> Expected | None:
    """The instalment of ``due_on``, or the one most likely meant; None where there is no such one."""
    if due_on is None:
        one = nearest_unpaid(facts, on=on, known_on=known_on)
        return _of(facts, one.due_on, one.amount, one.outstanding, one.fee_outstanding) if one else None
    at = position(facts, on=on, known_on=known_on)
    for one in (*at.instalments, *at.upcoming_covered):
        if one.due_on == due_on:
            return _of(facts, one.due_on, one.amount, one.outstanding, one.fee_outstanding)
    for due in upcoming(facts, after=on, known_on=known_on, count=AHEAD):
        if due.due_on == due_on:
            return _of(facts, due.due_on, due.amount, due.amount, due.fee)
    return None


def usual_route(facts: CaseFacts, on: dt.date) -> Route:
    """How money travels under the service in force on a day; straight where none is recorded."""
    standing = [service for service in facts.services if service.struck_out is None and service.from_on <= on]
    service = max(standing, key=lambda one: one.from_on, default=None)
    if service is None or service.type is ServiceType.DIRECT_PAY:
        return Route.DIRECT
    return Route.VIA_CMS_PAID if facts.perspective is Perspective.PAYING else Route.VIA_CMS_RECEIVED


def unlogged(facts: CaseFacts, at: Position) -> tuple[Instalment, ...]:
    """The instalments due by then, oldest first, to which nothing came and of which nobody noted that."""
    noted = {observation.due_on for observation in known(facts, at.known_on).observations}
    return tuple(one for one in at.instalments if one.outstanding and not one.covers and one.due_on not in noted)


def choices(facts: CaseFacts, at: Position, *, count: int) -> tuple[Due, ...]:
    """What else a payment could be logged for: the next instalments to come, then what is still open.

    Newest first, at most ``count`` of those that have fallen due.
    """
    coming = upcoming(facts, after=at.on, known_on=at.known_on, count=1)
    still_open = [Due(one.due_on, one.outstanding, one.fee_outstanding) for one in at.instalments if one.outstanding]
    return (*coming, *reversed(still_open[-count:]))


def last_logged(facts: CaseFacts) -> dt.date | None:
    """The latest day for which somebody logged a payment, or noted that nothing came; None if never."""
    days = [payment.paid_on for payment in facts.payments if payment.struck_out is None]
    days += [observation.due_on for observation in facts.observations if observation.struck_out is None]
    return max(days, default=None)


def last_fact(facts: CaseFacts, *, by: dt.date) -> dt.date | None:
    """The latest day up to ``by`` that any fact of the record speaks of; None for an empty record."""
    days = [payment.paid_on for payment in facts.payments if payment.struck_out is None]
    days += [one.due_on for one in facts.observations if one.struck_out is None]
    days += [decision.notified_on for decision in facts.decisions if decision.struck_out is None]
    days += [adjustment.on for adjustment in facts.adjustments if adjustment.struck_out is None]
    days += [statement.as_at for statement in facts.statements if statement.struck_out is None]
    return max((day for day in days if day <= by), default=None)


def _of(facts: CaseFacts, due_on: dt.date, due: int, left: int, fee_left: int) -> Expected:
    route = usual_route(facts, due_on)
    pay = left
    if route is Route.VIA_CMS_PAID:
        pay = left + fee_left
    elif route is Route.VIA_CMS_RECEIVED:
        pay = left - round_half_up(left * rates.on(due_on).collection_fee_receiving_parent.share)
    return Expected(due_on=due_on, due=due, left=left, fee_left=fee_left, route=route, pay=pay)
