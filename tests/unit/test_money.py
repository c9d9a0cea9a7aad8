"""Pounds and pence: what is taken, what is refused and why, and rounding."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms_tracker.money import (
    MAX_PENCE,
    AmountError,
    parse_plain,
    parse_typed,
    plain,
    pounds,
    round_half_up,
)


class TestRounding:
    @pytest.mark.parametrize(
        ("exact", "pence"),
        [
            ("1/2", 1),
            ("-1/2", -1),
            ("3/2", 2),
            ("-3/2", -2),
            ("5/2", 3),
            ("1/3", 0),
            ("2/3", 1),
            ("-2/3", -1),
            ("7", 7),
        ],
    )
    def test_is_half_away_from_zero(self, exact: str, pence: int) -> None:
        assert round_half_up(Fraction(exact)) == pence

    @given(st.fractions())
    def test_is_never_more_than_half_a_penny_off(self, exact: Fraction) -> None:
        assert abs(round_half_up(exact) - exact) <= Fraction(1, 2)
        assert round_half_up(-exact) == -round_half_up(exact)


class TestWriting:
    @pytest.mark.parametrize(
        ("pence", "read", "kept"),
        [
            (0, "£0.00", "0.00"),
            (5, "£0.05", "0.05"),
            (123456, "£1,234.56", "1234.56"),
            (-5, "\N{MINUS SIGN}£0.05", "-0.05"),
            (-123456789, "\N{MINUS SIGN}£1,234,567.89", "-1234567.89"),
        ],
    )
    def test_is_as_people_read_it_or_as_a_file_holds_it(self, pence: int, read: str, kept: str) -> None:
        assert (pounds(pence), plain(pence)) == (read, kept)

    @given(st.integers(0, MAX_PENCE))
    def test_can_be_read_back(self, pence: int) -> None:
        assert parse_typed(pounds(pence)) == parse_typed(plain(pence)) == parse_plain(plain(pence)) == pence


class TestTyped:
    @pytest.mark.parametrize(
        ("typed", "pence"),
        [
            ("200", 20000),
            ("1234.5", 123450),
            ("£1,234.56", 123456),
            (" £ 12 ", 1200),
            ("1,234,567", 123456700),
            ("0.05", 5),
            ("007", 700),
        ],
    )
    def test_takes_what_people_type(self, typed: str, pence: int) -> None:
        assert parse_typed(typed) == pence

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ("", "Enter an amount"),
            ("   ", "Enter an amount"),
            ("-0", "without a minus"),
            ("−5", "without a minus"),
            ("(12.00)", "without a minus"),
            ("1.234", "two figures after the point"),
            ("1,234.567", "two figures after the point"),
            ("1e5", "letter e"),
            ("1E+5", "letter e"),
            ("NaN", "numbers only"),
            ("inf", "numbers only"),
            ("-inf", "minus"),
            ("+Infinity", "numbers only"),
            ("1_000", "underscore"),
            ("２００", "digits 0 to 9"),
            ("٢٠٠", "digits 0 to 9"),
            ("1O0", "letter O"),
            ("2o", "letter o"),
            ("l00", "letter l"),
            ("I5", "letter I"),
            ("12,34", "after a point, not a comma. Did you mean 12.34"),
            ("£65,5", "Did you mean 65.50"),
            ("1,234,56", "Did you mean 1,234.56"),
            ("12,3456", "comma before each group"),
            ("1,234.5,6", "comma"),
            ("twelve", "numbers only"),
            ("12 34", "numbers only"),
            ("£", "numbers only"),
            (".", "numbers only"),
            ("10000000", "£9,999,999.99 or less"),
            ("9" * 5000, "£9,999,999.99 or less"),
        ],
    )
    def test_says_what_is_wrong(self, typed: str, why: str) -> None:
        with pytest.raises(AmountError, match=why):
            parse_typed(typed)

    @given(st.text(max_size=20))
    def test_refuses_or_takes_any_text(self, typed: str) -> None:
        try:
            pence = parse_typed(typed)
        except AmountError as refused:
            message = str(refused)
            pence = 0
        else:
            message = "taken."
        assert 0 <= pence <= MAX_PENCE
        assert message.endswith((".", "?"))


class TestPlain:
    @pytest.mark.parametrize(
        "text", ["0", "0.0", "00000000.00", "1,000.00", "-1.00", "+1.00", " 1.00", "1.00\n", "1e2", ""]
    )
    def test_refuses_anything_but_pounds_with_two_decimals(self, text: str) -> None:
        with pytest.raises(AmountError, match="two decimals"):
            parse_plain(text)

    def test_takes_the_least_and_the_most(self) -> None:
        assert (parse_plain("0.00"), parse_plain("9999999.99")) == (0, MAX_PENCE)
