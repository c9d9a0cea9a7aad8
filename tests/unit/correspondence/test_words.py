"""Text in is text out, with everything that would act on the page made visible."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from correspondence.core.letter_markup import is_letter_markup
from correspondence.core.words import lines_of, on_one_line, printable


class TestPrintable:
    def test_writes_out_direction_overrides(self) -> None:
        assert printable("pay \u202etfel\u2066") == "pay [U+202E]tfel[U+2066]"

    def test_keeps_line_ends_of_every_kind_as_one(self) -> None:
        assert printable("a\r\nb\rc\u2028d") == "a\nb\nc\nd"

    def test_leaves_welsh_and_joined_emoji_alone(self) -> None:
        assert printable("ŵ £ 👨\u200d👩") == "ŵ £ 👨\u200d👩"

    @given(st.text())
    def test_leaves_nothing_that_acts(self, text: str) -> None:
        left = {unicodedata.category(char) for char in printable(text) if char not in "\n\u200c\u200d"}
        assert not left & {"Cc", "Cf", "Cs"}

    @given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
    def test_changes_nothing_else(self, text: str) -> None:
        assert printable(text) == text


class TestOneLine:
    def test_folds_spaces_and_line_ends(self) -> None:
        assert on_one_line("  Rosa \n\t Martin ") == "Rosa Martin"

    def test_reads_an_address_without_its_empty_lines(self) -> None:
        assert lines_of("1 Street\r\n\r\n  Town  \n") == ("1 Street", "Town")


class TestLetterMarkup:
    def test_takes_what_our_templates_write(self) -> None:
        assert is_letter_markup(
            '<main>\n<p>£1 &amp; more<br>\nline</p><td class="n">2</td><th scope="row">x</th></main>'
        )

    def test_takes_two_classes_of_ours(self) -> None:
        assert is_letter_markup('<table class="sums rows"></table>')

    def test_refuses_everything_that_acts_or_points_elsewhere(self) -> None:
        for html in (
            "<script>", "<img src=x>", "<a href='x'>", "<p onclick=x>", "<p style='x'>", "<!-- -->", "<svg>", "<style>",
            "<link>", '<p class="screen">', "<P>", "<p >", "<", "a > b", "<p\n>", "<math>", "<iframe>", "<br/>",
            '<p class="n" id="x">', "<![CDATA[x]]>", "<?xml?>", "</script>", "<base>", "<meta>",
        ):  # fmt: skip
            assert not is_letter_markup(f"<p>ok</p>{html}"), html

    def test_answers_at_once_for_a_very_long_text(self) -> None:
        assert not is_letter_markup("<p>" + "x" * 500_000 + "<")

    def test_refuses_what_steps_out_of_the_letter_or_never_ends(self) -> None:
        assert is_letter_markup("<div>" * 12 + "</div>" * 12)
        assert is_letter_markup("<p>one<br>two</p>" * 3_000)
        for html in (
            "</div></main></section>",
            "<div><p></div></p>",
            "<div>" * 30_000,
            "<div>" * 13 + "</div>" * 13,
            "<p>one</p>" * 7_000,
        ):
            assert not is_letter_markup(html), html[:60]
