"""What the pages say of a matter: where it stands, what comes next, by when, and what is not open yet."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace

import pytest

from arrears.core.challenge_values import ChallengeAbout as About
from arrears.core.challenge_values import ChallengeStepKind as Kind
from cases.core.facts import Nation, StruckOut
from correspondence.core.challenge_cards import Reached, RouteCard, cards, question_page, stages_seen, what_next
from correspondence.core.challenge_question import Which, answer_numbered, answer_to, answers
from correspondence.core.challenge_timeline import challenge_items
from correspondence.core.challenges import ChallengeSeen, State, StepSeen
from correspondence.core.deadlines import Facts, Source, Standing, listed

BEGAN = dt.date(2023, 1, 5)
ON = dt.date(2023, 6, 1)
CASE = uuid.UUID(int=1)
SLIP = StruckOut(on=ON, reason="Not so")
SENDABLE = {"complaint-escalation": "Take it further", "independent-case-examiner": "Write to the Examiner"}


def challenge(*kinds: Kind, about: About = About.SERVICE, number: int = 2) -> ChallengeSeen:
    steps = [
        StepSeen(id=uuid.UUID(int=10 + place), kind=kind, on=BEGAN + dt.timedelta(days=7 * place), note="By post")
        for place, kind in enumerate(kinds)
    ]
    return ChallengeSeen(
        id=uuid.UUID(int=number), case_id=CASE, about=about, what="The plan", known_on=BEGAN, steps=steps, note="Why"
    )


def shown(*found: ChallengeSeen, nation: Nation = Nation.ENGLAND) -> list[RouteCard]:
    return cards(found, nation=nation, on=ON, sendable=SENDABLE)


class TestACard:
    def test_says_where_it_stands_what_comes_next_and_by_when(self) -> None:
        (found,) = shown(challenge(Kind.COMPLAINED, Kind.FINAL_ANSWER))
        assert found.stands == "The final answer is here: you can go to the Examiner"
        assert found.deadline is not None
        assert found.deadline.when == "Act by Wednesday 12 July 2023"
        assert found.letters == (("independent-case-examiner", "Write to the Examiner"),)
        assert [code for code, _ in found.offers] == ["examiner_asked", "final_answer"]
        assert found.mark.word == "Open"

    def test_offers_nothing_and_counts_nothing_once_it_is_over(self) -> None:
        ended, right = shown(challenge(Kind.COMPLAINED, Kind.STOPPED), challenge(Kind.PUT_RIGHT, number=3))
        assert (ended.mark.word, right.mark.word) == ("Over", "Put right")
        for one in (ended, right):
            assert (one.deadline, one.letters, one.offers, one.stages) == (None, (), (), ())

    def test_has_no_deadline_where_nobody_gives_one(self) -> None:
        (found,) = shown(challenge(Kind.FINAL_ANSWER, Kind.EXAMINER_ASKED))
        assert found.deadline is None

    def test_marks_a_step_that_follows_on_nothing(self) -> None:
        (found,) = shown(challenge(Kind.COMPLAINED, Kind.EXAMINER_REPORTED))
        assert [row.is_misfit for row in found.steps] == [False, True]

    def test_comes_first_while_it_is_open_and_last_once_struck_out(self) -> None:
        gone = replace(challenge(number=4), struck_out=SLIP)
        found = shown(gone, challenge(Kind.STOPPED, number=3), challenge(number=2))
        assert [one.challenge.id.int for one in found] == [2, 3, 4]
        assert found[-1].deadline is None


class TestTheStages:
    def test_say_where_one_is_and_what_is_not_open_yet_and_why(self) -> None:
        found = stages_seen(About.SERVICE, State.FINAL_ANSWER, nation=Nation.SCOTLAND)
        assert [one.reached for one in found] == [
            Reached.DONE, Reached.DONE, Reached.NOW, Reached.AHEAD, Reached.AHEAD,
        ]  # fmt: skip
        assert [one.stands for one in found[1:4]] == ["Behind you", "You are here", "Not open yet"]
        assert found[2].why_not == ""
        assert found[-1].why_not.startswith("The Ombudsman takes a complaint only after the Independent Case Examiner")

    def test_say_that_the_next_stage_opens_where_no_answer_comes(self) -> None:
        first, second, third, *_ = stages_seen(About.SERVICE, State.COMPLAINED, nation=Nation.SCOTLAND)
        assert [one.reached for one in (first, second, third)] == [Reached.NOW, Reached.SOON, Reached.AHEAD]
        assert [one.is_closed for one in (first, second, third)] == [False, False, True]
        assert second.why_not == "Complain first. Then give CMS the time it aims at for an answer."
        assert second.stands == "Open if no answer comes in time"

    def test_are_all_behind_once_it_is_over(self) -> None:
        found = stages_seen(About.SERVICE, State.STOPPED, nation=Nation.SCOTLAND)
        assert {one.reached for one in found} == {Reached.DONE}

    def test_say_nothing_of_great_britain_where_another_body_takes_its_place(self) -> None:
        found = stages_seen(About.SERVICE, None, nation=Nation.NORTHERN_IRELAND)
        last = found[-1]
        assert last.title == "An ombudsman"
        assert last.why_not == "Ask the Independent Case Examiner first."
        assert [one.is_firm for one in last.cited] == [False]
        assert len(found[0].cited) == 2
        tribunal = stages_seen(About.DECISION, None, nation=Nation.NORTHERN_IRELAND)[1]
        assert "The Appeals Service" in tribunal.says[0]

    @pytest.mark.parametrize("nation", [*Nation])
    def test_call_nothing_certain_in_northern_ireland_that_was_not_verified(self, nation: Nation) -> None:
        found = what_next(About.SERVICE, State.EXAMINER_REPORTED, nation=nation)
        assert ("not verified by us" in found) is (nation is Nation.NORTHERN_IRELAND)


class TestTheQuestion:
    def test_leads_to_one_route_to_both_or_to_what_is_open_instead(self) -> None:
        assert [len(one.routes) for one in answers()] == [1, 1, 2, 0]
        assert all(one.examples for one in answers())
        both = question_page(Which.BOTH, nation=Nation.WALES)
        assert [route.about for route in both.routes] == ["The amount: a decision", "How you were treated"]
        assert both.closed == ()
        how = question_page(Which.ANY, nation=None)
        assert len(how.closed) == 5
        assert {"judicial_review", "complaint", "member"} <= {way.code for way in how.ways}
        assert answer_to(Which.ANY).title.startswith("No appeal goes this way")

    def test_begins_a_route_by_a_number_that_tells_nothing(self) -> None:
        assert answer_numbered(3) == answer_to(Which.BOTH)
        assert answer_numbered(4) is None
        assert answer_numbered(9) is None

    def test_shows_what_is_different_beside_where_no_nation_is_known(self) -> None:
        (route,) = question_page(Which.TREATED, nation=None).routes
        assert route.stages[-1].title.startswith("Parliamentary")
        assert route.stages[-1].stage.northern_ireland is not None


class TestTheTimeline:
    def test_has_the_matter_and_each_step_on_its_day(self) -> None:
        found = list(challenge_items([challenge(Kind.COMPLAINED)]))
        assert [one.title for one in found] == ["To challenge: The plan", "You complained to CMS"]
        assert found[0].lines == ("How you were treated.", "Why")
        assert found[1].lines == ("The plan", "By post")

    def test_strikes_the_steps_out_with_the_matter(self) -> None:
        found = list(challenge_items([replace(challenge(Kind.COMPLAINED), struck_out=SLIP)]))
        assert [one.struck_out for one in found] == [SLIP, SLIP]


class TestTheDeadlines:
    def of(self, *found: ChallengeSeen) -> Sequence[tuple[Source, Standing]]:
        facts = Facts(nation=Nation.ENGLAND, challenges=found)
        all_of = listed(facts, case_id=CASE, on=ON)
        return [(one.source, one.standing) for one in (*all_of.open, *all_of.ended)]

    def test_follow_from_the_steps(self) -> None:
        assert self.of(challenge(Kind.COMPLAINED, Kind.FINAL_ANSWER)) == [
            (Source.CHALLENGE, Standing.LATER), (Source.CHALLENGE, Standing.ENDED),
        ]  # fmt: skip

    def test_are_past_their_day_where_nobody_acted(self) -> None:
        assert self.of(challenge(Kind.COMPLAINED)) == [(Source.CHALLENGE, Standing.OVERDUE)]
