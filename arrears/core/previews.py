"""What a fact would change before it is saved: the engine run with it and without it.

Nothing here adds up anything: both sides of every comparison are answers of the engine.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from arrears.core import walk
from arrears.core.facts import CaseFacts, OpeningBalance
from arrears.core.ledger import known
from arrears.core.position import position, upcoming, working
from arrears.core.pots import pots
from arrears.core.results import Due, Entry, Kind, Part, Position
from arrears.core.schedule import UNITS, full_units
from cases.core.facts import Decision, Frequency, Schedule, ServicePeriod, StruckOut
from cms_tracker.money import round_half_up

_Fact = TypeVar("_Fact", bound=Any)
_LOOK_AHEAD = 60  # more than a year of weekly instalments: a decision may take effect a year ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLetter:
    """What the first decision letter says, all of which is saved together or not at all."""

    decision: Decision
    service: ServicePeriod
    schedule: Schedule
    opening: OpeningBalance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstEffect:
    """What follows from a first letter. Amounts in pence.

    ``full`` is one full instalment, ``first`` the first one that falls due (None: none ever does).
    ``initial`` is what was owed already when the letter came, posted by ``initial.on``, which may
    lie ahead; ``gap`` is its line for the days before the first payment date. ``owed`` is what is
    outstanding on the day of the preview, ``due_by_now`` the instalments that fell due by then.
    """

    full: int
    first: Due | None
    initial: Entry | None
    gap: Part | None
    owed: int
    due_by_now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEffect:
    """What a later decision changes. Amounts in pence.

    ``recalculation`` is the entry it posts for amounts already asked for (None: there is none),
    ``changed`` how many instalments that entry changes, ``gap`` whether it also changes the days
    before the first payment date. ``first_changed`` is the first instalment still to come whose
    amount differs, ``steady`` the first one that is wholly under the decision. ``ends`` says that
    nothing falls due any more; ``last`` is then the last instalment still to come, if any.
    """

    recalculation: Entry | None
    parts: tuple[Part, ...]
    changed: int
    gap: bool
    first_changed: Due | None
    steady: Due | None
    ends: bool
    last: Due | None
    owed_before: int
    owed_after: int

    @property
    def taken_off(self) -> int:
        """What the recalculation takes off, as a positive amount; 0 where it adds."""
        return max(0, -self.recalculation.amount) if self.recalculation else 0


class PotChange(NamedTuple):
    """What is in one pot, in pence, with a fact and without it; ``pot``: "fees", "charges" or "consolatory"."""

    pot: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeEffect:
    """What is owed and in credit on a day with a fact and without it, in pence.

    ``apart`` are the pots of money that is no arrears and that it changes: unpaid collection fees,
    what is left of enforcement charges, and consolatory payments.
    """

    on: dt.date
    owed_before: int
    owed_after: int
    credit_before: int
    credit_after: int
    apart: tuple[PotChange, ...]

    @property
    def changes_nothing(self) -> bool:
        """Say whether what is owed and in credit stays as it is."""
        return (self.owed_before, self.credit_before) == (self.owed_after, self.credit_after)


def full_instalment(decision: Decision, frequency: Frequency) -> int:
    """One full instalment under a decision in whole pence, rounded once (rules section 2)."""
    return round_half_up(Fraction(full_units(decision, frequency), UNITS))


def with_first_letter(facts: CaseFacts, letter: FirstLetter) -> CaseFacts:
    """The facts of a case as they would be with this letter recorded."""
    return dataclasses.replace(
        facts,
        decisions=(*facts.decisions, letter.decision),
        services=(*facts.services, letter.service),
        schedules=(*facts.schedules, letter.schedule),
        openings=facts.openings if letter.opening is None else (*facts.openings, letter.opening),
    )


def first_effect(facts: CaseFacts, letter: FirstLetter, *, on: dt.date) -> FirstEffect:
    """What would follow from recording a first letter on the day ``on``."""
    after = with_first_letter(facts, letter)
    first_due_on, decision = letter.schedule.first_due_on, letter.decision
    settled = max(on, first_due_on, decision.notified_on)
    entry = _entry_of(after, decision, Kind.INITIAL, on=settled)
    parts = working(after, entry, on=settled, known_on=settled) if entry else ()
    first = upcoming(after, after=first_due_on - dt.timedelta(days=1), known_on=settled, count=1)
    now = position(after, on=on, known_on=on)
    return FirstEffect(
        full=full_instalment(decision, letter.schedule.frequency),
        first=first[0] if first else None,
        initial=entry,
        gap=next((part for part in parts if part.due_on is None), None),
        owed=now.outstanding,
        due_by_now=len(now.instalments),
    )


def decision_effect(facts: CaseFacts, decision: Decision, *, on: dt.date) -> DecisionEffect:
    """What would change if a later decision were recorded on the day ``on``."""
    after = dataclasses.replace(facts, decisions=(*facts.decisions, decision))
    starts = [one.first_due_on for one in known(after, on).schedules]
    settled = max([on, decision.notified_on, *([min(starts)] if starts else [])])
    entry = _entry_of(after, decision, Kind.RECALCULATION, on=settled)
    parts = working(after, entry, on=settled, known_on=settled) if entry else ()
    was = {due.due_on: due for due in upcoming(facts, after=on, known_on=on, count=_LOOK_AHEAD)}
    will = upcoming(after, after=on, known_on=on, count=_LOOK_AHEAD)
    ends = len(will) < _LOOK_AHEAD <= len(was)
    return DecisionEffect(
        recalculation=entry,
        parts=parts,
        changed=sum(1 for part in parts if part.due_on is not None),
        gap=any(part.due_on is None for part in parts),
        first_changed=next((due for due in will if was.get(due.due_on) != due), None),
        steady=next((due for due in will if due.due_on >= decision.effective_on), None),
        ends=ends,
        last=will[-1] if ends and will else None,
        owed_before=position(facts, on=on, known_on=on).outstanding,
        owed_after=position(after, on=on, known_on=on).outstanding,
    )


def strike_effect(facts: CaseFacts, fact_id: str, *, on: dt.date) -> StrikeEffect:
    """What striking out a fact would change on the day ``on``."""
    struck = without(facts, fact_id, on=on)
    before, after = position(facts, on=on, known_on=on), position(struck, on=on, known_on=on)
    amounts = zip(_POTS, _apart(facts, before), _apart(struck, after), strict=True)
    return StrikeEffect(
        on=on,
        owed_before=before.outstanding,
        owed_after=after.outstanding,
        credit_before=before.credit,
        credit_after=after.credit,
        apart=tuple(PotChange(pot, was, will) for pot, was, will in amounts if was != will),
    )


_POTS = ("fees", "charges", "consolatory")


def _apart(facts: CaseFacts, at: Position) -> tuple[int, int, int]:
    found = pots(known(facts, at.known_on), at)
    return found.fees.outstanding, found.charges.left, found.consolatory


def without(facts: CaseFacts, fact_id: str, *, on: dt.date) -> CaseFacts:
    """The facts of a case with one of them struck out on the day ``on``."""
    struck = StruckOut(on=on, reason="-")

    def strike(fact: _Fact) -> _Fact:
        return dataclasses.replace(fact, struck_out=struck) if fact.id == fact_id else fact

    return walk.changed(facts, strike)


def _entry_of(facts: CaseFacts, decision: Decision, kind: Kind, *, on: dt.date) -> Entry | None:
    """The entry of a kind that a decision posts by a day, if it posts one that is not nil."""
    entries = position(facts, on=on, known_on=on).others
    return next((one for one in entries if one.kind is kind and one.fact_id == decision.id and one.amount), None)
