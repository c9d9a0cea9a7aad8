"""The complaint and what follows it: the next stage, the Examiner, the MP, a consolatory payment."""

import uuid
from dataclasses import replace

import pytest

from arrears.core.case_values import ContactKind, Direction
from cases.core.facts import Nation, Perspective
from cms_tracker.refusal import Refusal
from correspondence.core.letters import (
    compensation,
    complaining,
    complaint,
    complaint_escalation,
    independent_case_examiner,
    mp,
)
from correspondence.core.letters.asks import Answer, Pick, PickMany
from correspondence.core.letters.envelope import Letter
from correspondence.core.letters.kind import Kind, Record, SentLetter
from tests.unit.arrears.build import day
from tests.unit.correspondence.letters.build import first_answers, written
from tests.unit.correspondence.letters.complaints import bare, contact, northern
from tests.unit.correspondence.letters.samples import LETTERS, SAMPLES, example

FULL = example(Perspective.RECEIVING)


def made(kind: Kind, of: Record, **answers: Answer) -> Letter:
    return written(kind, of, **first_answers(kind, of) | answers)


def refused(kind: Kind, of: Record, **answers: Answer) -> str:
    with pytest.raises(Refusal) as found:
        made(kind, of, **answers)
    return found.value.field


class TestAComplaint:
    def test_asks_only_what_the_record_can_answer(self) -> None:
        names = {one.name for one in complaint.KIND.asks(bare())}
        assert not names & {"events", "figure", "says_owed", "also_decision", "decision"}
        assert {"events", "figure", "says_owed", "also_decision", "decision"} <= {
            one.name for one in complaint.KIND.asks(FULL)
        }

    def test_needs_something_to_be_about(self) -> None:
        assert refused(complaint.KIND, bare(), story="It is late.") == "grounds"
        one = made(complaint.KIND, bare(), grounds=("delay",), story="It is late.").about.grounds
        assert one.only == "delay in dealing with my case"
        own = made(complaint.KIND, bare(), other_ground="Tone.", story="It was rude.").about.grounds
        assert (own.listed, own.other, own.only) == ((), "Tone", "")
        assert made(complaint.KIND, FULL, grounds=("delay", "figure"), story="x").about.grounds.only == ""

    def test_puts_the_figure_in_question_beside_the_record(self) -> None:
        about = made(complaint.KIND, FULL, grounds=("figure",), story="x", figure="stated").about
        assert (about.figure.theirs, about.figure.ours) == (100000, FULL.at(day("2025-06-01")).outstanding)
        assert about.figure.apart == abs(about.figure.ours - about.figure.theirs)
        assert made(complaint.KIND, FULL, grounds=("figure",), story="x").about.figure is None

    def test_says_what_is_owed_only_where_that_is_wanted(self) -> None:
        about = made(complaint.KIND, FULL, grounds=("delay",), story="x", says_owed="yes").about
        assert (about.owed.on, about.owed.amount) == (FULL.on, FULL.position.outstanding)
        assert made(complaint.KIND, FULL, grounds=("delay",), story="x", says_owed="no").about.owed is None

    def test_says_nothing_of_it_at_first_where_nothing_was_logged_for_long(self) -> None:
        assert "Nothing is logged since 22 March 2025." in _owed_help(FULL)
        assert _owed_help(replace(FULL, on=day("2025-04-30"))) == ""
        never = replace(FULL, facts=replace(FULL.facts, payments=()))
        assert "No payment is logged yet." in _owed_help(never)
        assert made(complaint.KIND, FULL, grounds=("delay",), story="x").about.owed is None

    def test_of_the_paying_parent_names_no_debt_at_first(self) -> None:
        for side, is_said in ((Perspective.RECEIVING, True), (Perspective.PAYING, False)):
            (ask,) = complaining.ask_owed(replace(example(side), on=day("2025-04-30")))
            assert isinstance(ask, Pick)
            assert (ask.help, ask.options[0].is_ticked) == ("", is_said)

    def test_can_be_a_request_for_reconsideration_as_well(self) -> None:
        both = made(complaint.KIND, FULL, **SAMPLES["complaint"](FULL))
        assert both.heading == "Complaint, and request for mandatory reconsideration"
        assert both.about.challenged.weekly == 7500
        alone = made(complaint.KIND, FULL, grounds=("delay",), story="x")
        assert (alone.heading, alone.about.challenged) == ("Complaint", None)


