"""A file is what its bytes are; its name is only what is left when everything odd is gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core import proof


class TestMediaType:
    @pytest.mark.parametrize(
        ("head", "kind"),
        [
            (b"%PDF-1.7\n", "application/pdf"),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
            (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        ],
    )
    def test_knows_the_four_kinds(self, head: bytes, kind: str) -> None:
        assert proof.media_type(head[: proof.HEAD]) == kind

    @pytest.mark.parametrize(
        "head", [b"", b"<svg xmlns=", b"<html>", b"GIF89a", b"MZ\x90\x00", b"PK\x03\x04", b"RIFF\x24\x00\x00\x00WAVE"]
    )
    def test_refuses_everything_else(self, head: bytes) -> None:
        assert proof.media_type(head) is None


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
            ("a\r\nSet-Cookie: x.png", "a-Set-Cookie- x.png"),
            ("Übersicht März.png", "Übersicht März.png"),
            ("", "proof.png"),
            ("x" * 300 + ".png", "x" * 80 + ".png"),
        ],
    )
    def test_keeps_the_words_and_nothing_else(self, given: str, name: str) -> None:
        assert proof.safe_name(given, "image/png") == name

    @given(st.text(max_size=400))
    def test_holds_for_any_name(self, given: str) -> None:
        name = proof.safe_name(given, "application/pdf")
        assert name.endswith(".pdf")
        assert len(name) <= 84
        stem = name.removesuffix(".pdf")
        assert stem
        assert all(char.isalnum() or char in " -_" for char in stem)
        assert stem[0] not in " -_"
