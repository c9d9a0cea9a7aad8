"""What must not leave is found however it is written, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.core.bundles.hiding import REMOVED, find, holds, is_long_enough, needles_of, remove

ADDRESS = "12 Rose Lane, Leeds LS1 4AB"
EVERY = needles_of([ADDRESS, "07700 900123", "rosa@example.com", "20-00-00 12345678", "Lee"])


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("I live at 12  ROSE-LANE leeds, ls14ab.", f"I live at {REMOVED}."),
        ("near Rose\nLane", f"near {REMOVED}"),
        ("Post to L S 1  4 A B", f"Post to {REMOVED}"),
        ("full width ＬＳ１ ４ＡＢ", f"full width {REMOVED}"),
        ("soft\xad hyphen Ro\xadse La\u200bne", f"soft\xad hyphen {REMOVED}"),
        ("Leeds alone", f"{REMOVED} alone"),
        ("ring 07700900123 now", f"ring {REMOVED} now"),
        ("ring +44 (0)7700 900 123 now", f"ring {REMOVED} now"),
        ("ring 0044 7700-900-123 now", f"ring {REMOVED} now"),
        ("ring 07700\u2011900\u2011123 now", f"ring {REMOVED} now"),
        ("ring 07700_900_123 now", f"ring {REMOVED} now"),
        ("ring 0770\xad0900    123 now", f"ring {REMOVED} now"),
        ("ring 07700: 900: 123 now", f"ring {REMOVED} now"),
        ("sort code 20\u201100\u201100", f"sort code {REMOVED}"),
        ("account 1234\xad\u200b5678", f"account {REMOVED}"),
        ("Rosa @ EXAMPLE . com", REMOVED),
        ("sort code 20 00 00", f"sort code {REMOVED}"),
        ("sort code 200000", f"sort code {REMOVED}"),
        ("sort code 20.00.00", f"sort code {REMOVED}"),
        ("account 1234 5678", f"account {REMOVED}"),
        ("Arabic digits ١٢٣٤٥٦٧٨", f"Arabic digits {REMOVED}"),
        ("Lee rang, LEE said", f"{REMOVED} rang, {REMOVED} said"),
    ],
)
def test_a_variant_is_removed(written: str, left: str) -> None:
    assert remove(written, EVERY) == left


@pytest.mark.parametrize(
    "written",
    [
        "", "asleep at six", "£20.00 00", "112345678", "123456789", "Page 200001 of 3", "a rose in a lane of 12 roses",
        "WV98 2BU",
    ],
)  # fmt: skip
def test_other_words_stay(written: str) -> None:
    assert remove(written, EVERY) == written
    assert not holds(written, EVERY)


class TestNeedles:
    def test_hold_each_part_of_an_address_longest_first(self) -> None:
        assert [one.folded for one in needles_of([ADDRESS])] == [
            "12roselaneleedsls14ab", "leedsls14ab", "12roselane", "roselane", "ls14ab", "leeds",
        ]  # fmt: skip

    def test_take_a_house_that_is_a_number_alone_for_a_number(self) -> None:
        assert [one.folded for one in needles_of(["1234, Long Road"])] == ["1234longroad", "longroad", "1234"]

    def test_leave_what_is_too_short(self) -> None:
        assert needles_of(["ab", "7", "", " - "]) == ()
        assert not is_long_enough("a-b")
        assert is_long_enough("a-b c")

    def test_keep_a_phone_number_whole_whatever_stands_before_it(self) -> None:
        for typed in ("07700 900123", "+44 7700 900123", "0044 7700900123", "+447700900123"):
            assert [one.folded for one in needles_of([typed])] == ["7700900123"]

    def test_take_bank_details_apart(self) -> None:
        assert [one.folded for one in needles_of(["20-00-00 12345678"])] == ["20000012345678", "12345678", "200000"]
        assert [one.folded for one in needles_of(["200000"])] == ["200000"]

    def test_leave_an_e_mail_address_whole(self) -> None:
        assert [one.folded for one in needles_of(["rosa@example.com"])] == ["rosaexamplecom"]

    def test_find_nothing_where_there_are_none(self) -> None:
        assert find("anything", ()) == []


SEPARATORS = st.sampled_from(["", " ", "  ", "-", ".", "\n", "\u00a0", ", ", "\u200b", "/"])


@given(st.data(), st.text(max_size=20), st.text(max_size=20))
def test_a_postcode_is_found_with_anything_between_its_letters(data: st.DataObject, before: str, after: str) -> None:
    needles = needles_of(["LS1 4AB"])
    written = "".join(
        data.draw(st.sampled_from([letter, letter.lower()])) + data.draw(SEPARATORS) for letter in "LS14AB"
    )
    text = f"{before} {written} {after}"

    assert holds(text, needles)
    assert not holds(remove(text, needles), needles)


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N"]), min_size=8, max_size=30), st.text())
def test_what_is_removed_is_never_found_again(secret: str, around: str) -> None:
    needles = needles_of([secret])
    text = f"{around} {secret} {around}"

    assert not holds(remove(text, needles), needles)
