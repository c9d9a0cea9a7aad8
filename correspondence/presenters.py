"""How letters and their choices are put on a page: labels and steps, no figures of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cms_tracker.days import day
from cms_tracker.money import pounds
from correspondence.core.contacts import ContactSeen
from correspondence.core.drafting import Reportable
from correspondence.core.letter_states import FailureReason, LetterState
from correspondence.core.letters import LETTER_TYPES, LetterKind
from correspondence.core.words import on_one_line

if TYPE_CHECKING:
    from correspondence.models import Letter

_PLACE = {LetterState.QUEUED: 0, LetterState.RENDERING: 1, LetterState.READY: 3, LetterState.FAILED: 1}
_STEPS = ("In the queue", "Being made", "Ready")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the three steps of a letter: ``state`` is done, now or to come."""

    name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A letter as lists and its own page show it."""

    letter: "Letter"
    title: str
    steps: tuple[Step, ...]
    is_waiting: bool
    is_ready: bool
    is_failed: bool
    needs_engine: bool
    posted_how: str


_HOW = {"post": "by post", "tracked": "by tracked post", "online": "in the online account", "by_hand": "by hand"}


def title_of(kind: str) -> str:
    """What a letter is for; a kind from elsewhere is only called a letter."""
    return LETTER_TYPES[LetterKind(kind)].title if kind in set(LetterKind) else "Letter"


def letter_row(letter: "Letter") -> LetterRow:
    """One letter with its steps."""
    state = LetterState(letter.state)
    at = _PLACE[state]
    return LetterRow(
        letter=letter,
        title=title_of(letter.kind),
        steps=tuple(
            Step(name=name, state="done" if place < at else "now" if place == at else "to come")
            for place, name in enumerate(_STEPS)
        ),
        is_waiting=state in {LetterState.QUEUED, LetterState.RENDERING},
        is_ready=state is LetterState.READY,
        is_failed=state is LetterState.FAILED,
        needs_engine=letter.failure == FailureReason.ENGINE_MISSING,
        posted_how=_HOW.get(letter.posted_how, ""),
    )


def instalment_choices(rows: Sequence[Reportable]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The instalments to choose from, ISO day and label: those logged, and those not logged yet."""
    logged = [_instalment(one) for one in reversed(rows) if one.logged]
    unlogged = [_instalment(one) for one in reversed(rows) if not one.logged]
    return logged, unlogged


def call_choices(calls: Sequence[ContactSeen]) -> list[tuple[str, str]]:
    """The calls to choose from, id and label, latest first."""
    return [(str(one.id), _call(one)) for one in calls]


def _instalment(one: Reportable) -> tuple[str, str]:
    row = one.row
    if row.short == row.due:
        return row.due_on.isoformat(), f"{day(row.due_on)}: {pounds(row.due)} was due"
    return row.due_on.isoformat(), f"{day(row.due_on)}: {pounds(row.short)} short of {pounds(row.due)}"


def _call(one: ContactSeen) -> str:
    at = f" at {one.clock}" if one.clock else ""
    who = f", spoke to {on_one_line(one.spoke_to)}" if one.spoke_to else ""
    return f"{day(one.at_date)}{at}{who}"
