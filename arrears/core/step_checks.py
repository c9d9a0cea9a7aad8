"""What may follow what in the steps of a claim or a settlement, so that the money in them always adds up.

A claim never counts for more than was claimed or for less than nothing, and what a settlement gives
up never exceeds what it said it would. The operations hold the database to all of it, when a step
is recorded and when one is struck out; a case file is held to the sums.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from arrears.core.other_facts import Claim, Settlement, Step, StepKind
from cms_tracker.language import say
from cms_tracker.money import pounds

_ADDS = frozenset({StepKind.ACCEPTED, StepKind.AGREED})
_TAKES = frozenset({StepKind.WITHDRAWN, StepKind.CANCELLED})
_ONCE = frozenset({StepKind.CONSENTED, StepKind.REFUSED, StepKind.AGREED, StepKind.PAID})


class Trouble(NamedTuple):
    """Why steps cannot stand together: one plain sentence or two, and the question it is about."""

    message: str
    field: str = ""


def standing(steps: Iterable[Step]) -> list[Step]:
    """The steps that are not struck out, oldest first; on one day, what adds before what takes."""
    return sorted((one for one in steps if one.struck_out is None), key=_order)


def net(steps: Iterable[Step]) -> int:
    """What standing steps come to, in pence: accepted less taken back, given up less come back."""
    return sum(_signed(one) for one in steps if one.struck_out is None)


def sums(steps: Iterable[Step], *, most: int) -> Trouble | None:
    """Refuse steps that come to less than nothing, or to more than ``most`` pence, at the end of any day."""
    by_day: dict[dt.date, int] = {}
    for one in standing(steps):
        by_day[one.on] = by_day.get(one.on, 0) + _signed(one)
    total = 0
    for day in sorted(by_day):
        total += by_day[day]
        if total > most:
            return Trouble(say("That is more than {most}, with what is recorded already.", most=pounds(most)), "amount")
        if total < 0:
            return Trouble(say("That takes back more than was counted on that day."), "amount")
    return None


def of_claim(claim: Claim, steps: Sequence[Step]) -> Trouble | None:
    """Why these cannot be the steps of a claim; None where they can."""
    if any(one.on < claim.paid_on for one in standing(steps)):
        return Trouble(say("That is before the day it was paid."), "on")
    refused = [one.on for one in standing(steps) if one.kind is StepKind.REFUSED]
    if any(net(one for one in steps if one.on <= day) > 0 for day in refused):
        return Trouble(say("CMS counts a part of it. If CMS took that back, choose that instead."), "kind")
    return sums(steps, most=claim.amount)


def of_settlement(settlement: Settlement, steps: Sequence[Step]) -> Trouble | None:
    """Why these cannot be the steps of a settlement; None where they can."""
    stood = standing(steps)
    if any(one.on < settlement.offered_on for one in stood):
        return Trouble(say("That is before the day of the offer."), "on")
    days: dict[StepKind, dt.date] = {}
    for one in stood:
        if one.kind in _ONCE and one.kind in days:
            return Trouble(say("This is on the record already. Strike out the earlier one first."), "kind")
        days[one.kind] = one.on
    return _in_order(days) or sums(steps, most=settlement.given_up)


def _in_order(days: dict[StepKind, dt.date]) -> Trouble | None:
    """Say which step of a settlement lacks the one before it, or comes after one that ended it."""
    agreed, refused = days.get(StepKind.AGREED), days.get(StepKind.REFUSED)
    if agreed and refused:
        return Trouble(say("It cannot be both refused and confirmed. A new offer is a new settlement."), "kind")
    for kind in (StepKind.PAID, StepKind.CANCELLED):
        if kind in days and agreed is None:
            return Trouble(say("CMS has not confirmed this settlement on the record. Record that first."), "kind")
        if agreed is not None and days.get(kind, agreed) < agreed:
            return Trouble(say("That is before the day CMS confirmed it."), "on")
    if StepKind.PAID in days and StepKind.CANCELLED in days:
        return Trouble(say("It cannot be both paid and cancelled. Strike out the one that is wrong."), "kind")
    return None


def _signed(step: Step) -> int:
    amount = step.amount or 0
    return amount if step.kind in _ADDS else -amount if step.kind in _TAKES else 0


def _order(step: Step) -> tuple[dt.date, bool, str]:
    return (step.on, step.kind in _TAKES, step.kind)
