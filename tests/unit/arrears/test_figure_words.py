"""Figures of CMS in words: what the difference did in between."""

from itertools import pairwise

from arrears.core.breakdown import Stage, stages_of
from arrears.core.results import Beside
from arrears.presenters.figures import intervals
from tests.unit.arrears.build import day

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
