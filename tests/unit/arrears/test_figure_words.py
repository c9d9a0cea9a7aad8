"""Figures of CMS in words: what the difference did in between."""

from itertools import pairwise

from arrears.core.breakdown import Stage, stages_of
from arrears.core.facts import Statement
from arrears.core.results import Beside
from arrears.presenters.figures import days_to_compare, intervals, link_words, verdict
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, service
from tests.unit.arrears.stated import FACTS, WEEKLY, compared

DAYS = ("2025-01-01", "2025-02-01", "2025-03-01")


def stages(*differences: int) -> tuple[Stage, ...]:
    """Figures on following days that lie so far from ours."""
    return stages_of(
        Beside(statement_id=on, as_at=day(on), known_on=day(on), theirs=500, ours=500 + apart, difference=apart)
        for on, apart in zip(DAYS, differences, strict=False)
    )


def said(*differences: int) -> list[str]:
    """What the difference did, in words."""
    return [one.change for one in intervals(stages(*differences))]


class TestWhatTheDifferenceDid:
    def test_is_not_said_of_one_figure(self) -> None:
        assert intervals(stages(300)) == []

    def test_is_nothing_where_the_figures_agree(self) -> None:
        assert said(0, 0) == ["The same", "The same"]

    def test_grows_and_shrinks_by_its_size_whichever_figure_is_higher(self) -> None:
        assert said(0, 300, 100) == [
            "The same", "Grew by £3.00 since 1 January 2025", "Shrank by £2.00 since 1 February 2025",
        ]  # fmt: skip
        assert said(0, -300, -100)[1:] == said(0, 300, 100)[1:]

    def test_may_stay_from_the_start_or_change_sides(self) -> None:
        assert said(200, 200, -100) == [
            "Differs from the start", "The difference did not change",
            "Moved by £3.00 since 1 February 2025, to the other side",
        ]  # fmt: skip

    def test_is_said_against_the_other_figure_where_two_are_for_one_day(self) -> None:
        beside = [
            Beside(
                statement_id=name, as_at=day("2025-09-05"), known_on=day("2025-09-05"), theirs=theirs, ours=100_000,
                difference=100_000 - theirs,
            )
            for name, theirs in (("a", 107_000), ("b", 106_900), ("c", 107_000))
        ]  # fmt: skip
        assert [one.change for one in intervals(stages_of(beside))] == [
            "Differs from the start", "For the same day, £1.00 more than CMS's other figure",
            "For the same day, the same figure again",
        ]  # fmt: skip

    def test_adds_up(self) -> None:
        found = stages(200, -50, 120)
        assert all(after.change == after.difference - before.difference for before, after in pairwise(found))


class TestTheVerdictAndTheLink:
    def test_count_the_things_that_would_each_explain_it(self) -> None:
        owed = case(*FACTS, opening("500", "2024-12-01"), adjustment("write_off", "30", "2025-01-05"))
        found = compared(owed, "760", "2025-01-10")
        assert verdict(found) == "£30.00 less in your record. 2 things would each explain it."
        assert link_words(found) == "See what would explain it"

    def test_count_the_sums_where_it_takes_several_things(self) -> None:
        paid = [
            payment(amount, f"2025-01-{n:02}", name=amount)
            for n, amount in enumerate(("11.13", "29.47", "101.59", "83.25"), 6)
        ]
        found = compared(case(*WEEKLY, opening("900", "2024-12-01"), *paid), "848.65", "2025-01-11")
        # £11.13 and £101.59, or £29.47 and £83.25.
        assert verdict(found) == "£112.72 less in your record. 2 sums of two things would each explain it."

    def test_promise_no_explanation_where_there_is_none(self) -> None:
        found = compared(case(*FACTS), "13.13", "2025-01-10")
        assert verdict(found).endswith("Nothing we tried would explain it.")
        assert link_words(found) == "See what we tried"

    def test_promise_a_part_where_only_a_part_is_explained(self) -> None:
        collected = service("collect_and_pay", "2025-01-03")
        weekly = (decision("61.37", "2025-01-03"), schedule("weekly", "2025-01-03"))
        found = compared(case(*weekly, collected, perspective="paying"), "301.01", "2025-01-10")
        assert link_words(found) == "See what would explain a part of it"

    def test_lead_to_the_figure_where_the_two_agree(self) -> None:
        assert link_words(compared(case(*FACTS), "260", "2025-01-10")) == "See this figure"


class TestTheDaysToCompare:
    def test_are_those_of_the_figure_before_and_of_this_one(self) -> None:
        third = Statement(stated_on=day(DAYS[2]), as_at=day(DAYS[2]), amount=500, id=DAYS[2])
        assert days_to_compare(stages(0, 300, 100), third, case(*FACTS)) == (day(DAYS[1]), day(DAYS[2]))

    def test_are_three_months_where_there_is_none_before(self) -> None:
        first = Statement(stated_on=day("2025-06-03"), as_at=day("2025-06-03"), amount=500, id="first")
        assert days_to_compare((), first, case(*FACTS)) == (day("2025-03-03"), day("2025-06-03"))
