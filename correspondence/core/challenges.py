"""The two ways to challenge CMS, kept apart, as state machines: where a matter stands and what may come next.

A decision about the amount goes to a mandatory reconsideration and a tribunal. How somebody was
treated goes to a complaint, the Independent Case Examiner and, through an MP, an ombudsman. Where a
matter stands follows from its steps alone, in the order of their days, so that the order in which
they were entered never matters. The time limits follow from the steps too (``windows``): no row of
their own holds them.

Sources: domain, section 6; ``challenge_data.toml`` names them for each stage.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from arrears.core.case_values import ClockKind
from arrears.core.challenge_values import ChallengeAbout as About
from arrears.core.challenge_values import ChallengeStepKind as Kind
from cases.core.facts import Decision, Nation, StruckOut


class State(StrEnum):
    """Where a matter stands."""

    BEGUN = "begun"
    RECONSIDERATION = "reconsideration"
    LATE_REFUSED = "late_refused"
    NOTICE = "notice"
    TRIBUNAL = "tribunal"
    TRIBUNAL_DECIDED = "tribunal_decided"
    COMPLAINED = "complained"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    FINAL_ANSWER = "final_answer"
    EXAMINER = "examiner"
    EXAMINER_REFUSED = "examiner_refused"
    EXAMINER_REPORTED = "examiner_reported"
    REFERRAL = "referral"
    OMBUDSMAN = "ombudsman"
    OMBUDSMAN_DECIDED = "ombudsman_decided"
    PUT_RIGHT = "put_right"
    STOPPED = "stopped"


ENDED = frozenset({State.TRIBUNAL_DECIDED, State.OMBUDSMAN_DECIDED, State.PUT_RIGHT, State.STOPPED})

#: Steps that change nothing of where a matter stands: an MP may be asked for help at any time.
ASIDE = frozenset({Kind.MP_TOLD, Kind.MP_ANSWERED})
_CLOSING = {Kind.PUT_RIGHT: State.PUT_RIGHT, Kind.STOPPED: State.STOPPED}

# Somebody who starts this record in the middle may begin with what came last: an answer means a complaint.
_MOVES: Mapping[About, Mapping[State, Mapping[Kind, State]]] = {
    About.DECISION: {
        State.BEGUN: {Kind.RECONSIDERATION_ASKED: State.RECONSIDERATION, Kind.NOTICE_RECEIVED: State.NOTICE},
        State.RECONSIDERATION: {Kind.NOTICE_RECEIVED: State.NOTICE, Kind.RECONSIDERATION_LATE: State.LATE_REFUSED},
        State.LATE_REFUSED: {Kind.RECONSIDERATION_ASKED: State.RECONSIDERATION, Kind.NOTICE_RECEIVED: State.NOTICE},
        State.NOTICE: {Kind.APPEALED: State.TRIBUNAL},
        State.TRIBUNAL: {Kind.TRIBUNAL_DECIDED: State.TRIBUNAL_DECIDED},
    },
    About.SERVICE: {
        State.BEGUN: {
            Kind.COMPLAINED: State.COMPLAINED,
            Kind.ANSWERED: State.ANSWERED,
            Kind.FINAL_ANSWER: State.FINAL_ANSWER,
        },
        State.COMPLAINED: {
            Kind.ANSWERED: State.ANSWERED,
            Kind.ESCALATED: State.ESCALATED,
            Kind.FINAL_ANSWER: State.FINAL_ANSWER,
        },
        State.ANSWERED: {Kind.ESCALATED: State.ESCALATED, Kind.FINAL_ANSWER: State.FINAL_ANSWER},
        State.ESCALATED: {Kind.FINAL_ANSWER: State.FINAL_ANSWER, Kind.ANSWERED: State.ANSWERED},
        State.FINAL_ANSWER: {Kind.EXAMINER_ASKED: State.EXAMINER, Kind.FINAL_ANSWER: State.FINAL_ANSWER},
        State.EXAMINER: {
            Kind.EXAMINER_REPORTED: State.EXAMINER_REPORTED,
            Kind.EXAMINER_REFUSED: State.EXAMINER_REFUSED,
        },
        State.EXAMINER_REFUSED: {Kind.FINAL_ANSWER: State.FINAL_ANSWER, Kind.EXAMINER_ASKED: State.EXAMINER},
        State.EXAMINER_REPORTED: {Kind.REFERRAL_ASKED: State.REFERRAL},
        State.REFERRAL: {Kind.OMBUDSMAN_HAS_IT: State.OMBUDSMAN},
        State.OMBUDSMAN: {Kind.OMBUDSMAN_DECIDED: State.OMBUDSMAN_DECIDED},
    },
}
_PLACE = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSeen:
    """A step on the record, with the letter and the contact that it came with."""

    id: uuid.UUID
    kind: Kind
    on: dt.date
    letter_id: uuid.UUID | None = None
    contact_id: uuid.UUID | None = None
    entered_on: dt.date | None = None
    note: str = ""
    struck_out: StruckOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeSeen:
    """A challenge on the record. ``decision`` is the one that it is about, as it stands in the record."""

    id: uuid.UUID
    case_id: uuid.UUID
    about: About
    what: str
    known_on: dt.date
    decision: Decision | None = None
    steps: Sequence[StepSeen] = ()
    entered_on: dt.date | None = None
    note: str = ""
    struck_out: StruckOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that was taken, and the state that it led to (for a step aside: the same as before)."""

    step: StepSeen
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Where a matter stands, how it came there, and the steps that follow on nothing.

    A step follows on nothing where one before it was struck out, or came in with a file.
    """

    state: State
    taken: tuple[Taken, ...]
    misfits: tuple[StepSeen, ...]

    @property
    def is_open(self) -> bool:
        """Whether anything can still follow."""
        return self.state not in ENDED

    @property
    def last_on(self) -> dt.date | None:
        """The day of the latest step that counts."""
        return self.taken[-1].step.on if self.taken else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A time limit that a step opened: what it counts from, and the day on which another step closed it.

    ``key`` is that of the step, or of the challenge where it runs from the beginning.
    """

    key: uuid.UUID
    kind: ClockKind
    dated_on: dt.date | None
    reached_on: dt.date | None
    entered_on: dt.date | None
    letter_id: uuid.UUID | None = None
    closed_on: dt.date | None = None
    closed_by: uuid.UUID | None = None


