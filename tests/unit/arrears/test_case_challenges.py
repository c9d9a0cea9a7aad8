"""Challenges in a case file: written, read strictly, and the same again."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.case_challenges import MOST_CHALLENGE_STEPS, check_places, moved, read_challenges, write_challenges
from arrears.core.case_values import CaseFile, CaseFileError
from arrears.core.challenge_values import Challenge, ChallengeAbout, ChallengeStep, ChallengeStepKind
from arrears.core.facts import CaseFacts
from arrears.core.strict_json import Fields
from cases.core.facts import Nation, Perspective, Scheme, StruckOut

DAYS = st.dates(dt.date(1993, 4, 5), dt.date(2099, 12, 31))
TEXT = st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1, max_size=40)
STRUCK = st.none() | st.builds(StruckOut, on=DAYS, reason=TEXT)
PLACES = st.none() | st.integers(0, 5)
STEPS = st.builds(
    ChallengeStep,
    kind=st.sampled_from(ChallengeStepKind),
    on=DAYS,
    letter=PLACES,
    contact=PLACES,
    note=st.just("") | TEXT,
    struck_out=STRUCK,
)
CHALLENGES = st.sampled_from(ChallengeAbout).flatmap(
    lambda about: st.builds(
        Challenge,
        about=st.just(about),
        what=TEXT,
        known_on=DAYS,
        decision=PLACES if about is ChallengeAbout.DECISION else st.none(),
        steps=st.lists(STEPS, max_size=4).map(tuple),
        note=st.just("") | TEXT,
        struck_out=STRUCK,
    )
)

ONE: dict[str, Any] = {"about": "service", "what": "No answer", "known_on": "2025-01-02"}


def read(*items: object) -> tuple[Challenge, ...]:
    fields = Fields({"challenges": list(items)}, "")
    found = read_challenges(fields)
    fields.done()
    return found


def a_case(challenges: tuple[Challenge, ...]) -> CaseFile:
    return CaseFile(
        reference="120000000001",
        nation=Nation.ENGLAND,
        scheme=Scheme.CMS_2012,
        facts=CaseFacts(perspective=Perspective.RECEIVING),
        challenges=challenges,
    )


class TestChallengesInAFile:
    @given(challenges=st.lists(CHALLENGES, max_size=4).map(tuple))
    def test_are_the_same_after_writing_and_reading(self, challenges: tuple[Challenge, ...]) -> None:
        assert read(*write_challenges(challenges)) == challenges

    @given(challenges=st.lists(CHALLENGES, max_size=4).map(tuple))
    def test_are_put_in_order_once_and_for_all(self, challenges: tuple[Challenge, ...]) -> None:
        same = {place: place for place in range(6)}
        once = moved(challenges, contacts=same, letters=same, decisions=same)
        assert moved(once, contacts=same, letters=same, decisions=same) == once
        assert [one.known_on for one in once] == sorted(one.known_on for one in challenges)

    def test_name_things_at_their_new_places(self) -> None:
        step = {"kind": "complained", "on": "2025-01-03", "letter": 0, "contact": 1}
        (one,) = read({**ONE, "about": "decision", "decision": 1, "steps": [step]})
        (found,) = moved((one,), contacts={1: 4}, letters={0: 3}, decisions={1: 2})
        assert (found.decision, found.steps[0].letter, found.steps[0].contact) == (2, 3, 4)

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"about": "weather"}, "challenges[0].about: must be one of decision, service"),
            ({"what": " "}, "challenges[0].what: is empty"),
            ({"what": "x" * 201}, "challenges[0].what: must be 200 characters or fewer"),
            ({"decision": 0}, "challenges[0].decision: belongs to a challenge about a decision"),
            ({"known_on": "soon"}, "challenges[0].known_on: must be a date such as 2026-03-31"),
            ({"steps": [{"kind": "begged", "on": "2025-01-03"}]}, "challenges[0].steps[0].kind: must be one of"),
            ({"colour": "red"}, "challenges[0].colour: is not a field of this format"),
        ],
    )
    def test_are_refused_with_the_name_of_the_field(self, change: dict[str, Any], says: str) -> None:
        with pytest.raises(CaseFileError) as found:
            read({**ONE, **change})
        assert says in f"{found.value.path}: {found.value}" or says in str(found.value)

    def test_are_written_without_what_is_empty(self) -> None:
        step = {"kind": "complained", "on": "2025-01-03", "letter": 0, "note": "By post"}
        items = [ONE, {**ONE, "steps": [step], "note": "Slow", "struck_out": {"on": "2025-01-04", "reason": "No"}}]
        assert write_challenges(read(*items)) == items

    def test_may_name_nothing_at_all(self) -> None:
        step = {"kind": "complained", "on": "2025-01-03"}
        check_places(a_case(read(ONE, {**ONE, "steps": [step, step]})))

    @pytest.mark.parametrize(
        ("change", "path"),
        [
            ({"about": "decision", "decision": 0}, "challenges[0].decision"),
            ({"steps": [{"kind": "complained", "on": "2025-01-03", "letter": 0}]}, "challenges[0].steps[0].letter"),
            ({"steps": [{"kind": "complained", "on": "2025-01-03", "contact": 0}]}, "challenges[0].steps[0].contact"),
        ],
    )
    def test_are_refused_where_they_name_what_is_not_in_the_file(self, change: dict[str, Any], path: str) -> None:
        case = a_case(read({**ONE, **change}))
        with pytest.raises(CaseFileError) as found:
            check_places(case)
        assert found.value.path == path

    def test_are_refused_where_there_are_too_many_steps(self) -> None:
        step = {"kind": "mp_told", "on": "2025-01-03"}
        many = {**ONE, "steps": [step] * (MOST_CHALLENGE_STEPS // 2 + 1)}
        with pytest.raises(CaseFileError, match="steps or fewer together"):
            read(many, many)
