"""Sharing a sum by children: exact to the penny, and nothing left over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.core.case_group import apportion


class TestApportion:
    def test_shares_the_leaflets_sixty_pounds(self) -> None:
        assert apportion(6000, [2, 1]) == (4000, 2000)  # GOV.UK leaflet, Matthew

    def test_gives_the_pennies_that_are_left_to_the_largest_rest(self) -> None:
        assert apportion(100, [1, 1, 1]) == (34, 33, 33)
        assert apportion(10_001, [1, 2]) == (3334, 6667)

    @pytest.mark.parametrize("children", [[], [0, 0], [2, -1]])
    def test_refuses_to_share_between_nobody(self, children: list[int]) -> None:
        with pytest.raises(ValueError, match="none"):
            apportion(100, children)

    @given(amount=st.integers(0, 10**9), children=st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any))
    def test_gives_away_every_penny_and_never_more_than_a_penny_too_much(
        self, amount: int, children: list[int]
    ) -> None:
        shares = apportion(amount, children)
        assert sum(shares) == amount
        total = sum(children)
        assert all(abs(share * total - amount * count) < total for share, count in zip(shares, children, strict=True))
