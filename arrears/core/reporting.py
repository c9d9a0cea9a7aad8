"""Which missed Direct Pay payments are news to CMS: Today counts these, and the letter begins with them.

The window is our own measure. Older ones still stand in the figure, and can still be added to a letter.
"""

import datetime as dt

from arrears.core.facts import CaseFacts
from arrears.core.in_force import service_on
from arrears.core.ledger import known
from arrears.core.results import Instalment, Position
from cases.core.facts import ServiceType


def report_from(on: dt.date) -> dt.date:
    """The first due date that a report made on a day begins with: the first of the same month last year."""
    return dt.date(on.year - 1, on.month, 1)


def to_report(facts: CaseFacts, at: Position) -> tuple[Instalment, ...]:
    """The Direct Pay instalments since ``report_from`` that did not come in full, oldest first.

    Only those of which the record speaks: something came for them, or somebody noted that nothing did.
    """
    seen = known(facts, at.known_on)
    noted = {observation.due_on for observation in seen.observations}
    return tuple(
        one
        for one in at.instalments
        if one.is_short
        and one.due_on >= report_from(at.on)
        and (one.due_on in noted or one.has_money)
        and (service := service_on(seen, one.due_on)) is not None
        and service.type is ServiceType.DIRECT_PAY
    )
