"""What a person is told beside a report of missed payments before it is made.

The letter states facts as the person's own: which of them were only worked out here, and what of
the balance is not in it. Nothing here goes on paper.
"""

from dataclasses import dataclass

from arrears.core.facts import CaseFacts
from arrears.core.in_force import decision_on
from arrears.core.ledger import known
from arrears.core.results import Position
from correspondence.core.letters.missed_payments import MissedPayments


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Amounts in pence, on the day of the letter.

    ``owed`` is what the record shows; ``no_payment`` what of it did not come from a payment date,
    ``left_out`` what of it is short on payment dates that are not in the letter. ``worked_out`` are
    the amounts that no decision stated, each once. ``is_from_decision``: Direct Pay is recorded
    from the very day that the first decision counts from, which nobody may ever have said.
    """

    owed: int
    no_payment: int
    left_out: int
    worked_out: tuple[int, ...]
    is_from_decision: bool


def beside(facts: CaseFacts, position: Position, missed: MissedPayments) -> Beside:
    """Compare a report with the record that it was drafted from."""
    seen = known(facts, position.known_on)
    no_payment = sum(entry.outstanding for entry in position.others)
    stated = ((row.due, decision_on(seen, row.due_on)) for row in missed.rows)
    amounts = (due for due, decision in stated if decision is None or decision.instalment is None)
    first = min((decision.effective_on for decision in seen.decisions), default=None)
    return Beside(
        owed=position.outstanding,
        no_payment=no_payment,
        left_out=position.outstanding - no_payment - missed.short,
        worked_out=tuple(dict.fromkeys(amounts)),
        is_from_decision=missed.direct_pay_since == first,
    )
