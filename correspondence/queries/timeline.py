"""Read one record as a timeline: facts and figures through the lower apps, words through the core."""

import datetime as dt
from typing import TYPE_CHECKING

from arrears import queries as money_queries
from arrears.core import statements
from arrears.core.ledger import known
from arrears.core.position import position
from correspondence.core import claim_timeline, money_timeline
from correspondence.core.challenge_timeline import challenge_items
from correspondence.core.events import event_items
from correspondence.core.evidence import evidence_items
from correspondence.core.letters.registry import title_of
from correspondence.core.sending import NOT_SENT
from correspondence.core.timeline import Item, LetterSeen, contact_items, letter_items, with_runs
from correspondence.queries.challenges import challenges_of
from correspondence.queries.contacts import contacts_of
from correspondence.queries.events import events_of
from correspondence.queries.evidence import evidence_of
from correspondence.queries.letters import letters_of
from correspondence.queries.sendings import sendings_of

if TYPE_CHECKING:
    from cases.models import Case


def timeline_of(case: "Case", *, on: dt.date) -> list[Item]:
    """Everything in the record by the day ``on``, struck-out entries among it."""
    facts = money_queries.facts_for(case)
    at = position(facts, on=on, known_on=on)
    besides = {one.id: statements.beside(facts, one, known_on=on) for one in known(facts, on).statements}
    sendings = sendings_of([case.pk])
    letters = [
        LetterSeen(
            id=row.pk,
            title=title_of(row.kind),
            dated_on=row.dated_on,
            sending=sendings.get(row.pk, NOT_SENT),
        )
        for row in letters_of(case.pk)
    ]
    return [
        *with_runs(money_timeline.payment_items(facts, at)),
        *money_timeline.decision_items(facts),
        *money_timeline.figure_items(facts, besides),
        *claim_timeline.other_items(facts),
        *event_items(events_of(case.pk)),
        *contact_items(contacts_of(case.pk)),
        *evidence_items(evidence_of(case.pk)),
        *letter_items(letters),
        *challenge_items(challenges_of(case.pk)),
    ]
