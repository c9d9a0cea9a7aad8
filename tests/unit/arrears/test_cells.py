"""A text in a table is never a formula, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.cells import cell_text, text_cell

SIGNS = "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20|%"
likely = st.text(st.sampled_from(SIGNS + "' \xa0\ufeffaA1("), max_size=6)


class TestATextCell:
    @pytest.mark.parametrize("sign", SIGNS)
    def test_stands_behind_an_apostrophe_where_it_begins_with_a_sign(self, sign: str) -> None:
        assert text_cell(f"{sign}1+1") == f"'{sign}1+1"

    @pytest.mark.parametrize("blank", ["  ", "\ufeff", "\xa0\u200b", "\t\n"])
    @pytest.mark.parametrize("sign", "=+-@\uff1d\uff20")
    def test_sees_a_sign_behind_blanks(self, blank: str, sign: str) -> None:
        assert text_cell(f"{blank}{sign}SUM(A1)") == f"'{blank}{sign}SUM(A1)"

    @pytest.mark.parametrize("text", ["", "A letter", "Order - 2021 = £5", "'quoted'", "1+1", " 5"])
    def test_is_as_it_was_where_nothing_could_act(self, text: str) -> None:
        assert text_cell(text) == text == cell_text(text)

    @given(st.text() | likely)
    def test_comes_back_unchanged(self, text: str) -> None:
        assert cell_text(text_cell(text)) == text

    @given(st.text() | likely)
    def test_never_begins_with_a_sign(self, text: str) -> None:
        cell = text_cell(text)
        assert cell[:1] not in set(SIGNS)
        assert cell.strip()[:1] not in set(SIGNS)
