"""Read what decides which ways of collecting are open in a case."""

import datetime as dt
from typing import TYPE_CHECKING

from arrears import queries as money
from arrears.core.in_force import service_on
from arrears.core.ledger import known
from arrears.core.orders import buckets
from arrears.core.plan_review import review
from arrears.core.position import position
from cases.core.facts import Nation
from correspondence.core.enforcement import Situation, plan_is_kept
from correspondence.queries.events import standing_events

if TYPE_CHECKING:
    from cases.models import Case


def situation_of(case: "Case", *, on: dt.date) -> Situation:
    """What decides on the day ``on``, by what is known that day."""
    facts, nation = money.facts_for(case), Nation(case.nation)
    at, seen = position(facts, on=on, known_on=on), known(facts, on)
    latest = max((one for one in seen.orders if one.granted_on <= on), key=lambda one: one.to_on, default=None)
    period = service_on(seen, on)
    return Situation(
        on=on,
        nation=nation,
        owed=at.outstanding,
        new_arrears=buckets(facts, latest, at=at).after if latest is not None else 0,
        service=period.type if period is not None else None,
        plan_is_kept=plan_is_kept(review(facts, on=on, known_on=on, nation=nation)) if seen.plans else False,
        events=standing_events(case.pk),
        orders=tuple(seen.orders),
    )
