"""What a person who logs a payment most likely has in hand: for which date, how much, by which route.

Nothing here decides where money counts (that is ``allocation``): it only fills in the form.
"""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from arrears.core import rates
from arrears.core.facts import CaseFacts, Route
from arrears.core.in_force import service_on
from arrears.core.ledger import known
from arrears.core.position import nearest_unpaid, next_due, position, upcoming
from arrears.core.results import Due, Instalment, Position
from cases.core.facts import Perspective, ServiceType
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds, round_half_up

AHEAD = 3  # instalments still to come that may be logged early, by their date


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One instalment, and the payment that would settle what is left of it.

    Amounts in pence. ``due`` and ``left`` are the instalment and what of it is not covered;
    ``fee_left`` the collection fee to be paid with it. ``pay`` is what would travel on ``route``:
    the receiving parent's after CMS took its fee, the paying parent's with the fee on top.
    """

    due_on: dt.date
    due: int
    left: int
    fee_left: int
    route: Route
    pay: int


class Shown(NamedTuple):
    """What a form said when it was opened: ``pay`` pence would settle what is left for ``due_on``."""

    due_on: dt.date
    pay: int


def expected(facts: CaseFacts, *, on: dt.date, known_on: dt.date, due_on: dt.date | None = None) -> Expected | None:
    """The instalment of ``due_on``, or the one most likely meant; None where there is no such one."""
    seen = known(facts, known_on)
    if due_on is None:
        nearest = nearest_unpaid(seen, on=on, known_on=known_on)
        if nearest is None:
            return None
        due_on = nearest.due_on
    one = _standing(seen, due_on, on=on, known_on=known_on)
    return _of(seen, one.due_on, one.amount, one.outstanding, one.fee_outstanding) if one else None


def changed_since(facts: CaseFacts, shown: Shown, *, on: dt.date) -> str:
    """Say in a sentence that a form shows what no longer holds; empty where it still does."""
    now = expected(facts, on=on, known_on=on, due_on=shown.due_on)
    if now is None or now.pay == shown.pay:
        return ""
    if now.pay < shown.pay:
        return say(
            "{pay} for {due_on} is already logged, perhaps in another tab. Log this only if more money came.",
            pay=pounds(shown.pay - now.pay),
            due_on=day(shown.due_on),
        )
    return say(
        "{pay} is left for {due_on} now, not {pay_2}. Check it, then save.",
        pay=pounds(now.pay),
        due_on=day(shown.due_on),
        pay_2=pounds(shown.pay),
    )


def coming(facts: CaseFacts, at: Position) -> Instalment | None:
    """The next instalment to fall due, as it would stand on its day if nothing more came."""
    due = next_due(facts, after=at.on, known_on=at.known_on)
    return _on_its_day(facts, due.due_on, known_on=at.known_on) if due else None


def usual_route(seen: CaseFacts, on: dt.date) -> Route:
    """How money travels under the service in force on a day; straight where none is known."""
    service = service_on(seen, on)
    if service is None or service.type is ServiceType.DIRECT_PAY:
        return Route.DIRECT
    return Route.VIA_CMS_PAID if seen.perspective is Perspective.PAYING else Route.VIA_CMS_RECEIVED


def unlogged(facts: CaseFacts, at: Position) -> tuple[Instalment, ...]:
    """The instalments due by then, oldest first, to which nothing came and of which nobody noted that."""
    noted = {observation.due_on for observation in known(facts, at.known_on).observations}
    return tuple(one for one in at.instalments if one.outstanding and not one.has_money and one.due_on not in noted)


def choices(facts: CaseFacts, at: Position, *, count: int) -> tuple[Due, ...]:
    """What else a payment could be logged for: the next instalments to come, then what is still open.

    Newest first, at most ``count`` of those that have fallen due.
    """
    coming = upcoming(facts, after=at.on, known_on=at.known_on, count=1)
    still_open = [Due(one.due_on, one.outstanding, one.fee_outstanding) for one in at.instalments if one.outstanding]
    return (*coming, *reversed(still_open[-count:]))


def last_logged(seen: CaseFacts) -> dt.date | None:
    """The latest day for which somebody logged a payment, or noted that nothing came; None if never."""
    days = [payment.paid_on for payment in seen.payments]
    days += [observation.due_on for observation in seen.observations]
    return max(days, default=None)


def _standing(seen: CaseFacts, due_on: dt.date, *, on: dt.date, known_on: dt.date) -> Instalment | None:
    at = position(seen, on=on, known_on=known_on)
    if due_on <= on:
        return next((one for one in at.instalments if one.due_on == due_on), None)
    early = {one.due_on for one in at.upcoming_covered}
    early |= {one.due_on for one in upcoming(seen, after=on, known_on=known_on, count=AHEAD)}
    return _on_its_day(seen, due_on, known_on=known_on) if due_on in early else None


def _on_its_day(facts: CaseFacts, due_on: dt.date, *, known_on: dt.date) -> Instalment | None:
    """An instalment as credit covers it when it falls due: until then, credit is nobody's."""
    at = position(facts, on=due_on, known_on=known_on)
    return next((one for one in at.instalments if one.due_on == due_on), None)


def _of(seen: CaseFacts, due_on: dt.date, due: int, left: int, fee_left: int) -> Expected:
    route = usual_route(seen, due_on)
    pay = left
    if route is Route.VIA_CMS_PAID:
        pay = left + fee_left
    elif route is Route.VIA_CMS_RECEIVED:
        pay = left - round_half_up(left * rates.on(due_on).collection_fee_receiving_parent.share)
    return Expected(due_on=due_on, due=due, left=left, fee_left=fee_left, route=route, pay=pay)
