"""What the endings of a case follow from, and what is said of one. No figure is worked out here."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from arrears.core.case_values import ClockKind
from arrears.core.event_values import Event, EventKind
from arrears.core.facts import Adjustment, AdjustmentKind, CaseFacts
from cases.core.facts import Nation, Perspective, Scheme
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from correspondence.core.clocks import ClockSeen, Days
from correspondence.core.endings import EndingCode

_PLACES = {kind: place for place, kind in enumerate(EventKind)}


class EndingState(StrEnum):
    """Where an ending stands in a case."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_HERE = "not_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingFacts:
    """What the endings of a case follow from on the day ``on``.

    ``seen`` are the money facts as known that day, ``owed`` what the engine says is owed, in pence,
    and ``owed_at_death`` what it says for the day on which the other parent died. Neither
    ``events`` nor ``clocks`` hold anything that was struck out; their order never changes an answer.
    """

    perspective: Perspective
    nation: Nation
    scheme: Scheme
    on: dt.date
    owed: int
    seen: CaseFacts
    events: Sequence[Event] = ()
    clocks: Sequence[ClockSeen] = ()
    owed_at_death: int = 0

    def last(self, *kinds: EventKind) -> Event | None:
        """The latest event of these kinds, or None; of one day the last in the list of kinds, in whatever order."""
        found = [one for one in self.events if one.kind in kinds and one.on <= self.on]
        return max(found, key=lambda one: (one.on, _PLACES[one.kind], one.amount or 0), default=None)

    def adjusted(self, kind: AdjustmentKind) -> Adjustment | None:
        """The latest adjustment of this kind, or None."""
        found = [one for one in self.seen.adjustments if one.kind is kind and one.on <= self.on]
        return max(found, key=lambda one: (one.on, one.id), default=None)

    def running(self, kind: ClockKind) -> ClockSeen | None:
        """The latest clock of this kind that nobody has ended, or None."""
        found = [one for one in self.clocks if one.kind is kind and one.ending is None]
        return max(found, key=lambda one: one.reached_on or one.dated_on or dt.date.min, default=None)

    def was_closed(self, kind: ClockKind, *, since: dt.date) -> bool:
        """Whether somebody noted on ``since`` or later what became of a clock of this kind."""
        endings = [one.ending for one in self.clocks if one.kind is kind and one.ending is not None]
        return any(since <= one.on <= self.on for one in endings)

    @property
    def death(self) -> Event | None:
        """When the other parent died, where the record says so."""
        return self.last(EventKind.OTHER_PARENT_DIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingStanding:
    """How one ending stands: its state, why in words, and the day, sum (pence) and time limit where it has them.

    ``settlement_id`` names the part payment that it speaks of.
    """

    code: EndingCode
    state: EndingState
    why: str
    on: dt.date | None = None
    amount: int | None = None
    act_by: Days | None = None
    settlement_id: str = ""


def possible(code: EndingCode, why: str, *, on: dt.date | None = None) -> EndingStanding:
    """An ending that somebody can ask for, or that can come."""
    return EndingStanding(code=code, state=EndingState.OPEN, why=why, on=on)


def begun(code: EndingCode, why: str, event: Event) -> EndingStanding:
    """An ending that an event began."""
    return EndingStanding(code=code, state=EndingState.UNDER_WAY, why=why, on=event.on, amount=event.amount)


def done(code: EndingCode, why: str, *, on: dt.date, amount: int | None = None) -> EndingStanding:
    """An ending that has happened."""
    return EndingStanding(code=code, state=EndingState.DONE, why=why, on=on, amount=amount)


def not_here(code: EndingCode, why: str) -> EndingStanding:
    """An ending that this case does not have, and why."""
    return EndingStanding(code=code, state=EndingState.NOT_HERE, why=why)


def nothing_owed(facts: EndingFacts) -> str:
    """Why nothing can end: nothing is owed."""
    return say("Your record shows no arrears on {on}.", on=day(facts.on))


def owed_words(facts: EndingFacts, then: str) -> str:
    """What is owed, and a sentence after it."""
    return say("Your record shows {owed} on {on}.", owed=pounds(facts.owed), on=day(facts.on)) + " " + then


def left_words(facts: EndingFacts, before: str) -> str:
    """A sentence, and what is still owed after it, if anything is."""
    if not facts.owed:
        return before
    return before + " " + say("{owed} is still owed on {on}.", owed=pounds(facts.owed), on=day(facts.on))