def _owed_help(of: Record) -> str:
    (ask,) = complaining.ask_owed(of)
    assert isinstance(ask, Pick)
    assert ask.options[0].is_ticked == (not ask.help)
    return ask.help


class TestTheNextStage:
    def test_goes_back_to_a_complaint_that_was_sent(self) -> None:
        letter = made(complaint_escalation.KIND, FULL, unanswered="All of it.")
        about = letter.about
        assert (about.heading, about.dated_on, about.sent_on) == ("Complaint", day("2025-03-03"), day("2025-03-04"))
        assert (about.asked_by, about.replied_on, about.days) == (day("2025-03-24"), None, 128)
        assert letter.heading == "My complaint of 3 March 2025: please take it to the next stage"

    def test_begins_with_the_reply_that_the_record_knows(self) -> None:
        answered = replace(FULL, letters=(replace(LETTERS[0], answered_on=day("2025-03-20")),))
        assert made(complaint_escalation.KIND, answered, unanswered="x").about.replied_on == day("2025-03-20")

    def test_can_go_back_to_one_that_is_not_in_the_record(self) -> None:
        of = bare(nation=Nation.NORTHERN_IRELAND)
        about = made(complaint_escalation.KIND, of, complained_on=day("2025-05-01"), unanswered="x").about
        assert (about.heading, about.sent_on, about.asked_by) == ("", day("2025-05-01"), None)
        assert not about.is_great_britain
        other = {"complaint": "other", "complained_on": day("2025-05-01"), "unanswered": "x"}
        assert made(complaint_escalation.KIND, FULL, **other).about.dated_on == day("2025-05-01")
        assert refused(complaint_escalation.KIND, FULL, complaint="other", unanswered="x") == "complained_on"

    def test_waits_for_the_reply_that_was_asked_for(self) -> None:
        early = replace(FULL, on=day("2025-03-24"))
        assert refused(complaint_escalation.KIND, early, unanswered="x") == "answer"
        assert made(complaint_escalation.KIND, replace(FULL, on=day("2025-03-25")), unanswered="x")

    def test_knows_no_reply_from_before_the_complaint(self) -> None:
        before = {"answer": "came", "replied_on": day("2025-03-03"), "unanswered": "x"}
        assert refused(complaint_escalation.KIND, FULL, **before) == "replied_on"


ICE = {"grounds": ("delay",), "story": "x", "remains": "y"}