def walk(challenge: ChallengeSeen) -> Walk:
    """Where a matter stands after all of its steps that are not struck out, in the order of their days."""
    state, taken, misfits = State.BEGUN, [], []
    for step in sorted(_standing(challenge.steps), key=in_order):
        after = _after(challenge.about, state, step.kind)
        if after is None:
            misfits.append(step)
            continue
        state = after
        taken.append(Taken(step=step, state=state))
    return Walk(state=state, taken=tuple(taken), misfits=tuple(misfits))


def in_order(step: StepSeen) -> tuple[dt.date, int, str]:
    """What orders steps: the day, then the route's own order, then what never changes."""
    return step.on, _PLACE[step.kind], str(step.id)


def allowed(about: About, state: State) -> tuple[Kind, ...]:
    """The steps that may follow: those along the route first, then those that end it, then an MP's help."""
    if state in ENDED:
        return ()
    return (*_MOVES[about][state], *_CLOSING, Kind.MP_TOLD, Kind.MP_ANSWERED)


def belongs(about: About, kind: Kind) -> bool:
    """Whether a step of this kind is ever taken on this route."""
    return kind in ASIDE or kind in _CLOSING or any(kind in moves for moves in _MOVES[about].values())


def states(about: About) -> tuple[State, ...]:
    """Every state of a route, the beginning first."""
    return (*_MOVES[about], *(state for state in State if state in _ends(about)))


