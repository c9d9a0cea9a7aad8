"""How each ending stands in one case on a day: possible, under way, done, or not for this case, and why.

A total answer: whatever a record holds, every ending has one state and at least one sentence for
it. Every figure is the engine's. An event is what was said, and moves no figure.
"""

from collections.abc import Callable, Mapping

from correspondence.core import ending_life, ending_money, ending_notices
from correspondence.core.ending_facts import EndingFacts, EndingStanding
from correspondence.core.endings import EndingCode

_HOW: Mapping[EndingCode, Callable[[EndingFacts], EndingStanding]] = {
    EndingCode.PART_PAYMENT: ending_money.part_payment,
    EndingCode.OFFSET: ending_money.offset,
    EndingCode.COMPENSATION: ending_money.compensation,
    EndingCode.WRITE_OFF: ending_notices.write_off,
    EndingCode.NOT_WANTED: ending_notices.not_wanted,
    EndingCode.DIED: ending_life.died,
    EndingCode.OLD_DEBT: ending_notices.old_scheme,
    EndingCode.CHILD_LEFT: ending_life.child_left,
    EndingCode.CASE_CLOSED: ending_life.case_closed,
    EndingCode.PRIVATE_ARRANGEMENT: ending_life.private_arrangement,
}


def standings(facts: EndingFacts) -> tuple[EndingStanding, ...]:
    """How every ending stands, in the order of ``EndingCode``."""
    return tuple(_HOW[code](facts) for code in EndingCode)


def standing_of(facts: EndingFacts, code: EndingCode) -> EndingStanding:
    """How one ending stands."""
    return _HOW[code](facts)
