"""The steps of a claim or a settlement, line by line."""

from collections.abc import Iterable
from typing import NamedTuple

from arrears.core import step_words
from arrears.core.other_facts import Step


class StepLine(NamedTuple):
    """One step in words; ``step`` has its day, its note and its strike-out."""

    text: str
    step: Step


def lines(steps: Iterable[Step]) -> list[StepLine]:
    """Every step, oldest first, struck-out ones among them."""
    ordered = sorted(steps, key=lambda one: (one.on, one.recorded_on, one.id))
    return [StepLine(step_words.sentence(one), one) for one in ordered]
