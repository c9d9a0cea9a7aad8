"""How a promise stands, in words that mind weekends and bank holidays."""

import datetime as dt

from cases.core.calendar import is_working_day, working_day_from, working_days_between
from cases.core.facts import Nation
from cms_tracker import language
from cms_tracker.days import day
from cms_tracker.language import say
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
        return say("{late} working {part} late.", late=f"{late:,}", part=say("day") if late == 1 else say("days"))
    if is_working_day(promise.due_on, nation=nation):
        return ""
    opens = working_day_from(promise.due_on, nation=nation)
    return say(
        "Offices are closed on {due_on}. The next working day is {opens} {opens_2}.",
        due_on=day(promise.due_on),
        opens=language.weekday(opens),
        opens_2=day(opens),
    )
