"""A long ledger comes in pages that a phone can hold, and every day is on one of them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.presenters.ledger_windows import MOST_ROWS, Window, windows, years

ON = dt.date(2026, 11, 22)


def every(days: int, count: int) -> list[dt.date]:
    """So many days, the last one a few days before ``ON``."""
    return [ON - dt.timedelta(days=2 + days * place) for place in range(count)]


class TestWindows:
    @pytest.mark.parametrize(
        ("apart", "count", "newest"),
        [(7, 520, "Since June 2026"), (14, 260, "Since December 2025"), (31, 120, "Since September 2024")],
    )
    def test_begin_with_as_many_whole_months_as_fit(self, apart: int, count: int, newest: str) -> None:
        assert windows(every(apart, count), on=ON)[0].title == newest

    def test_are_one_where_everything_fits(self) -> None:
        assert windows(every(31, 20), on=ON) == [Window("All", None, None)]
        assert windows([], on=ON) == [Window("All", None, None)]

    def test_halve_a_long_year_and_name_what_is_left_of_this_one(self) -> None:
        titles = [one.title for one in windows(every(7, 130), on=ON)]
        assert titles == [
            "Since June 2026", "January to May 2026", "July to December 2025", "January to June 2025",
            "July to December 2024", "January to June 2024",
        ]  # fmt: skip

    def test_leave_out_years_in_which_nothing_happened(self) -> None:
        titles = [one.title for one in windows([dt.date(2020, 3, 1), *every(7, 60)], on=ON)]
        assert titles[-1] == "2020"
        assert "2022" not in titles

    @given(st.lists(st.dates(dt.date(2005, 1, 1), ON), max_size=400))
    def test_hold_every_day_exactly_once(self, days: list[dt.date]) -> None:
        found = windows(days, on=ON)
        assert all(sum(window.holds(day) for window in found) == 1 for day in days)
        assert [window.is_newest for window in found] == [True, *[False] * (len(found) - 1)]

    @given(st.integers(1, 700))
    def test_are_never_longer_than_half_a_year_of_weeks(self, count: int) -> None:
        days = every(7, count)
        assert all(sum(window.holds(day) for day in days) <= MOST_ROWS for window in windows(days, on=ON))


class TestYears:
    def test_link_to_the_newest_part_of_each_year_once(self) -> None:
        found = windows(every(7, 130), on=ON)
        assert [(one.title, one.place) for one in years(found, 0)] == [
            ("Since June 2026", 0), ("2026", 1), ("2025", 2), ("2024", 4),
        ]  # fmt: skip

    def test_mark_the_year_the_reader_is_in(self) -> None:
        found = windows(every(7, 130), on=ON)
        for place, title in enumerate(["Since June 2026", "2026", "2025", "2025", "2024", "2024"]):
            assert [one.title for one in years(found, place) if one.is_here] == [title]
