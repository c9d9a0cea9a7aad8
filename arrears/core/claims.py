"""Claims: how each one stands, whether CMS can count it, and the balance shown both ways."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from arrears.core import step_checks
from arrears.core.facts import CaseFacts
from arrears.core.in_force import service_on
from arrears.core.other_facts import Claim, ClaimKind, Step, StepKind
from arrears.core.position import position
from arrears.core.results import Position
from arrears.core.schedule import told_order
from cases.core.facts import ServiceType


class ClaimState(StrEnum):
    """What CMS has done with a claim so far."""

    WAITING = "waiting"
    COUNTED = "counted"
    COUNTED_IN_PART = "counted_in_part"
    TURNED_DOWN = "turned_down"
    TAKEN_BACK = "taken_back"


class ClaimStanding(NamedTuple):
    """How a claim stands: the pence that CMS counts, and what the receiving parent said of it, if anything."""

    state: ClaimState
    counted: int
    said: StepKind | None


class Fit(StrEnum):
    """Whether the day of a claim is one on which such money can be claimed at all."""

    FITS = "fits"
    NOT_KNOWN = "not_known"
    NO_DAY = "no_day"
    BEFORE = "before"
    AFTER = "after"
    DIRECT_PAY = "direct_pay"


class Window(NamedTuple):
    """The days on which a voluntary payment counts (CSA 1991 s.28J), both included.

    ``last`` is before ``first`` where the decision was made before its amount took effect: no day counts.
    """

    first: dt.date
    last: dt.date

    @property
    def is_empty(self) -> bool:
        """Say whether no day counts."""
        return self.last < self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class BothWays:
    """The balance as CMS has it, and as it would be if CMS counted every claim that waits, in full.

    Both are whole answers of the engine. ``waiting`` are the claims that make the difference.
    """

    now: Position
    if_counted: Position
    waiting: tuple[Claim, ...]


def standing(claim: Claim) -> ClaimStanding:
    """How a claim stands by its steps. Pass facts as known (``ledger.known``) for what was known then."""
    steps = step_checks.standing(claim.steps)
    counted = step_checks.net(steps)
    kinds = {one.kind for one in steps}
    said = [one.kind for one in steps if one.kind in {StepKind.CONFIRMED, StepKind.DENIED}]
    if counted:
        state = ClaimState.COUNTED if counted == claim.amount else ClaimState.COUNTED_IN_PART
    elif StepKind.REFUSED in kinds:
        state = ClaimState.TURNED_DOWN
    else:
        state = ClaimState.TAKEN_BACK if StepKind.WITHDRAWN in kinds else ClaimState.WAITING
    return ClaimStanding(state, counted, said[-1] if said else None)


def window(seen: CaseFacts) -> Window | None:
    """From the first effective date to the day on which the first calculation was made; None without one.

    Only money paid then can be a voluntary payment. ``seen`` are facts as known.
    """
    if not seen.decisions:
        return None
    first = min(seen.decisions, key=told_order)
    start = min(one.effective_on for one in seen.decisions)
    return Window(start, first.decided_on)


def fit(seen: CaseFacts, claim: Claim) -> Fit:
    """Say whether money paid on that day can be claimed so; it is CMS that decides."""
    if claim.kind is ClaimKind.VOLUNTARY_PAYMENT:
        days = window(seen)
        if days is None:
            return Fit.NOT_KNOWN
        if days.is_empty:
            return Fit.NO_DAY
        return Fit.BEFORE if claim.paid_on < days.first else Fit.AFTER if claim.paid_on > days.last else Fit.FITS
    service = service_on(seen, claim.paid_on)
    if service is None:
        return Fit.NOT_KNOWN
    return Fit.DIRECT_PAY if service.type is ServiceType.DIRECT_PAY else Fit.FITS


def is_only_direct_pay(seen: CaseFacts) -> bool:
    """Say whether the case was never on Collect and Pay, by the services on record: no direct payment is a claim."""
    return bool(seen.services) and all(one.type is ServiceType.DIRECT_PAY for one in seen.services)


def waiting(claims: Sequence[Claim], *, on: dt.date) -> tuple[Claim, ...]:
    """The claims for money paid by a day that CMS has not answered."""
    return tuple(one for one in claims if one.paid_on <= on and standing(one).state is ClaimState.WAITING)


def both_ways(facts: CaseFacts, seen: CaseFacts, *, on: dt.date, known_on: dt.date) -> BothWays:
    """The balance on a day, and what it would be had CMS counted every waiting claim in full that day.

    ``seen`` are the facts as known on ``known_on``: only a claim that is known can wait.
    """
    found = waiting(seen.claims, on=on)
    ids = {one.id for one in found}
    accepted = tuple(_counted(one, on, known_on) if one.id in ids else one for one in facts.claims)
    now = position(facts, on=on, known_on=known_on)
    if_counted = position(replace(facts, claims=accepted), on=on, known_on=known_on) if found else now
    return BothWays(now=now, if_counted=if_counted, waiting=found)


def _counted(claim: Claim, on: dt.date, known_on: dt.date) -> Claim:
    step = Step(kind=StepKind.ACCEPTED, on=on, recorded_on=known_on, amount=claim.amount, id=f"{claim.id} if counted")
    return replace(claim, steps=(*claim.steps, step))
