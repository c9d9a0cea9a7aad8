"""Which steps a claim, a settlement or a plan can have, and which of them move the balance.

A closed table: the case file, the forms and the database's checks all read it.
"""

from collections.abc import Mapping

from arrears.core.facts import Plan
from arrears.core.other_facts import Claim, Settlement, StepKind

Subject = type[Plan] | type[Claim] | type[Settlement]

STEPS_OF: Mapping[Subject, tuple[StepKind, ...]] = {
    Claim: (StepKind.CONFIRMED, StepKind.DENIED, StepKind.ACCEPTED, StepKind.REFUSED, StepKind.WITHDRAWN),
    Settlement: (StepKind.CONSENTED, StepKind.REFUSED, StepKind.AGREED, StepKind.PAID, StepKind.CANCELLED),
    Plan: (
        StepKind.VARIED, StepKind.BROKEN, StepKind.COMPLETED, StepKind.ENDED, StepKind.APPEALED,
    ),
}  # fmt: skip

_MOVES_MONEY: Mapping[Subject, frozenset[StepKind]] = {
    Claim: frozenset({StepKind.ACCEPTED, StepKind.WITHDRAWN}),
    Settlement: frozenset({StepKind.AGREED, StepKind.CANCELLED}),
    Plan: frozenset(),
}


def with_amount(of: Subject, kind: StepKind) -> bool:
    """Say whether such a step names an amount, which moves the balance."""
    return kind in _MOVES_MONEY[of]
