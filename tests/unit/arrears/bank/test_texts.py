"""A payment reference is hostile text: it is made harmless, masked, and known again only by a keyed digest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.bank.texts import MAX_TEXT, decode, digest, harmless, line_id, masked, names_cms, payer

KEY, OTHER_KEY = b"k" * 32, b"o" * 32


class TestHarmless:
    @pytest.mark.parametrize(
        ("given_text", "shown"),
        [
            ("  J  SMITH\t", "J SMITH"),
            ("a\u202eb\u2066c\u200bd", "a b c d"),
            ("a\x00b\x1b[31mc\r\nd", "a b [31mc d"),
            ("=HYPERLINK(1)", "=HYPERLINK(1)"),
            ("<b>x</b>", "<b>x</b>"),
            ("Cafe\u0301", "Café"),
        ],
    )
    def test_is_one_line_without_characters_that_act(self, given_text: str, shown: str) -> None:
        assert harmless(given_text) == shown

    def test_is_cut_short(self) -> None:
        assert harmless("x" * 10_000) == "x" * MAX_TEXT

    @given(st.text(max_size=2000))
    def test_holds_nothing_that_acts_whatever_it_is_given(self, text: str) -> None:
        shown = harmless(text)

        assert harmless(shown) == shown
        assert len(shown) <= MAX_TEXT
        assert not any(char in shown for char in "\r\n\t\u2028\u202e\x00")


class TestMasked:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("J SMITH", "J*** S***"),
            ("", "No text"),
            ("=CMD() 12345", "*** ***"),
            ("one two three four five six seven", "o*** t*** t*** f*** f*** s***"),
        ],
    )
    def test_shows_first_letters_only(self, text: str, shown: str) -> None:
        assert masked(text) == shown


class TestThePayer:
    def test_is_the_same_from_one_payment_to_the_next(self) -> None:
        assert payer("J SMITH REF 0001 12JAN") == payer("j smith  ref 0002 12feb") == "j smith ref"

    def test_is_the_whole_text_where_it_has_no_words(self) -> None:
        assert payer("123 456") == "123 456"


class TestDigest:
    def test_is_the_same_for_the_same_payer_under_the_same_key_only(self) -> None:
        assert digest(KEY, "J SMITH 1") == digest(KEY, "j smith 2")
        assert digest(KEY, "J SMITH") != digest(OTHER_KEY, "J SMITH")
        assert digest(KEY, "J SMITH") != digest(KEY, "J SMYTH")

    def test_holds_none_of_the_text(self) -> None:
        assert "smith" not in digest(KEY, "smith")
        assert len(digest(KEY, "smith")) == 64


class TestALinesId:
    def test_tells_apart_days_amounts_places_payers_and_cases(self) -> None:
        usual = {"on": "2025-03-03", "pence": 100, "nth": 0, "digest": "d"}
        others = [usual | {"on": "2025-03-04"}, usual | {"pence": 101}, usual | {"nth": 1}, usual | {"digest": "e"}]
        ids = {line_id(KEY, **one) for one in [usual, *others]} | {line_id(OTHER_KEY, **usual)}  # type: ignore[arg-type]

        assert len(ids) == 6
        assert line_id(KEY, **usual) == line_id(KEY, **usual)  # type: ignore[arg-type]


class TestNamesCms:
    @pytest.mark.parametrize(
        ("text", "is_so"),
        [
            ("CMS PAYMENT", True), ("DWP CMG", True), ("Child Maintenance Service", True), ("CHILD MAINT", True),
            ("CHILD SUPPORT AGENCY", True), ("ACMSON LTD", False), ("CHILDREN IN NEED", False), ("", False),
        ],
    )  # fmt: skip
    def test_finds_the_service_and_the_department(self, text: str, is_so: bool) -> None:
        assert names_cms(text) is is_so


class TestDecode:
    @given(st.binary(max_size=500))
    def test_reads_any_bytes_as_something(self, content: bytes) -> None:
        assert isinstance(decode(content), str)