def windows(challenge: ChallengeSeen, *, nation: Nation) -> list[Window]:
    """The time limits that the steps opened, in order; at most the last one is not closed."""
    found: list[Window] = []
    opened = _opened(challenge, State.BEGUN, None, nation=nation)
    if opened:
        found.append(opened)
    for taken in walk(challenge).taken:
        if taken.step.kind in ASIDE:
            continue
        opened = _opened(challenge, taken.state, taken.step, nation=nation)
        last = found[-1] if found and found[-1].closed_by is None else None
        if last and opened and _counts(last) == _counts(opened):
            continue  # the same time goes on
        if last:
            found[-1] = replace(last, closed_on=taken.step.on, closed_by=taken.step.id)
        if opened:
            found.append(opened)
    return found


def latest_of(challenges: Iterable[ChallengeSeen]) -> dict[About, ChallengeSeen]:
    """The matter of each route that has the latest step; one that is open comes before all that are over."""
    latest: dict[About, tuple[tuple[bool, dt.date, str], ChallengeSeen]] = {}
    for one in challenges:
        if one.struck_out is not None:
            continue
        at = walk(one)
        place = (at.is_open, at.last_on or one.known_on, str(one.id))
        if one.about not in latest or place > latest[one.about][0]:
            latest[one.about] = (place, one)
    return {about: one for about, (_, one) in latest.items()}


def standing_of(challenges: Iterable[ChallengeSeen]) -> dict[About, State]:
    """Where each route stands: its open matter with the latest step, else the latest one."""
    return {about: walk(one).state for about, one in latest_of(challenges).items()}


def _standing(steps: Iterable[StepSeen]) -> list[StepSeen]:
    return [one for one in steps if one.struck_out is None]


def _after(about: About, state: State, kind: Kind) -> State | None:
    """The state after a step, or None where it cannot follow."""
    if state in ENDED:
        return None
    if kind in ASIDE:
        return state
    return _CLOSING.get(kind) or _MOVES[about][state].get(kind)


def _ends(about: About) -> frozenset[State]:
    own = {after for moves in _MOVES[about].values() for after in moves.values()}
    return frozenset((own & ENDED) | set(_CLOSING.values()))


def _opened(challenge: ChallengeSeen, state: State, step: StepSeen | None, *, nation: Nation) -> Window | None:
    """The time that runs in a state; None where nobody has to act, or nobody knows of a limit."""
    kind, dated_on, reached_on = _limit(challenge, state, step, nation=nation)
    if kind is None:
        return None
    return Window(
        key=step.id if step else challenge.id,
        kind=kind,
        dated_on=dated_on,
        reached_on=reached_on,
        entered_on=step.entered_on if step else challenge.entered_on,
        letter_id=step.letter_id if step else None,
    )


def _limit(
    challenge: ChallengeSeen, state: State, step: StepSeen | None, *, nation: Nation
) -> tuple[ClockKind | None, dt.date | None, dt.date | None]:
    """The clock of a state, with the day on the letter (or of sending) and the day that it came."""
    on = step.on if step else None
    match state:
        case State.BEGUN if challenge.about is About.DECISION:
            told = challenge.decision
            if told is not None and told.struck_out is None:
                return ClockKind.RECONSIDERATION, told.decided_on, told.notified_on
            return ClockKind.RECONSIDERATION, None, challenge.known_on
        case State.NOTICE:
            return ClockKind.TRIBUNAL, on, None
        case State.COMPLAINED | State.ESCALATED:
            return ClockKind.COMPLAINT_REPLY, on, None
        case State.FINAL_ANSWER:
            return ClockKind.EXAMINER, None, on
        # Which ombudsman takes a complaint in Northern Ireland, and within what time, we have not verified.
        case State.EXAMINER_REPORTED | State.REFERRAL if nation is not Nation.NORTHERN_IRELAND:
            return ClockKind.OMBUDSMAN, challenge.known_on, None
        case _:
            return None, None, None


def _counts(one: Window) -> tuple[ClockKind, dt.date | None, dt.date | None]:
    return one.kind, one.dated_on, one.reached_on
