"""Answers that are allowed and worth a second look. A person is asked, never refused."""

import datetime as dt

from arrears.core.previews import FirstLetter
from cases.core.facts import Decision
from cms_tracker.language import say
from cms_tracker.money import pounds

_LARGE_WEEKLY = 50_000  # £500 a week is more than the 2012 scheme's maximum for three children
_LONG_BACK = dt.timedelta(days=731)


def of_decision(decision: Decision, *, on: dt.date) -> list[str]:
    """What looks unusual in a decision, one sentence or two for each."""
    found = []
    if decision.notified_on < decision.decided_on:
        found.append(say("You got the letter before the date that is on it. Check both days."))
    if decision.effective_on < min(on, decision.notified_on) - _LONG_BACK:
        found.append(say("The amount counts from more than two years before the letter. Check the year."))
    if decision.weekly > _LARGE_WEEKLY:
        found.append(
            say(
                "{weekly} a week is unusually high. Check that it is not the monthly amount.",
                weekly=pounds(decision.weekly),
            )
        )
    return found


def of_first_letter(letter: FirstLetter, *, on: dt.date) -> list[str]:
    """What looks unusual in a first letter."""
    found = of_decision(letter.decision, on=on)
    if not letter.decision.weekly:
        found.append(say("Is the amount really nothing? With £0.00 a week, no payment ever falls due."))
    if letter.schedule.first_due_on < letter.decision.effective_on:
        found.append(say("The first payment date is before the day the amount counts from. Check both days."))
    if letter.opening and letter.opening.on > letter.decision.effective_on:
        found.append(
            say("The amount carried over is dated after these payments begin. Make sure nothing is counted twice.")
        )
    return found
