"""Find what a person is about to strike out, in words."""

import uuid

from arrears.core.case_values import ClockResult, PromiseResult
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from correspondence.core.challenge_steps import ROUTES, STEPS
from correspondence.core.clocks import ClockSeen
from correspondence.core.contacts import Slip
from correspondence.core.sending_words import STEP_TITLES
from correspondence.queries.challenges import challenge_of, challenge_with_step
from correspondence.queries.contacts import contact_of, outcome_of, promise_of
from correspondence.queries.deadlines import clock_ended_by, clock_of
from correspondence.queries.events import event_of
from correspondence.queries.evidence import evidence_file_of
from correspondence.queries.results import result_of
from correspondence.queries.sendings import letter_step_of


def slip_of(case_id: uuid.UUID, fact_id: uuid.UUID) -> Slip | None:
    """What stands in this case under that key, of what was said, sent, kept or counted; None where nothing does."""
    return (
        _contact(case_id, fact_id)
        or _promise(case_id, fact_id)
        or _outcome(case_id, fact_id)
        or _step(case_id, fact_id)
        or _file(case_id, fact_id)
        or _clock(case_id, fact_id)
        or _clock_end(case_id, fact_id)
        or _result(case_id, fact_id)
        or _event(case_id, fact_id)
        or _challenge(case_id, fact_id)
        or _challenge_step(case_id, fact_id)
    )


def _contact(case_id: uuid.UUID, key: uuid.UUID) -> Slip | None:
    one = contact_of(case_id, key)
    if one is None:
        return None
    return Slip(
        what=say("this contact"),
        lines=((say("With"), one.party), (say("Day"), day(one.at_date)), (say("What was said"), one.summary)),
        page="correspondence:contact",
        key=str(key),
        instead=say("What was promised in it is struck out with it."),
        struck_out=one.struck_out,
    )


def _promise(case_id: uuid.UUID, key: uuid.UUID) -> Slip | None:
    one = promise_of(case_id, key)
    if one is None:
        return None
    lines = (
        (say("Promised by"), one.party),
        (say("What"), one.text),
        (say("By"), day(one.due_on) if one.due_on else ""),
    )
    return Slip(
        what=say("this promise"),
        lines=lines,
        page="correspondence:contact",
        key=str(one.contact_id),
        instead=say("If they kept it, or did not, say what became of it instead."),
        struck_out=one.struck_out,
    )


def _outcome(case_id: uuid.UUID, key: uuid.UUID) -> Slip | None:
    one = outcome_of(case_id, key)
    promise = promise_of(case_id, one.promise_id) if one else None
    if one is None or promise is None:
        return None
    became = say("Done") if one.outcome is PromiseResult.KEPT else say("Not done")
    lines = (
        (say("Promise"), promise.text),
        (say("What became of it"), became),
        (say("Day"), day(one.on)),
        (say("Note"), one.note),
    )
    return Slip(
        what=say("what was noted of this promise"),
        lines=lines,
        page="correspondence:contact",
        key=str(promise.contact_id),
        instead=say("If it turned out otherwise later, say again what became of it instead."),
        struck_out=one.struck_out,
    )


def _step(case_id: uuid.UUID, key: uuid.UUID) -> Slip | None:
    one = letter_step_of(case_id, key)
    if one is None:
        return None
    lines = (
        (say("What"), STEP_TITLES[one.kind]),
        (say("Day"), day(one.on)),
        (say("Number"), one.number),
        (say("Note"), one.note),
    )
    return Slip(
        what=say("what became of this letter"),
        lines=lines,
        page="correspondence:letter",
        key=str(one.letter_id),
        instead=say("If something else happened later, add that instead."),
        struck_out=one.struck_out,
    )


def _file(case_id: uuid.UUID, key: uuid.UUID) -> Slip | None:
    one = evidence_file_of(case_id, key)
    if one is None:
        return None
    return Slip(
        what=say("this file"),
        lines=((say("What it shows"), one.shows), (say("Day"), day(one.happened_on)), (say("File"), one.name)),
        page="correspondence:evidence-file",
        key=str(key),
        instead=say("The file stays sealed, and goes into no document any more."),
        struck_out=one.struck_out,
    )


def _clock(case_id: uuid.UUID, key: uuid.UUID) -> Slip | None:
    one = clock_of(case_id, key)
    if one is None:
        return None
    return Slip(
        what=say("this deadline"),
        lines=((say("What for"), one.rule.title), (say("Counted from"), _counted_from(one)), (say("Note"), one.note)),
        page="correspondence:deadlines",
        key="",
        instead=say("If it is done, or not needed any more, say what became of it instead."),
        struck_out=one.struck_out,
    )


def _result(case_id: uuid.UUID, key: uuid.UUID) -> Slip | None:
    one = result_of(case_id, key)
    if one is None:
        return None
    gained = pounds(one.result.gained) if one.result.gained else ""
    return Slip(
        what=say("this result"),
        lines=(
            (say("What changed"), one.kind),
            (say("Day"), day(one.result.on)),
            (say("Gained"), gained),
            (say("Note"), one.result.note),
        ),
        page="correspondence:results",
        key="",
        instead=say("If more came of it later, add that as a result of its own instead."),
        struck_out=one.result.struck_out,
    )


def _event(case_id: uuid.UUID, key: uuid.UUID) -> Slip | None:
    one = event_of(case_id, key)
    if one is None:
        return None
    amount = pounds(one.event.amount) if one.event.amount is not None else ""
    return Slip(
        what=say("what happened"),
        lines=(
            (say("What"), one.title),
            (say("Day"), day(one.event.on)),
            (say("Amount"), amount),
            (say("Note"), one.event.note),
        ),
        page="correspondence:events",
        key="",
        instead=say("If something else happened later, add that instead."),
        struck_out=one.event.struck_out,
    )


def _challenge(case_id: uuid.UUID, key: uuid.UUID) -> Slip | None:
    one = challenge_of(case_id, key)
    if one is None:
        return None
    return Slip(
        what=say("this matter"),
        lines=((say("About"), ROUTES[one.about]), (say("What"), one.what), (say("Day"), day(one.known_on))),
        page="correspondence:routes",
        key="",
        instead=say("Its steps are struck out with it. If you only stopped, add that as a step instead."),
        struck_out=one.struck_out,
    )


def _challenge_step(case_id: uuid.UUID, key: uuid.UUID) -> Slip | None:
    found = challenge_with_step(case_id, key)
    if found is None:
        return None
    challenge, step = found
    return Slip(
        what=say("this step"),
        lines=((say("Of"), challenge.what), (say("What happened"), STEPS[step.kind]), (say("Day"), day(step.on))),
        page="correspondence:routes",
        key="",
        instead=say("If something else happened later, add that instead."),
        struck_out=step.struck_out,
    )


def _clock_end(case_id: uuid.UUID, key: uuid.UUID) -> Slip | None:
    one = clock_ended_by(case_id, key)
    if one is None or one.ending is None:
        return None
    became = say("Done") if one.ending.result is ClockResult.DONE else say("Not needed")
    return Slip(
        what=say("what became of this deadline"),
        lines=((say("What for"), one.rule.title), (say("What became of it"), became), (say("Day"), day(one.ending.on))),
        page="correspondence:deadlines",
        key="",
        instead=say("The deadline is open again then."),
        struck_out=None,
    )


def _counted_from(one: ClockSeen) -> str:
    start = one.dated_on or one.reached_on
    return day(start) if start else ""
