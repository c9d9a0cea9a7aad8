"""The working of a decision as a person reads it: true of the days it is for, and to be checked by hand."""

from arrears.core.facts import CaseFacts
from arrears.core.position import position, working
from arrears.core.results import Entry, Part
from arrears.presenters.working import lines, reach
from tests.unit.arrears.build import case, day, decision, schedule


def last(facts: CaseFacts, on: str) -> tuple[Entry, tuple[Part, ...]]:
    """The latest entry that a decision posted, and its working."""
    entry = position(facts, on=day(on)).others[-1]
    return entry, working(facts, entry, on=day(on), known_on=day(on))


class TestReach:
    def test_says_of_days_that_lay_ahead_only_that_they_come_before_the_first_due_date(self) -> None:
        facts = case(decision("70", "2025-01-01", told="2025-01-05"), schedule("weekly", "2025-01-15"))
        assert reach(*last(facts, "2025-01-15")) == "It is for the days before the first due date."

    def test_says_of_days_before_a_late_first_letter_that_they_had_passed(self) -> None:
        facts = case(decision("70", "2025-01-01", told="2025-01-15"), schedule("weekly", "2025-01-15"))
        assert reach(*last(facts, "2025-01-15")) == "By then these days had passed already."

    def test_speaks_of_payments_only_where_there_are_some(self) -> None:
        first, weekly = decision("70", "2025-01-08"), schedule("weekly", "2025-01-15")
        before = case(first, decision("63", "2025-01-01", told="2025-02-01"), weekly)
        assert reach(*last(before, "2025-02-01")) == "It also covers these days before the first due date."
        after = case(first, decision("77", "2025-01-08", told="2025-02-01"), weekly)
        assert reach(*last(after, "2025-02-01")) == "By then these payments had been asked for at the old amount."


class TestLines:
    def test_name_both_payments_where_the_week_stays_the_same(self) -> None:
        stated = decision("85", "2025-01-03", told="2025-02-04", instalment="370", name="stated")
        facts = case(decision("85", "2025-01-03"), stated, schedule("monthly", "2025-01-03"))
        found = lines(last(facts, "2025-02-04")[1])
        assert [line.rates for line in found] == ["£368.33 to £370.00 a payment"] * 2

    def test_name_both_weeks_where_they_differ(self) -> None:
        facts = case(
            decision("60", "2025-01-03"),
            decision("70", "2025-01-03", told="2025-01-08"),
            schedule("weekly", "2025-01-03"),
        )
        assert lines(last(facts, "2025-01-08")[1])[0].rates == "£60.00 to £70.00 a week"
