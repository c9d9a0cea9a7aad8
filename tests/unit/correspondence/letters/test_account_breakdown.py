"""The request for an account breakdown: whose figure, our lines, and where the two part."""

from dataclasses import replace

import pytest

from arrears.core.facts import Statement
from arrears.core.other_facts import Claim, ClaimKind, Step, StepKind
from cases.core.facts import Perspective
from cms_tracker.refusal import Refusal
from correspondence.core.letters import account_breakdown
from correspondence.core.letters.account_breakdown import KIND, NO_FIGURE
from correspondence.core.letters.asks import Pick
from correspondence.core.letters.kind import Record
from tests.unit.arrears.build import case, day, decision, payment, schedule, service
from tests.unit.correspondence.letters.build import first_answers, record, written
from tests.unit.correspondence.letters.collecting import ON, owing, with_figures

RECEIVING, PAYING = Perspective.RECEIVING, Perspective.PAYING


def stated(amount: int) -> Statement:
    return Statement(stated_on=ON, as_at=ON, amount=amount, id="stated")


def fees() -> Record:
    """The paying parent on Collect and Pay, with a lowered decision and a claim that CMS took back."""
    claim = Claim(
        kind=ClaimKind.DIRECT_PAYMENT, paid_on=day("2025-03-01"), amount=5000, recorded_on=day("2025-03-01"),
        id="claim",
        steps=(
            Step(kind=StepKind.ACCEPTED, on=day("2025-03-10"), recorded_on=day("2025-03-10"), amount=5000, id="yes"),
            Step(kind=StepKind.WITHDRAWN, on=day("2025-04-10"), recorded_on=day("2025-04-10"), amount=5000, id="no"),
        ),
    )  # fmt: skip
    facts = case(
        decision("60.00", "2025-02-03", told="2025-02-01"),
        decision("50.00", "2025-03-03", told="2025-05-20", name="lower"),
        schedule("monthly", "2025-02-03"),
        service("collect_and_pay", "2025-01-06"),
        payment("312.00", "2025-02-03", route="via_cms_paid"),
        perspective="paying",
    )
    return record(replace(facts, claims=(claim,)), ON)


class TestAboutAFigure:
    def test_offers_those_that_differ_the_latest_first(self) -> None:
        asked = KIND.asks(with_figures(RECEIVING))[0]
        assert isinstance(asked, Pick)
        assert [(one.value, one.label, one.is_ticked) for one in asked.options] == [
            ("differs", "£3,120.00 for 10 June 2025: £120.00 less than yours, Letter of 16 June", True),
            (NO_FIGURE, "No figure: ask for the whole account up to today", False),
        ]

    def test_begins_after_the_day_on_which_the_two_agreed(self) -> None:
        of = with_figures(RECEIVING)
        about = written(KIND, of, **first_answers(KIND, of)).about
        assert about.agreed_on == day("2025-02-10")
        assert about.lines[0].on == day("2025-03-03")
        assert about.before == 240000
        assert about.before + about.due - about.paid == about.balance == about.lines[-1].balance
        assert [one.apart for one in about.figures] == [0, 12000]
        assert about.questions[0].startswith("You gave £3,120.00 for 10 June 2025.")
        assert about.heading.endswith("your figure for 10 June 2025")

    def test_names_what_would_explain_it_where_that_was_asked(self) -> None:
        of = owing(statements=(stated(owing().position.outstanding - 26000),))
        asked = KIND.asks(of)[0]
        assert isinstance(asked, Pick)
        assert "less than yours" in asked.options[0].label
        about = written(KIND, of, **first_answers(KIND, of)).about
        assert about.explained_by
        assert all(one.startswith("CMS") and not one.endswith(".") for one in about.explained_by)
        assert not written(KIND, of, figure="stated", with_explanations="no").about.explained_by

    def test_may_go_without_our_account(self) -> None:
        of = owing(statements=(stated(100),))
        letter = written(KIND, of, figure="stated", with_account="no")
        assert letter.enclosures == ()
        assert (letter.about.lines, letter.about.before, letter.about.agreed_on) == ((), 0, None)

    def test_says_more_where_their_figure_is_higher(self) -> None:
        asked = KIND.asks(owing(statements=(stated(900000),)))[0]
        assert isinstance(asked, Pick)
        assert asked.options[0].label == "£9,000.00 for 10 July 2025: £5,500.00 more than yours"


class TestWithoutAFigure:
    def test_asks_for_the_whole_account(self) -> None:
        of = owing(PAYING)
        letter = written(KIND, of, **first_answers(KIND, of))
        assert letter.heading == "Request for an account breakdown"
        assert (letter.about.figure, letter.about.figures, letter.about.questions) == (None, (), ())
        assert letter.about.lines[0].what == "Amount carried over"
        assert letter.about.overpaid == 0
        assert "Payment made" in {one.what for one in letter.about.lines}
        assert "Payment came" in {one.what for one in written(KIND, owing(), **first_answers(KIND, of)).about.lines}

    def test_names_every_kind_of_line(self) -> None:
        about = written(KIND, fees(), figure=NO_FIGURE, with_account="yes").about
        assert {one.what for one in about.lines} >= {
            "Went to a collection fee", "Came back from a fee", "Payment outside CMS counted",
            "Payment no longer counted", "Change by a later decision, told 20 May 2025",
        }  # fmt: skip

    def test_goes_by_the_month_where_it_is_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(account_breakdown, "MOST_LINES", 3)
        about = written(KIND, owing(), figure=NO_FIGURE, with_account="yes").about
        assert about.is_by_month
        assert [one.what for one in about.lines][:2] == ["January 2025", "February 2025"]
        of = with_figures(RECEIVING)
        since = written(KIND, of, **first_answers(KIND, of)).about
        assert since.lines[0].what == "February 2025"
        assert since.before + since.due - since.paid == since.balance

    def test_needs_a_choice_and_something_to_hold_beside(self) -> None:
        with pytest.raises(Refusal) as refused:
            written(KIND, owing())
        assert refused.value.field == "figure"
        assert KIND.why_not(record(case(), ON)).startswith("First add your decision")
        assert KIND.why_not(owing()) == ""
