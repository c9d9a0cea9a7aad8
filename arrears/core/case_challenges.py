"""Challenges in a case file: what each is about, and its steps (docs/reference/case-file.md)."""

from dataclasses import replace

from arrears.core.case_values import CaseFile, CaseFileError
from arrears.core.challenge_values import Challenge, ChallengeAbout, ChallengeStep, ChallengeStepKind
from arrears.core.strict_json import MOST_ITEMS, Fields, Json, day, filled, struck_out, tail

MOST_CHALLENGES = 100
MOST_CHALLENGE_STEPS = 1_000  # of all challenges of a case together
LONGEST_WHAT = 200


def read_challenges(fields: Fields) -> tuple[Challenge, ...]:
    """The challenges of a case file. Their places are checked when all lists are there (``check_places``)."""
    found = fields.items("challenges", _challenge, most=MOST_CHALLENGES)
    if sum(len(one.steps) for one in found) > MOST_CHALLENGE_STEPS:
        fields.refuse("challenges", f"must have {MOST_CHALLENGE_STEPS} steps or fewer together")
    return found


def check_places(case: CaseFile) -> None:
    """Refuse a challenge that names a decision, a letter or a contact that the file does not hold."""
    for number, one in enumerate(case.challenges):
        path = f"challenges[{number}]"
        _check(f"{path}.decision", "decision", one.decision, most=len(case.facts.decisions))
        for place, step in enumerate(one.steps):
            _check(f"{path}.steps[{place}].letter", "letter", step.letter, most=len(case.letters))
            _check(f"{path}.steps[{place}].contact", "contact", step.contact, most=len(case.contacts))


def write_challenges(challenges: tuple[Challenge, ...]) -> list[Json]:
    """The list as a case file holds it."""
    return [
        filled(
            {
                "about": one.about.value,
                "what": one.what,
                "known_on": day(one.known_on),
                "decision": one.decision,
                "steps": [_written(step) for step in one.steps],
                **tail(one.note, one.struck_out),
            }
        )
        for one in challenges
    ]


def moved(
    challenges: tuple[Challenge, ...], *, contacts: dict[int, int], letters: dict[int, int], decisions: dict[int, int]
) -> tuple[Challenge, ...]:
    """The challenges oldest first with their steps in order, what they name at its new place in the file."""
    steps = {
        place: tuple(
            replace(step, letter=_at(letters, step.letter), contact=_at(contacts, step.contact))
            for step in sorted(one.steps, key=lambda step: step.on)
        )
        for place, one in enumerate(challenges)
    }
    found = [
        replace(one, decision=_at(decisions, one.decision), steps=steps[place]) for place, one in enumerate(challenges)
    ]
    return tuple(sorted(found, key=lambda one: one.known_on))


def _at(moved_to: dict[int, int], place: int | None) -> int | None:
    return None if place is None else moved_to[place]


def _check(path: str, name: str, place: int | None, *, most: int) -> None:
    if place is not None and place >= most:
        raise CaseFileError(path, f"is not the place of a {name} in this file")


def _written(one: ChallengeStep) -> Json:
    return filled(
        {
            "kind": one.kind.value,
            "on": day(one.on),
            "letter": one.letter,
            "contact": one.contact,
            **tail(one.note, one.struck_out),
        }
    )


def _challenge(fields: Fields) -> Challenge:
    found = Challenge(
        about=fields.choice("about", ChallengeAbout),
        what=fields.text("what", longest=LONGEST_WHAT),
        known_on=fields.date("known_on"),
        decision=_place(fields, "decision"),
        steps=fields.items("steps", _step, most=MOST_CHALLENGE_STEPS),
        note=fields.text("note", default=""),
        struck_out=fields.part("struck_out", struck_out),
    )
    if not found.what.strip():
        fields.refuse("what", "is empty")
    if found.decision is not None and found.about is not ChallengeAbout.DECISION:
        fields.refuse("decision", "belongs to a challenge about a decision")
    return found


def _step(fields: Fields) -> ChallengeStep:
    return ChallengeStep(
        kind=fields.choice("kind", ChallengeStepKind),
        on=fields.date("on"),
        letter=_place(fields, "letter"),
        contact=_place(fields, "contact"),
        note=fields.text("note", default=""),
        struck_out=fields.part("struck_out", struck_out),
    )


def _place(fields: Fields, name: str) -> int | None:
    return fields.number(name, default=0, most=MOST_ITEMS) if fields.has(name) else None
