"""An illustration beside the decision in force: how far apart they are, and whether that is worth asking about."""

import datetime as dt
from dataclasses import dataclass

from arrears.core import rates
from arrears.core.estimate.values import Estimate
from arrears.core.facts import CaseFacts
from arrears.core.in_force import decision_on
from arrears.core.ledger import known
from arrears.core.rate_values import Scale
from cases.core.facts import Decision, Scheme

PENNIES_OF_ROUNDING = 1  # CMS's own rounding is not published: a penny is no difference to speak of


@dataclass(frozen=True, slots=True)
class Beside:
    """The decision, what the illustration gives for this case, and the difference (decision less illustration).

    All in pence a week. ``default`` is the rule for default decisions where the decision is for just
    its amount: CMS then may have had no income to go by.
    """

    decision: Decision
    illustrated: int
    difference: int
    default: Scale | None

    @property
    def agrees(self) -> bool:
        """Say whether the two are the same but for a penny of rounding."""
        return abs(self.difference) <= PENNIES_OF_ROUNDING


def decision_in_force(facts: CaseFacts, *, on: dt.date) -> Decision | None:
    """The decision in force on a day, by what is known then; None where none has begun."""
    return decision_on(known(facts, on), on)


def beside(decision: Decision, found: Estimate, *, parent: str, children: int) -> Beside:
    """Put a decision beside what the illustration gives the receiving parent of the case.

    ``children`` is how many there are to pay for, with all receiving parents.
    """
    illustrated = next((one.weekly for one in found.shares if one.parent == parent), 0)
    default = rates.on(decision.effective_on).scale("default_decision")
    is_default = decision.weekly == default.by_count(children) * 100
    return Beside(decision, illustrated, decision.weekly - illustrated, default if is_default else None)


def can_be_illustrated(scheme: Scheme) -> bool:
    """Say whether the rules of this scheme are those that the estimate knows."""
    return scheme is Scheme.CMS_2012


def reconsider_by(decision: Decision) -> dt.date:
    """The last day on which mandatory reconsideration of a decision can surely be asked for."""
    days = rates.on(decision.notified_on).reconsideration_days.value
    return decision.notified_on + dt.timedelta(days=int(days))
