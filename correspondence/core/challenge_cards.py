"""What the page of routes says of each matter: where it stands, what comes next, by when, what is not open yet."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from arrears.core.challenge_values import ChallengeAbout, ChallengeStepKind
from cases.core.facts import Nation, StruckOut
from cms_tracker.language import Words, mark, say
from correspondence.core.challenge_data import Beside, Cited, Closed, Stage, Way, data, stages_of
from correspondence.core.challenge_question import Answer, Which, answer_to
from correspondence.core.challenge_steps import (
    LETTERS_OF,
    NEXT,
    NEXT_IN_NORTHERN_IRELAND,
    ROUTES,
    STAGE_OF,
    STANDS,
    STEPS,
)
from correspondence.core.challenges import (
    ASIDE,
    ENDED,
    ChallengeSeen,
    State,
    StepSeen,
    allowed,
    in_order,
    walk,
    windows,
)
from correspondence.core.deadline_words import Card, Mark
from correspondence.core.deadline_words import card as deadline_card
from correspondence.core.deadlines import of_window


class Reached(StrEnum):
    """How a stage stands for one matter. ``SOON``: it opens by itself if no answer comes in time."""

    DONE = "passed"
    NOW = "at"
    SOON = "soon_open"
    AHEAD = "ahead"


_REACHED = Words(
    {
        Reached.DONE: mark("Behind you"),
        Reached.NOW: mark("You are here"),
        Reached.SOON: mark("Open if no answer comes in time"),
        Reached.AHEAD: mark("Not open yet"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSeen:
    """A stage of the route in one nation, or, without one, in Great Britain.

    ``why_not``: why it is not open yet; empty where it is open or passed. ``says`` are its sentences,
    ``cited`` who says them.
    """

    stage: Stage
    title: str
    reached: Reached
    why_not: str
    says: tuple[str, ...]
    cited: tuple[Cited, ...]

    @property
    def is_closed(self) -> bool:
        """Whether something else has to come first."""
        return self.reached is Reached.AHEAD

    @property
    def stands(self) -> str:
        """How it stands, in a word or two."""
        return _REACHED[self.reached]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A step on the record in words. ``is_misfit``: it follows on nothing that stands before it."""

    step: StepSeen
    title: str
    is_misfit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteCard:
    """One matter as its page shows it.

    ``stands`` is where it stands, ``next`` what comes next or that this is the end. ``deadline`` is the
    time that runs now, in the words of the page of deadlines. ``offers`` are the steps that may be
    added along the route, ``letters`` those that help and can be made now.
    """

    challenge: ChallengeSeen
    about: str
    mark: Mark
    stands: str
    next: str
    deadline: Card | None
    letters: tuple[tuple[str, str], ...]
    offers: tuple[tuple[str, str], ...]
    stages: tuple[StageSeen, ...]
    steps: tuple[StepRow, ...]
    is_open: bool
    struck_out: StruckOut | None


def cards(
    challenges: Iterable[ChallengeSeen], *, nation: Nation, on: dt.date, sendable: Mapping[str, str]
) -> list[RouteCard]:
    """Every matter, open ones first, then by their latest day. ``sendable``: letters that can be made, by code."""
    found = [_card(one, nation=nation, on=on, sendable=sendable) for one in challenges]
    return sorted(found, key=lambda one: (one.struck_out is not None, not one.is_open))


