"""When a record last spoke of payments: an old record says more about that day than about today."""

import datetime as dt

from arrears.core.facts import CaseFacts

OLD_DAYS = 45  # our own measure: longer than any interval between payments, with a fortnight to log one


def last_entry_on(seen: CaseFacts, *, on: dt.date) -> dt.date | None:
    """The latest day up to ``on`` of which a payment is logged, or noted as one that did not come; None if never.

    A letter, a figure or a plan says nothing of whether money came since.
    """
    days = [*[one.paid_on for one in seen.payments], *[one.due_on for one in seen.observations]]
    return max([day for day in days if day <= on], default=None)


def spoken_until(seen: CaseFacts, *, on: dt.date) -> dt.date | None:
    """The day up to which a record can say how a plan is kept: ``on``, or its last entry if that is old.

    None where nothing was ever logged.
    """
    last = last_entry_on(seen, on=on)
    return on if last is not None and (on - last).days <= OLD_DAYS else last
