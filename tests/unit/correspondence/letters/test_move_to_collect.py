"""The request to move to Collect and Pay, and what a report of missed payments says of earlier reports."""

from dataclasses import replace

import pytest

from arrears.core.facts import Observation
from cases.core.facts import Nation
from cms_tracker.refusal import Refusal
from correspondence.core.letters import missed_payments
from correspondence.core.letters.asks import Answers
from correspondence.core.letters.move_to_collect import KIND
from tests.unit.arrears.build import day, payment, service
from tests.unit.correspondence.letters.build import first_answers, written
from tests.unit.correspondence.letters.collecting import ON, REPORT, owing


class TestMovingToCollectAndPay:
    def test_states_the_missed_payments_among_those_that_fell_due(self) -> None:
        of = owing()
        letter = written(KIND, of, **first_answers(KIND, of) | {"nothing_came": ("2025-05-03",)})
        about = letter.about
        assert [row.due_on for row in about.rows] == [day("2025-03-03"), day("2025-05-03")]
        assert (about.due, about.paid, about.credited, about.short) == (52000, 20000, 0, 32000)
        assert (about.due_since, about.owed) == (5, of.position.outstanding)
        assert (about.my_fee, about.their_fee) == ("4%", "20%")
        assert [one.heading for one in about.reported] == [REPORT.heading]

    def test_notes_what_was_confirmed(self) -> None:
        of = owing()
        answers = {"nothing_came": ("2025-05-03",)}
        about = written(KIND, of, **answers).about
        assert KIND.notes is not None
        assert KIND.notes(of, about, Answers(answers)) == [day("2025-05-03")]

    def test_names_an_act_of_great_britain_only_there(self) -> None:
        of = replace(owing(), nation=Nation.NORTHERN_IRELAND)
        assert not written(KIND, of, nothing_came=("2025-05-03",)).about.is_great_britain
        assert written(KIND, owing(), nothing_came=("2025-05-03",)).about.is_great_britain

    def test_is_for_direct_pay_with_something_missed(self) -> None:
        of = owing()
        assert KIND.why_not(of) == ""
        assert "First say" in KIND.why_not(owing(services=()))
        assert "already" in KIND.why_not(owing(services=(service("collect_and_pay", "2025-01-06"),)))
        assert "no missed" in KIND.why_not(owing(payments=(payment("9000", "2025-02-01"),)))
        with pytest.raises(Refusal, match="another service"):
            written(KIND, owing(services=()))

    def test_asks_about_earlier_times_only_where_there_are_some(self) -> None:
        assert [one.name for one in KIND.asks(owing())] == ["reported", "nothing_came", "earlier", "said"]
        bare = replace(owing(), contacts=(), letters=())
        assert [one.name for one in KIND.asks(bare)] == ["reported", "nothing_came", "said"]


class TestAReportOfMissedPayments:
    def test_names_the_days_on_which_the_same_payments_were_reported_before(self) -> None:
        noted = owing(observations=(Observation(due_on=day("2025-04-03"), noted_on=ON),))
        about = written(missed_payments.KIND, noted, reported=("2025-03-03", "2025-04-03")).about
        assert about.told_on == (day("2025-04-15"),)
        assert written(missed_payments.KIND, noted, reported=("2025-03-03",)).about.told_on == ()
