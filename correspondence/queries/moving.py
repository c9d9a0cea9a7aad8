"""Read where a case stands between the services, and what moving would cost."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arrears import queries as arrears
from arrears.core import service_fees, transit
from arrears.core.ledger import known
from arrears.core.position import position
from cases.core.facts import Nation
from correspondence.core import moving
from correspondence.queries.events import standing_events

if TYPE_CHECKING:
    from cases.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingOf:
    """One case between the services on a day: the standing, the fees, what is owed (pence), and money that is late."""

    standing: moving.Moving
    fees: service_fees.Comparison | None
    owed: int
    late: tuple[transit.Sum, ...]


def moving_of(case: "Case", *, on: dt.date) -> MovingOf:
    """Where one case stands on the day ``on``, by what is known then."""
    facts = arrears.facts_for(case)
    seen, at = known(facts, on), position(facts, on=on, known_on=on)
    return MovingOf(
        standing=moving.standing(seen, at, standing_events(case.pk)),
        fees=service_fees.compare(seen, on=on),
        owed=at.outstanding,
        late=transit.late(seen, on=on, nation=Nation(case.nation)),
    )