def stages_seen(about: ChallengeAbout, state: State | None, *, nation: Nation | None) -> tuple[StageSeen, ...]:
    """The whole route from where a matter stands; None: nothing has begun."""
    stages = stages_of(about)
    codes = [one.code for one in stages]
    here = STAGE_OF.get((about, state)) if state else codes[0]
    at = codes.index(here) if here else len(codes)
    seen = []
    for place, one in enumerate(stages):
        reached = _reached(place, at, state)
        says, cited = _said(one, nation)
        before = one.before_in(nation) if nation else one.before
        seen.append(
            StageSeen(
                stage=one,
                title=one.title_in(nation) if nation else one.title,
                reached=reached,
                why_not=before if reached in {Reached.SOON, Reached.AHEAD} else "",
                says=says,
                cited=cited,
            )
        )
    return tuple(seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSeen:
    """One route as the page of the question shows it. ``besides`` are facts that stand beside its times."""

    about: str
    stages: tuple[StageSeen, ...]
    besides: tuple[Beside, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """What follows from an answer to the question: the routes, or what nobody can appeal and what is open instead."""

    answer: Answer
    routes: tuple[RouteSeen, ...]
    closed: tuple[Closed, ...]
    ways: tuple[Way, ...]


def question_page(which: Which, *, nation: Nation | None) -> QuestionPage:
    """What the page says of an answer; without a nation, that of Great Britain with what differs beside it."""
    answer = answer_to(which)
    found = data()
    return QuestionPage(
        answer=answer,
        routes=tuple(
            RouteSeen(
                about=ROUTES[about],
                stages=stages_seen(about, None, nation=nation),
                besides=tuple(one for one in found.besides if one.route is about),
            )
            for about in answer.routes
        ),
        closed=() if answer.routes else found.closed,
        ways=() if answer.routes else found.ways,
    )


def what_next(about: ChallengeAbout, state: State, *, nation: Nation) -> str:
    """The next step in one or two sentences, or an honest end."""
    if nation is Nation.NORTHERN_IRELAND and (about, state) in NEXT_IN_NORTHERN_IRELAND:
        return NEXT_IN_NORTHERN_IRELAND[about, state]
    return NEXT[about, state]


def _reached(place: int, at: int, state: State | None) -> Reached:
    if place <= at:
        return Reached.DONE if place < at else Reached.NOW
    return Reached.SOON if state is State.COMPLAINED and place == at + 1 else Reached.AHEAD


def _said(one: Stage, nation: Nation | None) -> tuple[tuple[str, ...], tuple[Cited, ...]]:
    """What is said of a stage, and by whom. What has another name in this nation is another body."""
    said = (one.does, one.cannot) if one.cannot else (one.does,)
    differs = one.differs_in(nation) if nation else None
    if differs is None:
        return said, (one.cited,)
    if differs.title:
        return (differs.text,), (differs.cited,)
    return (*said, differs.text), (one.cited, differs.cited)


def _card(one: ChallengeSeen, *, nation: Nation, on: dt.date, sendable: Mapping[str, str]) -> RouteCard:
    at = walk(one)
    is_open = at.is_open and one.struck_out is None
    misfits = {step.id for step in at.misfits}
    return RouteCard(
        challenge=one,
        about=ROUTES[one.about],
        mark=_mark(at.state),
        stands=STANDS[at.state],
        next=what_next(one.about, at.state, nation=nation),
        deadline=_deadline(one, nation=nation, on=on) if is_open else None,
        letters=tuple((code, sendable[code]) for code in LETTERS_OF.get((one.about, at.state), ()) if code in sendable)
        if is_open
        else (),
        offers=tuple((kind.value, STEPS[kind]) for kind in _along(one.about, at.state)) if is_open else (),
        stages=stages_seen(one.about, at.state, nation=nation) if is_open else (),
        steps=tuple(
            StepRow(step=step, title=STEPS[step.kind], is_misfit=step.id in misfits)
            for step in sorted(one.steps, key=in_order)
        ),
        is_open=is_open,
        struck_out=one.struck_out,
    )


def _along(about: ChallengeAbout, state: State) -> list[ChallengeStepKind]:
    """The steps that lead on: neither those that end it, nor an MP's help."""
    return [
        kind
        for kind in allowed(about, state)
        if kind not in ASIDE and kind not in {ChallengeStepKind.PUT_RIGHT, ChallengeStepKind.STOPPED}
    ]


def _deadline(one: ChallengeSeen, *, nation: Nation, on: dt.date) -> Card | None:
    """The time that runs now, in the words of the page of deadlines."""
    last = next((window for window in windows(one, nation=nation) if window.closed_by is None), None)
    return deadline_card(of_window(one, last, nation, on=on), sendable={}) if last else None


def _mark(state: State) -> Mark:
    if state is State.PUT_RIGHT:
        return Mark(word=say("Put right"), shape="s-paid", tone="good")
    if state in ENDED:
        return Mark(word=say("Over"), shape="s-paid")
    return Mark(word=say("Open"), shape="s-due")
