"""The test by which `manage.py bench timing` tells a difference from chance."""

import random

from cms_tracker.pages.bench.timing import likelihood


class TestLikelihood:
    def test_is_certain_for_equal_samples(self) -> None:
        assert likelihood([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]) == 1
        assert likelihood([5.0] * 10, [5.0] * 10) == 1

    def test_is_that_of_the_textbooks(self) -> None:
        # U = 0 of 5 x 5: z = 12 / sqrt(25 * 11 / 12) = 2.507
        assert abs(likelihood([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]) - 0.01219) < 0.0001
        # The same with two ties: the spread is a little less.
        assert abs(likelihood([1, 2, 2, 4, 5], [5, 7, 8, 9, 10]) - 0.01587) < 0.003

    def test_finds_a_millisecond_of_twenty_among_two_hundred(self) -> None:
        dice = random.Random(1)
        ones = [dice.gauss(20, 2) for _ in range(200)]
        assert likelihood([one + 1 for one in ones], [dice.gauss(20, 2) for _ in range(200)]) < 0.01
        assert likelihood(ones, [dice.gauss(20, 2) for _ in range(200)]) > 0.01

    def test_does_not_depend_on_the_order(self) -> None:
        assert likelihood([1, 5, 3], [2, 6, 4]) == likelihood([3, 1, 5], [6, 4, 2])
