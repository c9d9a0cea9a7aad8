"""Liability orders beside the ledger, in words."""

from typing import NamedTuple

from arrears.core.orders import Buckets, OrderCheck
from cms_tracker.language import say
from cms_tracker.money import pounds


class Figure(NamedTuple):
    """One line of a small table: what it is, and pence."""

    name: str
    amount: int


class OrderShown(NamedTuple):
    """One order beside the ledger. ``weeks`` is the length of its period, as 121.86.

    ``back_then`` and ``back_now`` say what came back by the order's day and by the day asked about, and
    that nobody can say which days it belongs to.
    """

    check: OrderCheck
    weeks: str
    verdict: str
    differs: bool
    then: list[Figure]
    now: list[Figure]
    total: int
    back_then: list[str]
    back_now: list[str]


def shown(check: OrderCheck) -> OrderShown:
    """An order and the ledger's own figures for its period."""
    hundredths = (check.days * 200 + 7) // 14
    return OrderShown(
        check=check,
        weeks=f"{hundredths // 100}.{hundredths % 100:02d}",
        verdict=_verdict(check),
        differs=bool(check.difference),
        then=[
            Figure(say("The order says"), check.theirs),
            Figure(say("Your record says"), check.ours),
            Figure(say("Difference"), check.difference),
        ],
        now=[
            Figure(say("Before its period"), check.now.before),
            Figure(say("Within its period"), check.now.within),
            Figure(say("After its period, not part of the order"), check.now.after),
            *([Figure(say("Came back, may be of its period"), check.now.came_back)] if check.now.came_back else []),
        ],
        total=sum(check.now),
        back_then=_came_back(check.then),
        back_now=_came_back(check.now),
    )


def _came_back(found: Buckets) -> list[str]:
    ways = [
        (found.from_settlements, say("CMS cancelled a settlement")),
        (found.from_claims, say("CMS no longer counted a claim")),
    ]
    return [
        say("{amount} came back when {how}. It may belong to this period: ask CMS.", amount=pounds(amount), how=how)
        for amount, how in ways
        if amount
    ]


def _verdict(check: OrderCheck) -> str:
    if not check.difference:
        return say("The two figures are the same.")
    more = "more" if check.difference > 0 else "less"
    return say(
        "Your record has {difference} {more} for those days. Both figures are kept.",
        difference=pounds(abs(check.difference)),
        more=more,
    )
