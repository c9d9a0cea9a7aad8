"""Whether a row of readings grows, and what so many of a hundred took."""

import pytest

from cms_tracker.pages.bench.load import percentile
from cms_tracker.pages.bench.watching import Trend, trend


class TestTrend:
    def test_is_the_slope_of_a_straight_line_in_an_hour(self) -> None:
        found = trend([(second, 100 + 0.5 * second) for second in range(0, 600, 10)])
        assert found is not None
        assert found.per_hour == pytest.approx(1800)
        assert found.bound == pytest.approx(0, abs=1e-6)

    def test_leaves_a_wide_bound_to_readings_that_jump(self) -> None:
        found = trend([(second, 100 + 50 * (second // 60 % 2)) for second in range(0, 600, 10)])
        assert found is not None
        assert found.bound > abs(found.per_hour)

    def test_says_nothing_of_a_few_readings(self) -> None:
        assert trend([(second, 1.0) for second in range(19)]) is None

    @pytest.mark.parametrize(("per_hour", "bound", "said"), [(9, 1, "growing"), (1, 1, "flat"), (4, 3, "unclear")])
    def test_says_what_is_sure(self, per_hour: float, bound: float, said: str) -> None:
        assert Trend(per_hour, bound).verdict(allowed=5) == said


class TestPercentile:
    def test_is_the_time_within_which_so_many_were_answered(self) -> None:
        taken = [(3.0, 1), (1.0, 90), (2.0, 9)]
        assert [percentile(taken, share) for share in (50, 90, 95, 99, 100)] == [1.0, 1.0, 2.0, 2.0, 3.0]
