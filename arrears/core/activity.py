"""When a record last spoke of money: an old record says more about that day than about today."""

import datetime as dt

from arrears.core.derived import adjustments_of
from arrears.core.facts import CaseFacts

OLD_DAYS = 45  # our own measure: longer than any interval between payments, with a fortnight to log one


def last_entry_on(seen: CaseFacts, *, on: dt.date) -> dt.date | None:
    """The latest day up to ``on`` that any known fact about money speaks of; None for an empty record."""
    days = [
        *(one.paid_on for one in seen.payments),
        *(one.noted_on for one in seen.observations),
        *(one.on for one in adjustments_of(seen)),
        *(one.paid_on for one in seen.claims),
        *(one.on for one in seen.openings),
        *(one.as_at for one in seen.statements),
        *(one.notified_on for one in seen.decisions),
        *(one.agreed_on for one in seen.plans),
        *(step.on for one in seen.plans for step in one.steps),
        *(step.on for one in seen.claims for step in one.steps),
        *(step.on for one in seen.settlements for step in one.steps),
    ]
    return max((day for day in days if day <= on), default=None)


def spoken_until(seen: CaseFacts, *, on: dt.date) -> dt.date:
    """The day up to which a record can say how a plan is kept: ``on``, or its last entry if that is old."""
    last = last_entry_on(seen, on=on)
    return last if last is not None and (on - last).days > OLD_DAYS else on
