"""The steps of a claim or a settlement, line by line."""

from collections.abc import Iterable
from typing import NamedTuple

from arrears.core import words
from arrears.core.other_facts import Step, StepKind
from cms_tracker.money import pounds

_MOVES = {
    StepKind.ACCEPTED: "CMS counts {}",
    StepKind.WITHDRAWN: "CMS took back {}",
    StepKind.AGREED: "CMS confirmed it. {} is given up",
    StepKind.CANCELLED: "CMS cancelled it. {} is owed again",
}


class StepLine(NamedTuple):
    """One step in words; ``step`` has its day, its note and its strike-out."""

    text: str
    step: Step


def lines(steps: Iterable[Step]) -> list[StepLine]:
    """Every step, oldest first, struck-out ones among them."""
    return [StepLine(line(one), one) for one in sorted(steps, key=lambda one: (one.on, one.recorded_on, one.id))]


def line(step: Step) -> str:
    """One step in a sentence, without its full stop."""
    if step.amount is None:
        return words.STEPS[step.kind]
    return _MOVES[step.kind].format(pounds(step.amount))
