"""Read what a person challenges, with its steps."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from zoneinfo import ZoneInfo

from arrears.core.challenge_values import Challenge as Filed
from arrears.core.challenge_values import ChallengeAbout, ChallengeStepKind
from arrears.core.challenge_values import ChallengeStep as FiledStep
from cases import queries as case_queries
from cases.core.facts import Decision
from correspondence.core.challenges import ChallengeSeen, StepSeen, in_order
from correspondence.models import Challenge, ChallengeStep
from correspondence.queries.contacts import Struck
from correspondence.queries.filing import filed

LONDON = ZoneInfo("Europe/London")


def challenges_of(case_id: uuid.UUID) -> list[ChallengeSeen]:
    """Every challenge of a case, the latest begun first, struck-out ones among them."""
    if not Challenge.objects.filter(case_id=case_id).exists():
        return []  # as in most records: what is struck out need not be asked then
    struck = case_queries.strike_outs([case_id])
    return challenges_by_case([case_id], struck).get(case_id, [])


def challenge_of(case_id: uuid.UUID, challenge_id: uuid.UUID) -> ChallengeSeen | None:
    """One challenge of this case, or None where the case has no such challenge."""
    return next((one for one in challenges_of(case_id) if one.id == challenge_id), None)


def challenge_with_step(case_id: uuid.UUID, step_id: uuid.UUID) -> tuple[ChallengeSeen, StepSeen] | None:
    """The challenge of this case that has this step, and the step; None where there is none."""
    for one in challenges_of(case_id):
        for step in one.steps:
            if step.id == step_id:
                return one, step
    return None


def challenges_by_case(case_ids: Collection[uuid.UUID], struck: Struck) -> dict[uuid.UUID, list[ChallengeSeen]]:
    """The challenges of each case in a fixed number of queries; cases without one are left out."""
    rows = list(Challenge.objects.filter(case_id__in=case_ids).order_by("-known_on", "-entered_at", "id"))
    if not rows:
        return {}
    holding = {row.case_id for row in rows}
    steps = _steps(holding, struck)
    decisions = _decisions(holding, struck)
    found: dict[uuid.UUID, list[ChallengeSeen]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(
            ChallengeSeen(
                id=row.pk,
                case_id=row.case_id,
                about=ChallengeAbout(row.about),
                what=row.what,
                known_on=row.known_on,
                decision=decisions.get(row.decision_id) if row.decision_id else None,
                steps=tuple(sorted(steps[row.pk], key=in_order)),
                entered_on=_day(row.entered_at),
                note=row.note,
                struck_out=struck.get((row.case_id, row.pk)),
            )
        )
    return found


def challenges_filed(case_id: uuid.UUID) -> tuple[Filed, ...]:
    """The challenges of a case as a case file holds them, with the places of what they name."""
    contacts, letters, decisions = filed(case_id)
    struck = case_queries.strike_outs([case_id])
    steps = _steps([case_id], struck)
    return tuple(
        Filed(
            about=ChallengeAbout(row.about),
            what=row.what,
            known_on=row.known_on,
            decision=decisions.get(str(row.decision_id)),
            steps=tuple(
                FiledStep(
                    kind=step.kind,
                    on=step.on,
                    letter=letters.get(str(step.letter_id)),
                    contact=contacts.get(str(step.contact_id)),
                    note=step.note,
                    struck_out=step.struck_out,
                )
                for step in steps[row.pk]
            ),
            note=row.note,
            struck_out=struck.get((case_id, row.pk)),
        )
        for row in Challenge.objects.filter(case_id=case_id).order_by("known_on", "entered_at", "id")
    )


def _steps(case_ids: Collection[uuid.UUID], struck: Struck) -> dict[uuid.UUID, list[StepSeen]]:
    found: dict[uuid.UUID, list[StepSeen]] = defaultdict(list)
    for row in ChallengeStep.objects.filter(case_id__in=case_ids).order_by("on", "entered_at", "id"):
        found[row.challenge_id].append(
            StepSeen(
                id=row.pk,
                kind=ChallengeStepKind(row.kind),
                on=row.on,
                letter_id=row.letter_id,
                contact_id=row.contact_id,
                entered_on=_day(row.entered_at),
                note=row.note,
                struck_out=struck.get((row.case_id, row.pk)),
            )
        )
    return found


def _decisions(case_ids: Collection[uuid.UUID], struck: Struck) -> dict[uuid.UUID, Decision]:
    told = case_queries.told_decisions(case_ids, struck)
    return {uuid.UUID(one.id): one for found in told.values() for one, _ in found}


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(LONDON).date()
