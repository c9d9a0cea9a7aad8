"""The balance over time: what was outstanding, less credit, at the end of each day that changed it."""

import datetime as dt
from functools import partial
from itertools import groupby
from operator import itemgetter

from arrears.core.ledger import Ledger, movements
from arrears.core.results import BalancePoint, Happening

# Calling a named tuple's class is slow where done a thousand times.
_happening, _point = partial(tuple.__new__, Happening), partial(tuple.__new__, BalancePoint)


def read(ledger: Ledger) -> tuple[BalancePoint, ...]:
    """The running balance of a ledger in one pass, as ``position.read`` reads the position off it.

    Each point is the end of a day on which something happened; ``owed`` is pence, outstanding less
    credit, fees apart, as ``position`` gives it for that day with the same ``known_on``. The last
    point equals the position of the ledger. Empty where nothing ever happened.
    """
    points = []
    owed = 0
    for day, group in groupby(movements(ledger), key=itemgetter(0)):
        happenings = tuple([_happening((cause, amount, fact_id)) for _, cause, amount, fact_id, *_ in group])
        owed += sum([one.amount for one in happenings])
        points.append(_point((dt.date.fromordinal(day), owed, happenings)))
    return tuple(points)
