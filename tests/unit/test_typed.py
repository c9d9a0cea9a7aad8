"""A letter typed for a digit is named, wherever it is typed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from cases.core import references
from cms_tracker.money import AmountError, parse_typed
from cms_tracker.typed import letter_for_digit
from cms_tracker.web.forms import DayAheadField, DayField

TODAY = dt.date(2026, 11, 22)


def refusal_of(field: DayField, *parts: str) -> str:
    with pytest.raises(ValidationError) as raised:
        field.clean(list(parts))
    return str(raised.value.messages[0])


class TestALetterForADigit:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("O1", "You typed a letter O. Use 0."),
            ("2o0.00", "You typed a letter o. Use 0."),
            ("l2", "You typed a letter l. Use 1."),
            ("I", "You typed a letter I. Use 1."),
            ("12", ""),
            ("oil", ""),
            ("two", ""),
            ("1x", ""),
        ],
    )
    def test_is_named_only_where_it_stands_among_digits(self, text: str, sentence: str) -> None:
        assert letter_for_digit(text) == sentence

    def test_is_named_in_an_amount(self) -> None:
        with pytest.raises(AmountError, match=r"You typed a letter O\. Use 0\."):
            parse_typed("£2OO.00")

    def test_is_named_in_a_reference(self) -> None:
        with pytest.raises(references.BadReference, match=r"You typed a letter O\. Use 0\."):
            references.parse("12O0 0000 0002")
        with pytest.raises(references.BadReference, match="Enter the 12 digits"):
            references.parse("1200 0000 000")

    @pytest.mark.parametrize("parts", [("O1", "5", "2026"), ("1", "O5", "2026"), ("1", "5", "2O26")])
    def test_is_named_in_a_day(self, parts: tuple[str, ...]) -> None:
        assert refusal_of(DayField(on_or_before=TODAY), *parts) == "You typed a letter O. Use 0."


class TestADay:
    @pytest.mark.parametrize(
        ("parts", "sentence"),
        [
            (("", "5", "2026"), "Enter the day of the month."),
            (("1", "", "2026"), "Enter the month."),
            (("1", "5", ""), "Enter the year."),
            (("first", "5", "2026"), "Write the day in numbers, like 22 4 2025."),
        ],
    )
    def test_names_the_part_that_is_missing_or_wrong(self, parts: tuple[str, ...], sentence: str) -> None:
        assert refusal_of(DayField(on_or_before=TODAY, what="the day it counts from"), *parts) == sentence

    @pytest.mark.parametrize(
        ("parts", "year"),
        [
            (("1", "5", "2062"), 2026),
            (("1", "5", "2052"), 2025),
            (("1", "5", "2036"), 2026),
            (("1", "12", "2036"), 2025),
            (("1", "12", "2062"), 2025),
        ],
    )
    def test_offers_a_year_that_would_do(self, parts: tuple[str, str, str], year: int) -> None:
        field = DayField(on_or_before=TODAY)
        assert refusal_of(field, *parts) == f"The year {parts[2]} has not happened yet. Did you mean {year}?"
        assert field.clean([parts[0], parts[1], str(year)]).year == year

    def test_that_may_lie_ahead_offers_a_year_where_two_figures_were_swapped(self) -> None:
        field = DayAheadField(on_or_before=TODAY + dt.timedelta(days=366))
        assert refusal_of(field, "1", "5", "2062") == "The year 2062 is too far ahead. Did you mean 2026?"
        too_far = "1 May 2031 is too far ahead. Enter a day up to 23 November 2027."
        assert refusal_of(field, "1", "5", "2031") == too_far
