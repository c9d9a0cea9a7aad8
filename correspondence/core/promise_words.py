"""How a promise stands, in words that mind weekends and bank holidays."""

import datetime as dt

from cases.core.calendar import is_working_day, working_day_from, working_days_between
from cases.core.facts import Nation
from cms_tracker.days import day
from correspondence.core.contacts import PromiseSeen, PromiseState


def working_days_late(promise: PromiseSeen, *, on: dt.date, nation: Nation) -> int:
    """How many working days have passed since the promised day; 0 where it has none, or is not overdue."""
    if promise.due_on is None or promise.standing(on=on).state is not PromiseState.OVERDUE:
        return 0
    return working_days_between(promise.due_on, on, nation=nation)


def beside(promise: PromiseSeen, *, on: dt.date, nation: Nation) -> str:
    """What to know beside an open promise: how late it is, or that its day is no working day. Empty: nothing."""
    if promise.due_on is None or not promise.is_open:
        return ""
    late = working_days_late(promise, on=on, nation=nation)
    if late:
        return f"{late:,} working {'day' if late == 1 else 'days'} late."
    if is_working_day(promise.due_on, nation=nation):
        return ""
    opens = working_day_from(promise.due_on, nation=nation)
    return f"Offices are closed on {day(promise.due_on)}. The next working day is {opens:%A} {day(opens)}."
