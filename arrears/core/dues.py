"""What decisions and payment dates made due by each day, whatever was paid: a running total."""

import datetime as dt
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate

from arrears.core.facts import CaseFacts
from arrears.core.ledger import Ledger, movements
from arrears.core.results import CauseKind


class Dues:
    """The dues of one set of facts up to a day, posted once and then read for any day before it.

    What falls due by a day does not depend on what falls due after it, so one posting serves them all.
    """

    def __init__(self, facts: CaseFacts, *, until: dt.date, known_on: dt.date) -> None:
        bare = replace(facts, openings=(), adjustments=(), payments=(), claims=(), settlements=())
        moved = movements(Ledger(bare, on=until, known_on=known_on))
        posts = [(one.day, one.amount) for one in moved if one.cause is not CauseKind.FEE]
        self._days = [on for on, _ in posts]
        self._totals = [0, *accumulate(amount for _, amount in posts)]

    def by(self, on: dt.date) -> int:
        """The total in pence of all that fell due by a day."""
        return self._totals[bisect_right(self._days, on.toordinal())]
