"""The balance over time: what was outstanding, less credit, at the end of each day that changed it."""

import datetime as dt
from itertools import groupby

from arrears.core.ledger import Ledger, movements
from arrears.core.results import BalancePoint, Happening


def read(ledger: Ledger) -> tuple[BalancePoint, ...]:
    """The running balance of a ledger in one pass, as ``position.read`` reads the position off it.

    Each point is the end of a day on which something happened; ``owed`` is pence, outstanding less
    credit, fees apart, as ``position`` gives it for that day with the same ``known_on``. The last
    point equals the position of the ledger. Empty where nothing ever happened.
    """
    points = []
    owed = 0
    for day, group in groupby(movements(ledger), key=lambda one: one.day):
        happenings = [Happening(one.cause, one.amount, one.fact_id) for one in group]
        owed += sum(one.amount for one in happenings)
        points.append(BalancePoint(dt.date.fromordinal(day), owed, tuple(happenings)))
    return tuple(points)
