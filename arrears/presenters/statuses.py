"""How an instalment stands, as a word, a shape and a tone: the shape and the word come first."""

import datetime as dt
from typing import NamedTuple

from arrears.core.results import Instalment, Status
from cms_tracker.days import days
from cms_tracker.language import say


class Tag(NamedTuple):
    """A status to draw with ``templates/components/tag.html``: word, symbol, and class (may be empty)."""

    word: str
    shape: str
    tone: str = ""


def tag(one: Instalment, *, on: dt.date, is_noted: bool) -> Tag:
    """The status of an instalment on a day. ``is_noted``: somebody noted that nothing came for it.

    Until then the record only knows that nothing is logged, and does not call it missed.
    """
    match one.status:
        case Status.PAID_ON_TIME:
            return Tag(say("Paid on time"), "s-paid", "good")
        case Status.PAID_LATE:
            return Tag(say("Paid {days} late", days=days(one.days_late)), "s-late", "warn")
        case Status.CLEARED:
            return Tag(say("Cleared, not all by payments"), "s-paid")
        case Status.PART_PAID:
            return Tag(say("Part paid, {days} ago", days=days(one.days_late)), "s-part", "warn")
        case Status.MISSED if not is_noted:
            return Tag(say("Nothing logged yet"), "s-due")
        case Status.MISSED:
            return Tag(say("Missed, {days} ago", days=days(one.days_late)), "s-missed", "off")
        case Status.DUE:
            return Tag(say("Due today") if one.due_on == on else say("Due"), "s-due")
        case Status.NOT_DUE:
            return coming(one.due_on, on=on, is_covered=not one.outstanding)


def coming(due_on: dt.date, *, on: dt.date, is_covered: bool = False) -> Tag:
    """The status of an instalment still to come."""
    words = say("Due in {days}", days=days((due_on - on).days))
    return (
        Tag(say("Paid ahead, {words}", words=words[0].lower() + words[1:]), "s-paid", "good")
        if is_covered
        else Tag(words, "s-due")
    )