class TestTheExaminer:
    def test_counts_six_months_from_the_final_response(self) -> None:
        of = replace(FULL, on=day("2025-08-31"))
        about = made(independent_case_examiner.KIND, of, **ICE, final_on=day("2025-02-28"), late_because="Ill").about
        assert (about.last_on, about.months, about.is_in_time) == (day("2025-08-28"), 6, False)
        last = made(independent_case_examiner.KIND, of, **ICE, final_on=day("2025-03-31")).about
        assert (last.last_on, last.is_in_time) == (day("2025-09-30"), True)

    def test_takes_a_late_one_with_reasons(self) -> None:
        late = {**ICE, "final_on": day("2025-01-09")}
        assert refused(independent_case_examiner.KIND, FULL, **late) == "late_because"
        about = made(independent_case_examiner.KIND, FULL, **late, late_because="I was ill.").about
        assert (about.late_because, about.is_in_time) == ("I was ill.", False)
        in_time = {**ICE, "final_on": day("2025-01-10"), "late_because": "I was ill."}
        assert made(independent_case_examiner.KIND, FULL, **in_time).about.late_because == ""

    def test_needs_a_final_response(self) -> None:
        assert refused(independent_case_examiner.KIND, FULL, **ICE, is_final="no") == "is_final"
        assert refused(independent_case_examiner.KIND, FULL, **ICE) == "final_on"

    def test_offers_the_letters_that_came_from_cms(self) -> None:
        came = contact("2025-06-02", kind=ContactKind.LETTER, direction=Direction.IN, summary="Our final response")
        other = contact("2025-06-03", kind=ContactKind.LETTER, direction=Direction.IN, party="MP")
        blank = contact("2025-06-01", kind=ContactKind.ONLINE, direction=Direction.IN)
        of = replace(FULL, contacts=(other, came, blank))
        (final,) = (one for one in independent_case_examiner.KIND.asks(of) if one.name == "final")
        labels = [one.label for one in getattr(final, "options")]  # noqa: B009 - a pick
        assert labels[:2] == ["2 June 2025: Our final response", "1 June 2025: Online message from CMS"]
        about = made(independent_case_examiner.KIND, of, **ICE, final=str(came.id)).about
        assert about.final_on == day("2025-06-02")
        elsewhere = {**ICE, "final": "other", "final_on": day("2025-05-01")}
        assert made(independent_case_examiner.KIND, of, **elsewhere).about.final_on == day("2025-05-01")

    def test_encloses_the_response_and_the_complaints(self) -> None:
        letter = made(independent_case_examiner.KIND, FULL, **ICE, final_on=day("2025-06-02"))
        assert letter.enclosures == (
            "The final response, which reached me on 2 June 2025",
            "My letter of 3 March 2025, “Complaint”",
        )
        assert [one.dated_on for one in letter.about.complaints] == [day("2025-03-03")]
        assert made(independent_case_examiner.KIND, bare(), **ICE, final_on=day("2025-06-02")).about.complaints == ()


class TestTheMember:
    def test_is_named_above_the_address_and_in_the_greeting(self) -> None:
        letter = made(mp.KIND, FULL, reader="Jane  Smith MP", story="x")
        assert letter.greeting == "Dear Jane Smith"
        assert letter.addressee[0] == "Jane Smith MP"
        assert letter.enclosures == ()

    def test_can_be_asked_for_the_ombudsman_after_the_examiner(self) -> None:
        asked = {"ombudsman": "yes", "examined_on": day("2025-06-30"), "help": ()}
        letter = made(mp.KIND, northern(), reader="Ann Reid MLA", story="x", **asked)
        assert letter.about.examined_on == day("2025-06-30")
        assert letter.about.is_northern_ireland
        assert letter.greeting == "Dear Ann Reid"
        assert letter.enclosures == ("The Independent Case Examiner’s answer of 30 June 2025",)
        label = mp.KIND.asks(northern())[0].label
        assert label == "The name of your MP or MLA"

    def test_needs_to_know_what_to_do(self) -> None:
        assert refused(mp.KIND, FULL, reader="Jane Smith", story="x", help=()) == "help"
        assert made(mp.KIND, FULL, reader="Jane Smith", story="x", help=(), own="Call me").about.own == "Call me"


class TestAConsolatoryPayment:
    def test_names_the_complaints_with_their_replies(self) -> None:
        of = replace(FULL, letters=(replace(LETTERS[0], answered_on=day("2025-03-20")),))
        about = made(compensation.KIND, of, grounds=("delay",), story="x", effect="y").about
        assert [(one.heading, one.answered_on) for one in about.complaints] == [("Complaint", day("2025-03-20"))]
        assert (about.cost, about.costs, about.asked) == (None, (), None)

    def test_asks_about_no_complaint_where_none_was_sent(self) -> None:
        assert "complaints" not in {one.name for one in compensation.KIND.asks(bare())}


class TestSentComplaints:
    def test_are_complaints_that_left_the_house(self) -> None:
        kept = SentLetter(id=uuid.UUID(int=9), kind="complaint", heading="C", dated_on=day("2025-01-01"))
        of = replace(FULL, letters=(kept, *LETTERS))
        assert complaining.sent_complaints(of) == [LETTERS[0]]
        (ask,) = complaining.ask_complaints(of, label="Which?")
        assert isinstance(ask, PickMany)
        assert [one.label for one in ask.options] == ["3 March 2025: Complaint"]
