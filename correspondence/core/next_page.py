"""What can be done next as a page shows it: the button of each action, and why its letter may have to wait."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from cms_tracker.language import say
from correspondence.core.next_steps import Action, Answer, Refusal


class Shown(NamedTuple):
    """One action on a page. ``button`` makes the task, and the letter where ``has_letter``; empty for a plain link.

    ``waits`` says why its letter cannot be made yet; empty where it can, or where there is none.
    """

    action: Action
    button: str
    has_letter: bool
    waits: str

    @property
    def number(self) -> int:
        """The number that stands for the action in an address, and names its heading on the page."""
        return self.action.rule.number


class Page(NamedTuple):
    """The first few actions, the rest of them, and the refusals."""

    first: tuple[Shown, ...]
    rest: tuple[Shown, ...]
    refusals: tuple[Refusal, ...]


FIRST = 3


def page(answer: Answer, *, sendable: Collection[str], waiting: Mapping[str, str]) -> Page:
    """An answer for a page. ``sendable`` are the letters that can be made today, ``waiting`` says why others cannot."""
    every = tuple(_shown(one, sendable, waiting) for one in answer.actions)
    return Page(every[:FIRST], every[FIRST:], answer.refusals)


def _shown(action: Action, sendable: Collection[str], waiting: Mapping[str, str]) -> Shown:
    rule = action.rule
    has_letter = rule.letter in sendable
    waits = waiting.get(rule.letter, "")
    if not rule.is_task:
        return Shown(action, "", has_letter, waits)
    if has_letter:
        return Shown(action, say("Start this letter, and put it on your list"), has_letter, waits)
    return Shown(action, say("Put this on your list"), has_letter, waits)
