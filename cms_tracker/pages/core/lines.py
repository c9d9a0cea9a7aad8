"""A row of an adviser's list as its page writes it: each word, day and amount is made once, a template places them.

There are twenty-five on a page. A template that asks for each part and translates as it goes takes twice as long.
"""

from typing import TypedDict

from cases.core.facts import Perspective
from cases.core.safe_contact import ContactMark
from cms_tracker.days import day, days
from cms_tracker.language import say, say_count
from cms_tracker.money import pounds
from cms_tracker.pages.core.worklist import Row


class Line(TypedDict):
    """What one row says; an empty text where it does not say it. Nothing in it is marked up.

    ``mark``, ``shape`` and ``tone`` are of the reason to act, ``reach_shape`` of how the person may be
    reached; ``naming`` leads to where a record without a name is named. The keys are looked up by a
    template, which finds those of a dict soonest.
    """

    case_id: str
    address: str
    naming: str
    mark: str
    shape: str
    tone: str
    title: str
    called: str
    ending: str
    detail: str
    also: str
    reach_shape: str
    reach_title: str
    reach_words: str
    contact: str
    who: str
    side: str
    owed: str
    ahead: str
    next: str
    next_title: str
    oldest: str
    oldest_is: str


def line(row: Row, reach: ContactMark, *, address: str, naming: str) -> Line:
    """Write a row. ``address`` leads to the record, ``naming`` to where it is given a name."""
    said, short, coming, also = row.said, row.oldest_missed, row.next, row.also
    parent = say("Paying parent") if row.side is Perspective.PAYING else say("Receiving parent")
    ending = say("ending {reference}", reference=row.reference[-4:])
    children = say_count("{count} child", "{count} children", row.children)
    return Line(
        case_id=str(row.case_id),
        address=address,
        naming="" if row.name else naming,
        mark=said.mark,
        shape=said.shape,
        tone=said.tone,
        title=said.title,
        called=f"{row.name} {ending}",
        ending=ending,
        detail=said.detail,
        also=say("Also: {reasons}.", reasons=", ".join(also)) if also else "",
        reach_shape=reach.shape,
        reach_title=reach.title,
        reach_words=reach.words if reach.words != reach.title else "",
        contact=say("Last contact: {on}.", on=day(row.contact_on)) if row.contact_on else say("No contact logged."),
        who=row.name or parent,
        side=say("{parent}, {children}", parent=parent, children=children) if row.name else children,
        owed=pounds(row.owed),
        ahead=say("({ahead} paid ahead)", ahead=pounds(row.ahead)) if row.ahead and not row.owed else "",
        next=day(coming.on) if coming else "",
        next_title=coming.title if coming else "",
        oldest=f"{day(short.due_on)}, {days(row.days_late)}" if short else "",
        oldest_is=say("Oldest missed") if row.is_oldest_noted else say("Oldest not logged"),
    )
