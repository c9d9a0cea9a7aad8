"""The balance over time: what was outstanding, less credit, at the end of each day that changed it."""

import datetime as dt
from itertools import groupby

from arrears.core.facts import CaseFacts
from arrears.core.ledger import Ledger, movements
from arrears.core.results import BalancePoint, Happening


def balance_history(facts: CaseFacts, *, on: dt.date, known_on: dt.date) -> tuple[BalancePoint, ...]:
    """The running balance up to ``on`` by what was known on ``known_on``, in one pass.

    Each point is the end of a day on which something happened; ``owed`` is pence, outstanding less
    credit, fees apart, as ``position`` gives it for that day with the same ``known_on``. The last
    point equals ``position(on, known_on)``. Empty where nothing ever happened.
    """
    return read(Ledger(facts, on=on, known_on=known_on))


def read(ledger: Ledger) -> tuple[BalancePoint, ...]:
    """Read the running balance off a ledger, as ``position.read`` reads the position off it."""
    points = []
    owed = 0
    for day, group in groupby(movements(ledger), key=lambda one: one.day):
        happenings = [Happening(one.cause, one.amount, one.fact_id) for one in group]
        owed += sum(one.amount for one in happenings)
        points.append(BalancePoint(dt.date.fromordinal(day), owed, tuple(happenings)))
    return tuple(points)
