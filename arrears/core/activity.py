"""When a record last spoke of money: an old record says more about that day than about today."""

import datetime as dt

from arrears.core.facts import CaseFacts

OLD_DAYS = 45  # our own measure: longer than any interval between payments, with a fortnight to log one


def last_entry_on(facts: CaseFacts, *, on: dt.date) -> dt.date | None:
    """The latest day up to ``on`` that any standing fact about money speaks of; None for an empty record."""
    days = [
        *(one.paid_on for one in facts.payments if one.struck_out is None),
        *(one.noted_on for one in facts.observations if one.struck_out is None),
        *(one.on for one in facts.adjustments if one.struck_out is None),
        *(one.on for one in facts.openings if one.struck_out is None),
        *(one.as_at for one in facts.statements if one.struck_out is None),
        *(one.notified_on for one in facts.decisions if one.struck_out is None),
        *(one.agreed_on for one in facts.plans if one.struck_out is None),
    ]
    return max((day for day in days if day <= on), default=None)


def spoken_until(facts: CaseFacts, *, on: dt.date) -> dt.date:
    """The day up to which a record can say how a plan is kept: ``on``, or its last entry if that is old."""
    last = last_entry_on(facts, on=on)
    return last if last is not None and (on - last).days > OLD_DAYS else on
