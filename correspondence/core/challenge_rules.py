"""What is said where a step cannot follow: one sentence, before anything is written."""

import datetime as dt
import uuid
from dataclasses import replace

from arrears.core.challenge_values import ChallengeAbout as About
from arrears.core.challenge_values import ChallengeStepKind as Kind
from cases.core.facts import Nation
from cms_tracker.days import day
from cms_tracker.language import mark, say
from cms_tracker.refusal import Refusal
from correspondence.core.challenge_data import stage
from correspondence.core.challenge_steps import STEPS
from correspondence.core.challenges import ENDED, ChallengeSeen, State, StepSeen, Walk, allowed, belongs, walk

#: Steps whose order people get wrong: the stage that says what has to come before, and what to add first.
_GATES = {
    Kind.APPEALED: ("tribunal", mark("Add first that the notice came.")),
    Kind.EXAMINER_ASKED: ("examiner", mark("Add first that the final answer came.")),
    Kind.REFERRAL_ASKED: ("mp", mark("Add first what the Examiner answered.")),
    Kind.OMBUDSMAN_HAS_IT: ("ombudsman", mark("Add first that you asked your MP to send it on.")),
}
_NEW = uuid.UUID(int=2**128 - 1)  # after all others of its day and kind


def refuse_step(challenge: ChallengeSeen, *, kind: Kind, on: dt.date, nation: Nation) -> None:
    """Raise Refusal where a step of this kind, on this day, would not follow or would leave another one behind."""
    if not belongs(challenge.about, kind):
        raise Refusal(_other_route(challenge.about, kind), field="kind")
    if on < challenge.known_on:
        raise Refusal(
            say("That is before {known_on}, when this began. Check the day.", known_on=day(challenge.known_on)),
            field="on",
        )
    before = walk(challenge)
    new = StepSeen(id=_NEW, kind=kind, on=on)
    after = walk(replace(challenge, steps=(*challenge.steps, new)))
    if new in after.misfits:
        raise Refusal(_cannot_follow(challenge, before, new, nation), field="kind")
    if set(after.misfits) - set(before.misfits):
        raise Refusal(say("On that day it does not fit with what you noted after it. Check the day."), field="on")


def state_on(challenge: ChallengeSeen, on: dt.date) -> State:
    """Where the matter stood at the end of a day."""
    return walk(replace(challenge, steps=[one for one in challenge.steps if one.on <= on])).state


def _other_route(about: About, kind: Kind) -> str:
    if about is About.DECISION:
        return say("“{step}” belongs to a complaint. This is about a decision.", step=STEPS[kind])
    return say("“{step}” belongs to a decision about the amount. This is a complaint.", step=STEPS[kind])


def _cannot_follow(challenge: ChallengeSeen, at: Walk, new: StepSeen, nation: Nation) -> str:
    kind, on = new.kind, new.on
    state = state_on(challenge, on)
    if state in ENDED:
        return say("This ended on {on}. Begin a new one.", on=day(at.last_on or on))
    gate = _GATES.get(kind)
    done = [one.step.kind for one in at.taken if one.step.on <= on]
    if gate is not None and kind not in done:
        code, first = gate
        return f"{stage(code).before_in(nation)} {say(first)}"
    can = [STEPS[one] for one in allowed(challenge.about, state)]
    return say("“{step}” cannot come next. What can: {can}.", step=STEPS[kind], can=", ".join(can[:3]).lower())
