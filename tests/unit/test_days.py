"""Days in words."""

import datetime as dt

import pytest

from cms_tracker.days import clock, day, days, short_day


class TestADay:
    def test_is_written_without_a_leading_nought(self) -> None:
        assert day(dt.date(2025, 7, 4)) == "4 July 2025"

    def test_leaves_out_a_year_that_is_plain_from_beside_it(self) -> None:
        assert short_day(dt.date(2025, 7, 10)) == "10 July"


class TestANumberOfDays:
    @pytest.mark.parametrize(("count", "words"), [(0, "0 days"), (1, "1 day"), (30, "30 days"), (1200, "1,200 days")])
    def test_agrees_with_its_noun(self, count: int, words: str) -> None:
        assert days(count) == words


class TestClock:
    def test_says_times_as_people_do(self) -> None:
        said = [clock(dt.time(*at)) for at in ((9, 32), (12, 0), (0, 0), (0, 5), (12, 30), (14, 15))]
        assert said == ["9:32am", "noon", "midnight", "12:05am", "12:30pm", "2:15pm"]
