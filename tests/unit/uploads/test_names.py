"""A name is what is left when everything odd is gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms_tracker.uploads import safe_name


class TestSafeName:
    @pytest.mark.parametrize(
        ("given", "name"),
        [
            ("statement.pdf", "statement.png"),
            ("../../etc/passwd", "passwd.png"),
            ("C:\\Users\\r\\my bank.png", "my bank.png"),
            ("invoice.php.png", "invoice-php.png"),
            ("CON.png", "proof.png"),
            ("-rf.png", "rf.png"),
            (".htaccess", "htaccess.png"),
            ("gnp\u202egpj.exe", "gnp-gpj.png"),
            ("a\0b.png", "a-b.png"),
            ("a\r\nSet-Cookie: x.png", "a-Set-Cookie- x.png"),
            ("Übersicht März.png", "Übersicht März.png"),
            ("", "proof.png"),
            ("x" * 300 + ".png", "x" * 80 + ".png"),
        ],
    )
    def test_keeps_the_words_and_nothing_else(self, given: str, name: str) -> None:
        assert safe_name(given, "image/png") == name

    @given(st.text(max_size=400))
    def test_holds_for_any_name(self, given: str) -> None:
        name = safe_name(given, "message/rfc822")
        assert name.endswith(".eml")
        assert len(name) <= 84
        stem = name.removesuffix(".eml")
        assert stem
        assert all(char.isalnum() or char in " -_" for char in stem)
        assert stem[0] not in " -_"
