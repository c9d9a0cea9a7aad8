"""The 12-digit CMS reference."""

import pytest

from cases.core.references import BadReference, grouped, looks_usual, parse


class TestAReference:
    @pytest.mark.parametrize("typed", ["120000000017", "1200 0000 0017", " 1200-0000-0017 "])
    def test_is_read_however_it_is_spaced(self, typed: str) -> None:
        assert parse(typed) == "120000000017"

    @pytest.mark.parametrize("typed", ["", "12000000001", "1200000000177", "12000000001x", "١٢٠٠٠٠٠٠٠٠١٧"])
    def test_is_refused_unless_it_is_twelve_digits(self, typed: str) -> None:
        with pytest.raises(BadReference, match="12 digits"):
            parse(typed)

    def test_is_refused_by_the_letter_that_stands_for_a_digit(self) -> None:
        with pytest.raises(BadReference, match="letter O"):
            parse("12OOOOOOOO17")

    def test_is_usual_where_it_begins_as_cms_begins_them(self) -> None:
        assert looks_usual("120000000017")
        assert not looks_usual("130000000017")

    def test_is_printed_as_a_person_reads_it_out(self) -> None:
        assert grouped("120000000017") == "1200 0000 0017"
