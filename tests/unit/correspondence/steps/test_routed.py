"""The two routes of challenge in the snapshot: their own steps before what letters let one guess."""

import datetime as dt
import uuid
from collections.abc import Sequence

import pytest

from arrears.core.challenge_values import ChallengeAbout as About
from arrears.core.challenge_values import ChallengeStepKind as Kind
from arrears.core.facts import CaseFacts
from arrears.core.position import position
from cases.core.facts import Decision, Nation, Perspective, Scheme
from correspondence.core.challenges import ChallengeSeen, StepSeen
from correspondence.core.deadlines import Facts, listed
from correspondence.core.steps import snapshot as s
from correspondence.core.steps.reading import Case, read
from correspondence.core.steps.routed import routes

ON = dt.date(2023, 6, 1)
BEGAN = dt.date(2023, 5, 2)
CASE = uuid.UUID(int=1)


def challenge(about: About, kinds: Sequence[Kind]) -> ChallengeSeen:
    steps = [
        StepSeen(id=uuid.UUID(int=10 + place), kind=kind, on=BEGAN + dt.timedelta(days=place + 1))
        for place, kind in enumerate(kinds)
    ]
    return ChallengeSeen(
        id=uuid.UUID(int=2), case_id=CASE, about=about, what="It", known_on=BEGAN, steps=steps, entered_on=BEGAN
    )


def challenged(
    about: About | None,
    *kinds: Kind,
    sent: dict[str, dt.date] | None = None,
    decisions: Sequence[tuple[Decision, dt.date]] = (),
) -> s.Challenged:
    facts = CaseFacts(perspective=Perspective.RECEIVING)
    found = [challenge(about, kinds)] if about else []
    case = Case(
        perspective=Perspective.RECEIVING,
        nation=Nation.ENGLAND,
        scheme=Scheme.CMS_2012,
        facts=facts,
        seen=facts,
        at=position(facts, on=ON, known_on=ON),
        plans=(),
        deadlines=listed(Facts(nation=Nation.ENGLAND, challenges=found, decisions=decisions), case_id=CASE, on=ON),
        sent=sent or {},
        routes=routes(found),
    )
    return read(case).challenged


class TestAComplaint:
    @pytest.mark.parametrize(
        ("kinds", "stage"),
        [
            ((), s.Complained.NONE),
            ((Kind.COMPLAINED,), s.Complained.UNANSWERED),
            ((Kind.COMPLAINED, Kind.ANSWERED), s.Complained.ANSWERED),
            ((Kind.FINAL_ANSWER,), s.Complained.FINAL),
            ((Kind.FINAL_ANSWER, Kind.EXAMINER_ASKED), s.Complained.EXAMINER),
            ((Kind.FINAL_ANSWER, Kind.EXAMINER_ASKED, Kind.EXAMINER_REFUSED), s.Complained.ANSWERED),
            ((Kind.FINAL_ANSWER, Kind.EXAMINER_ASKED, Kind.EXAMINER_REPORTED), s.Complained.EXAMINED),
            ((Kind.COMPLAINED, Kind.PUT_RIGHT), s.Complained.NONE),
        ],
    )
    def test_is_read_from_its_steps(self, kinds: tuple[Kind, ...], stage: s.Complained) -> None:
        assert challenged(About.SERVICE, *kinds) == s.Challenged(complaint=stage)

    def test_goes_to_its_end(self) -> None:
        whole = (Kind.FINAL_ANSWER, Kind.EXAMINER_ASKED, Kind.EXAMINER_REPORTED, Kind.REFERRAL_ASKED)
        assert challenged(About.SERVICE, *whole).complaint is s.Complained.EXAMINED
        assert challenged(About.SERVICE, *whole, Kind.OMBUDSMAN_HAS_IT).complaint is s.Complained.OMBUDSMAN
        ended = challenged(About.SERVICE, *whole, Kind.OMBUDSMAN_HAS_IT, Kind.OMBUDSMAN_DECIDED)
        assert ended.complaint is s.Complained.ENDED

    def test_takes_a_letter_that_was_sent_after_its_last_step(self) -> None:
        later, before = {"independent-case-examiner": ON}, {"independent-case-examiner": BEGAN}
        assert challenged(About.SERVICE, Kind.FINAL_ANSWER, sent=later).complaint is s.Complained.EXAMINER
        assert challenged(About.SERVICE, Kind.FINAL_ANSWER, sent=before).complaint is s.Complained.FINAL
        assert challenged(None, sent=before).complaint is s.Complained.EXAMINER


class TestADecision:
    @pytest.mark.parametrize(
        ("kinds", "stage"),
        [
            ((), s.Decided.IN_TIME),
            ((Kind.RECONSIDERATION_ASKED,), s.Decided.ASKED),
            ((Kind.RECONSIDERATION_ASKED, Kind.RECONSIDERATION_LATE), s.Decided.LATE),
            ((Kind.RECONSIDERATION_ASKED, Kind.NOTICE_RECEIVED), s.Decided.ANSWERED),
            ((Kind.NOTICE_RECEIVED, Kind.APPEALED), s.Decided.TRIBUNAL),
            ((Kind.NOTICE_RECEIVED, Kind.APPEALED, Kind.TRIBUNAL_DECIDED), s.Decided.NONE),
        ],
    )
    def test_is_read_from_its_steps(self, kinds: tuple[Kind, ...], stage: s.Decided) -> None:
        assert challenged(About.DECISION, *kinds) == s.Challenged(decision=stage)

    def test_does_not_hide_a_new_decision(self) -> None:
        told = dt.date(2023, 5, 29)
        new = Decision(weekly=1, effective_on=told, decided_on=told, notified_on=told, id=str(uuid.UUID(int=5)))
        found = challenged(About.DECISION, Kind.RECONSIDERATION_ASKED, decisions=[(new, told)])
        assert found.decision is s.Decided.IN_TIME
