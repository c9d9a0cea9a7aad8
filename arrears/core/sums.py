"""The few sums that a balance is made of: what fell due, what was paid, what was taken off."""

from typing import NamedTuple

from arrears.core.results import Position


class Sums(NamedTuple):
    """How a balance comes about, in pence: due - taken_off - paid + to_fees = outstanding - credit.

    ``due`` is everything that was ever put on; ``taken_off`` what was taken off without a payment: by a
    decision that lowered, a claim that CMS counts, a settlement, a set-off, a write-off. Neither makes
    the other smaller. ``paid`` is what the payments count for, and ``to_fees`` what of it went to
    collection fees that have fallen due (below nothing where more came back from them).
    ``restated_due`` is ``due``, had every decision been known from the start.
    """

    due: int
    paid: int
    taken_off: int
    to_fees: int
    restated_due: int


def sums(at: Position) -> Sums:
    """The sums of a position."""
    taken_off = sum(-one.amount for one in at.others if one.amount < 0)
    by_decisions = sum(-one.amount for one in at.others if one.amount < 0 and one.notified_on)
    return Sums(
        due=at.due + taken_off,
        paid=at.paid,
        taken_off=taken_off,
        to_fees=at.fees_due - at.fees_outstanding,
        restated_due=at.restated_due + taken_off - by_decisions,
    )
