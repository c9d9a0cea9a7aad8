"""Liability orders beside the ledger, in words."""

from typing import NamedTuple

from arrears.core.orders import OrderCheck
from cms_tracker.money import pounds


class Figure(NamedTuple):
    """One line of a small table: what it is, and pence."""

    name: str
    amount: int


class OrderShown(NamedTuple):
    """One order beside the ledger. ``weeks`` is the length of its period, as 121.86."""

    check: OrderCheck
    weeks: str
    verdict: str
    differs: bool
    then: list[Figure]
    now: list[Figure]
    total: int


def shown(check: OrderCheck) -> OrderShown:
    """An order and the ledger's own figures for its period."""
    hundredths = (check.days * 200 + 7) // 14
    return OrderShown(
        check=check,
        weeks=f"{hundredths // 100}.{hundredths % 100:02d}",
        verdict=_verdict(check),
        differs=bool(check.difference),
        then=[
            Figure("The order says", check.theirs),
            Figure("Your record says", check.ours),
            Figure("Difference", check.difference),
        ],
        now=[
            Figure("Before its period", check.now.before),
            Figure("Within its period", check.now.within),
            Figure("After its period, not part of the order", check.now.after),
        ],
        total=check.now.before + check.now.within + check.now.after,
    )


def _verdict(check: OrderCheck) -> str:
    if not check.difference:
        return "The two figures are the same."
    more = "more" if check.difference > 0 else "less"
    return f"Your record has {pounds(abs(check.difference))} {more} for those days. Both figures are kept."
