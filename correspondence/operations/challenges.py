"""Begin a challenge, and add what happened: each operation is one transaction with its audit row.

The time limits of a challenge follow from its steps (core/challenges.py): a step that is saved has
started its own time and ended the one before, and a step that is struck out takes both back.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from arrears.core.challenge_values import Challenge as Filed
from arrears.core.challenge_values import ChallengeAbout, ChallengeStepKind
from cases.core.facts import Nation, StruckOut
from cms_tracker.audit import operations as audit
from cms_tracker.audit.keys import key_within, own_key
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence import queries
from correspondence.core.challenge_rules import refuse_step
from correspondence.models import Challenge, ChallengeStep, Contact, Letter

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def begin_challenge(
    *,
    actor: "User",
    case: "Case",
    about: ChallengeAbout,
    what: str,
    known_on: dt.date | None = None,
    decision_id: uuid.UUID | None = None,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> Challenge:
    """Note what a person challenges. A decision on the record brings its own day.

    Raises Refusal where no day is known, or where the record has no such decision.
    """
    if decision_id is not None:
        decision = queries.challengeable(case.pk, decision_id)
        if decision is None or about is not ChallengeAbout.DECISION:
            raise Refusal(say("This decision is not in your record."), field="decision")
        known_on = decision.notified_on
    if known_on is None:
        raise Refusal(say("Enter the day."), field="known_on")
    return audit.add_fact(
        Challenge,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        about=about,
        what=what,
        known_on=known_on,
        decision_id=decision_id,
        note=note,
    )


@transaction.atomic
def begin_challenges(
    *,
    actor: "User",
    case: "Case",
    routes: Sequence[ChallengeAbout],
    what: str,
    known_on: dt.date | None = None,
    decision_id: uuid.UUID | None = None,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> list[Challenge]:
    """Note one matter on each of these routes; one letter can do both. Raises as ``begin_challenge`` does."""
    found = []
    for place, about in enumerate(routes):
        is_decision = about is ChallengeAbout.DECISION
        made = begin_challenge(
            actor=actor,
            case=case,
            about=about,
            what=what,
            known_on=known_on,
            decision_id=decision_id if is_decision else None,
            note=note,
            entry_id=own_key(entry_id, owner=case.pk) if entry_id and place else entry_id,
        )
        found.append(made)
    return found


@transaction.atomic
def add_challenge_step(
    *,
    actor: "User",
    case: "Case",
    challenge_id: uuid.UUID,
    kind: ChallengeStepKind,
    on: dt.date,
    letter_id: uuid.UUID | None = None,
    contact_id: uuid.UUID | None = None,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> ChallengeStep:
    """Add what happened. Raises Refusal, in one sentence, where it cannot follow on what stands there."""
    _hold(challenge_id, case.pk)
    challenge = queries.challenge_of(case.pk, challenge_id)
    if challenge is None or challenge.struck_out is not None:
        raise Refusal(say("This is not in your record any more."))
    if letter_id is not None and not Letter.objects.filter(case_id=case.pk, pk=letter_id).exists():
        raise Refusal(say("This letter is not in your record."), field="letter")
    if contact_id is not None and not Contact.objects.filter(case_id=case.pk, pk=contact_id).exists():
        raise Refusal(say("This contact is not in your record."), field="contact")
    key = key_within(ChallengeStep, entry_id, owner=case.pk)
    if key is None or not ChallengeStep.objects.filter(pk=key).exists():  # sent twice, it is there already
        refuse_step(challenge, kind=kind, on=on, nation=Nation(case.nation))
    return audit.add_fact(
        ChallengeStep,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        challenge_id=challenge_id,
        kind=kind,
        on=on,
        letter_id=letter_id,
        contact_id=contact_id,
        note=note,
    )


@transaction.atomic
def add_challenges(
    *,
    actor: "User",
    case: "Case",
    challenges: Sequence[Filed],
    keys: Iterator[uuid.UUID],
    contact_keys: Sequence[uuid.UUID],
    letter_keys: Sequence[uuid.UUID],
    decision_keys: Sequence[uuid.UUID],
) -> dict[uuid.UUID, StruckOut]:
    """Bring in the challenges of a case file; return what of them is struck out, by key."""
    rows, steps = [], []
    struck: dict[uuid.UUID, StruckOut | None] = {}
    for one in challenges:
        row = _row(one, next(keys), case.pk, decision_keys)
        rows.append(row)
        struck[row.pk] = one.struck_out
        for step in one.steps:
            made = ChallengeStep(
                id=next(keys),
                case_id=case.pk,
                challenge_id=row.pk,
                kind=step.kind,
                on=step.on,
                letter_id=None if step.letter is None else letter_keys[step.letter],
                contact_id=None if step.contact is None else contact_keys[step.contact],
                note=step.note,
            )
            steps.append(made)
            struck[made.pk] = step.struck_out
    audit.add_facts(rows, actor=actor, case_id=case.pk)
    audit.add_facts(steps, actor=actor, case_id=case.pk)
    return {key: one for key, one in struck.items() if one is not None}


def _row(one: Filed, key: uuid.UUID, case_id: uuid.UUID, decision_keys: Sequence[uuid.UUID]) -> Challenge:
    return Challenge(
        id=key,
        case_id=case_id,
        about=one.about,
        what=one.what,
        known_on=one.known_on,
        decision_id=None if one.decision is None else decision_keys[one.decision],
        note=one.note,
    )


def _hold(challenge_id: uuid.UUID, case_id: uuid.UUID) -> None:
    """Let two sendings at once come one after the other: the second is checked against the first."""
    list(Challenge.objects.select_for_update(no_key=True).filter(pk=challenge_id, case_id=case_id).values_list("pk"))
