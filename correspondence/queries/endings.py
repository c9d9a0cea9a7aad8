"""Read what the endings of a case follow from."""

import datetime as dt
from typing import TYPE_CHECKING

from arrears import queries as money
from arrears.core.event_values import EventKind
from arrears.core.ledger import known
from arrears.core.position import position
from cases.core.facts import Nation, Perspective, Scheme
from correspondence.core.ending_facts import EndingFacts
from correspondence.core.write_off_notice import Notice, NoticeFinding, check
from correspondence.queries.deadlines import clocks_of
from correspondence.queries.events import standing_events

if TYPE_CHECKING:
    from cases.models import Case


def ending_facts_of(case: "Case", *, on: dt.date) -> EndingFacts:
    """What the endings of this case follow from on the day ``on``, by what is known that day."""
    facts, events = money.facts_for(case), standing_events(case.pk)
    deaths = [one.on for one in events if one.kind is EventKind.OTHER_PARENT_DIED and one.on <= on]
    at_death = position(facts, on=max(deaths), known_on=on).outstanding if deaths else 0
    return EndingFacts(
        perspective=Perspective(case.perspective),
        nation=Nation(case.nation),
        scheme=Scheme(case.scheme),
        on=on,
        owed=position(facts, on=on, known_on=on).outstanding,
        seen=known(facts, on),
        events=events,
        clocks=tuple(one for one in clocks_of(case.pk) if one.struck_out is None),
        owed_at_death=at_death,
    )


def checked_notice(case: "Case", notice: Notice, *, on: dt.date) -> NoticeFinding:
    """A notice beside what it has to say and beside this record, as it is known on the day ``on``."""
    return check(notice, facts=money.facts_for(case), nation=Nation(case.nation), on=on)
