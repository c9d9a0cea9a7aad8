"""The note to copy or to read out: who said what and when, what has not happened, what is asked for."""

import datetime as dt
import uuid

import pytest

from arrears.core.case_values import ContactKind, Direction, LetterStepKind, PostedHow, PromiseResult
from cases.core.facts import Nation, Perspective, StruckOut
from correspondence.core.chasing import Chaser, chase_all, chase_promise, chase_reply, is_overdue, may_be_chased
from correspondence.core.contacts import PromiseSeen
from correspondence.core.sending import AwaitedReply, StepSeen, reply_due
from tests.unit.arrears.build import day

KEY = uuid.UUID(int=1)
TODAY = day("2026-11-16")
ROSA = Chaser(reference="120000000025", perspective=Perspective.RECEIVING, nation=Nation.ENGLAND)
ADA = Chaser(reference="120000000025", perspective=Perspective.PAYING, nation=Nation.ENGLAND, acts_for=True)


def promise(**more: object) -> PromiseSeen:
    values = {
        "id": KEY, "case_id": KEY, "contact_id": KEY, "made_on": day("2026-11-03"), "at_time": dt.time(10, 15),
        "party": "CMS", "text": "Ring me back", "due_on": day("2026-11-06"), "spoke_to": "Priya", "reference": "CR 12",
    }  # fmt: skip
    return PromiseSeen(**(values | more))  # type: ignore[arg-type]


def unanswered(*, how: PostedHow | None = PostedHow.TRACKED, number: str = "AB 1", asked: bool = True) -> AwaitedReply:
    posting = StepSeen(id=KEY, letter_id=KEY, kind=LetterStepKind.POSTED, on=day("2026-10-05"), how=how, number=number)
    due = reply_due(posting.on, kind=None, asked_by=day("2026-10-23") if asked else None, nation=Nation.ENGLAND)
    return AwaitedReply(letter_id=KEY, title="Report", dated_on=day("2026-10-02"), posting=posting, due=due)


class TestTheNoteAboutAPromise:
    def test_says_when_who_what_and_by_when(self) -> None:
        assert chase_promise(promise(), ROSA, on=TODAY).text == (
            "CMS reference 1200 0000 0025.\n\n"
            "On Tuesday 3 November 2026 at 10:15am I spoke to Priya on the phone, reference CR 12. "
            "I was told: “Ring me back”, by Friday 6 November 2026. It has not happened. It is 6 working days late.\n\n"
            "Please do this now, or tell me in writing on which day it will be done."
        )

    def test_speaks_for_the_parent_where_an_adviser_chases(self) -> None:
        text = chase_promise(promise(), ADA, on=TODAY).text
        assert text.startswith("I act for the paying parent. CMS reference 1200 0000 0025.")
        assert "we spoke to Priya on the phone" in text
        assert "We were told" in text
        assert text.endswith("or tell us in writing on which day it will be done.")

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"spoke_to": ""}, "I spoke to you on the phone"),
            ({"kind": ContactKind.MEETING}, "I met Priya"),
            ({"kind": ContactKind.LETTER, "direction": Direction.IN}, "you wrote to me"),
            ({"kind": ContactKind.LETTER}, "I wrote to you"),
            ({"kind": ContactKind.ONLINE, "direction": Direction.IN}, "you sent me an online message"),
            ({"kind": ContactKind.ONLINE}, "I sent you an online message"),
            ({"kind": ContactKind.TEXT, "direction": Direction.IN}, "you sent me a text message"),
            ({"kind": ContactKind.TEXT}, "I sent you a text message"),
            ({"at_time": None, "reference": ""}, "On Tuesday 3 November 2026 I spoke to Priya on the phone. I was"),
            ({"due_on": None}, "I was told: “Ring me back”. It has not happened yet."),
            ({"due_on": TODAY}, "It has not happened yet."),
            ({"due_on": day("2026-11-14")}, "It has not happened. It is 1 working day late."),
            ({"outcome": PromiseResult.NOT_KEPT}, "It was not done."),
            ({"text": "Ring \u202e back\n now"}, "“Ring [U+202E] back now”"),
        ],
    )
    def test_keeps_to_what_was_noted(self, more: dict[str, object], said: str) -> None:
        assert said in chase_promise(promise(**more), ROSA, on=TODAY).text


class TestTheNoteAboutALetter:
    def test_says_how_it_was_sent_and_by_when_a_reply_was_asked_for(self) -> None:
        assert chase_reply(unanswered(), ROSA).text == (
            "CMS reference 1200 0000 0025.\n\n"
            "On Monday 5 October 2026 I sent you a letter by tracked post, number AB 1. "
            "It is dated 2 October 2026: “Report”. It asked for a reply by Friday 23 October 2026. "
            "No reply has come.\n\n"
            "Please reply now, or tell me on which day you will."
        )

    def test_leaves_out_what_is_not_known(self) -> None:
        text = chase_reply(unanswered(how=None, number="", asked=False), ADA).text
        assert "we sent you a letter. It is dated 2 October 2026: “Report”. No reply has come." in text


class TestTheNoteAboutAll:
    def test_is_one_for_each_party_and_numbers_what_is_more_than_one(self) -> None:
        notes = chase_all(
            [promise(party="the tribunal"), promise(), promise(party="an employer")], [unanswered()], ROSA, on=TODAY
        )
        assert [note.party for note in notes] == ["CMS", "an employer", "the tribunal"]
        assert "\n\n1. On Tuesday 3 November" in notes[0].text
        assert "\n\n2. On Monday 5 October" in notes[0].text
        assert notes[0].text.endswith(
            "Please do each of these now, or tell me in writing on which day it will be done."
        )
        assert notes[1].text == chase_promise(promise(), ROSA, on=TODAY).text

    def test_is_none_where_nothing_is_overdue(self) -> None:
        assert chase_all([], [], ROSA, on=TODAY) == []


class TestWhatMayBeChased:
    def test_is_what_stands_and_was_not_kept(self) -> None:
        slip = StruckOut(on=TODAY, reason="Slip")
        assert may_be_chased(promise(), on=TODAY)
        assert may_be_chased(promise(outcome=PromiseResult.NOT_KEPT), on=TODAY)
        assert not may_be_chased(promise(outcome=PromiseResult.KEPT), on=TODAY)
        assert not may_be_chased(promise(struck_out=slip), on=TODAY)

    def test_is_overdue_only_while_nobody_says_what_became_of_it(self) -> None:
        assert is_overdue(promise(), on=TODAY)
        assert not is_overdue(promise(), on=day("2026-11-06"))
        assert not is_overdue(promise(outcome=PromiseResult.NOT_KEPT), on=TODAY)
