"""A file is what its bytes are; what is not taken is refused in one sentence, before anything decodes it."""

import time

import pytest

from cms_tracker.refusal import Refusal
from cms_tracker.uploads import kinds
from cms_tracker.uploads.kinds import Kind, kind_of, media_type
from cms_tracker.uploads.pictures import size_of
from tests import corpus

HTML = b"<html><script>alert(1)</script></html>"


def refusal(content: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        kind_of(content)
    return caught.value.message


class TestKindOf:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (corpus.plain_pdf(), Kind.PDF),
            (corpus.picture("JPEG"), Kind.JPEG),
            (corpus.photo(), Kind.JPEG),
            (corpus.picture("PNG"), Kind.PNG),
            (corpus.picture("WEBP"), Kind.WEBP),
            (corpus.picture("WEBP", lossless=True), Kind.WEBP),
            (corpus.moving("WEBP"), Kind.WEBP),
            (corpus.TEXT, Kind.TEXT),
            ("£5 – späť".encode(), Kind.TEXT),
            ("£5 in Windows letters".encode("cp1252"), Kind.TEXT),
            ("from a telephone".encode("utf-16"), Kind.TEXT),
            (b"From Monday: nothing came.\nSubject: none", Kind.TEXT),
            (b"BMW, 3 < 4 and 5 > 2", Kind.TEXT),
            (corpus.EMAIL, Kind.EMAIL),
            (corpus.EMAIL.replace(b"We will", b"\xa3 <html><p>We will"), Kind.EMAIL),
        ],
        ids=lambda value: value if isinstance(value, Kind) else None,
    )
    def test_knows_what_is_taken(self, content: bytes, kind: Kind) -> None:
        assert kind_of(content) is kind

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", kinds.EMPTY),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", kinds.WEB_PAGE),
            (b"\xef\xbb\xbf \n<!DOCTYPE html><p>Hello", kinds.WEB_PAGE),
            (b"Hello " + HTML, kinds.WEB_PAGE),
            (b"<?xml version='1.0'?><svg/>", kinds.WEB_PAGE),
            (corpus.archive(), kinds.OFFICE),
            (corpus.archive("word/document.xml"), kinds.OFFICE),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, kinds.OFFICE),
            (b"{\\rtf1 Hello}", kinds.OFFICE),
            (b"GIF89a" + b"0" * 99, kinds.GIF),
            (b"BM\x9a\0\0\0" + b"\0" * 99, kinds.GIF),
            (b"\0\0\0\x18ftypheic\0\0\0\0", kinds.HEIC),
            (b"\0\0\0\x18ftypmp42\0\0\0\0", kinds.RECORDING),
            (b"RIFF\x24\0\0\0WAVEfmt ", kinds.RECORDING),
            (b"MZ\x90\0\x03" + b"\0" * 99, kinds.OTHER),
            (b"words\0and a NUL", kinds.OTHER),
            (b" \n\t", kinds.OTHER),
            (b"\xff\xfe\x00", kinds.OTHER),
            (b"\x89PNG\r\n\x1a\n" + b"rubbish" * 9, kinds.DAMAGED_PICTURE),
            (b"\xff\xd8\xff" + b"rubbish" * 9, kinds.DAMAGED_PICTURE),
            (b"\xff\xd8\xff\xe0\x00", kinds.DAMAGED_PICTURE),
            (b"RIFF\0\0\0\0WEBP", kinds.DAMAGED_PICTURE),
            (b"RIFF\0\0\0\0WEBPnone" + b"\0" * 30, kinds.DAMAGED_PICTURE),
            (corpus.png_that_says(0, 5), kinds.DAMAGED_PICTURE),
            (corpus.png_that_says(8001, 5000), kinds.TOO_MANY_POINTS),
            (corpus.png_that_says(2**31, 2**31), kinds.TOO_MANY_POINTS),
            (b"a" * (10 * 1024 * 1024 + 1), kinds.TOO_LARGE),
        ],
        ids=str,
    )
    def test_refuses_everything_else_and_says_what_to_do(self, content: bytes, said: str) -> None:
        assert refusal(content) == said

    @pytest.mark.parametrize(
        "content",
        [
            corpus.plain_pdf()[:9] + HTML + corpus.plain_pdf()[9:],
            corpus.plain_pdf() + corpus.archive(),
            corpus.picture("PNG") + corpus.archive("Evil.class"),
            corpus.picture("JPEG") + corpus.archive(),
            corpus.picture("JPEG")[:2] + b"\xff\xfe\x00\x40" + HTML.ljust(62) + corpus.picture("JPEG")[2:],
            corpus.picture("PNG")[:8] + corpus.png_chunk(b"tEXt", b"a\0%PDF-1.7") + corpus.picture("PNG")[8:],
            corpus.picture("WEBP") + b"Rar!\x1a\x07\x00",
        ],
        ids=["PDF+HTML", "PDF+zip", "GIFAR", "JPEG+zip", "JPEG+HTML", "PNG+PDF", "WebP+RAR"],
    )
    def test_refuses_two_kinds_in_one(self, content: bytes) -> None:
        assert refusal(content) == kinds.TWO_IN_ONE

    def test_refuses_a_picture_that_would_be_huge_in_a_moment(self) -> None:
        bomb = corpus.png_that_says(60_000, 60_000)
        began = time.process_time()
        assert refusal(bomb) == kinds.TOO_MANY_POINTS
        assert time.process_time() - began < 0.05

    def test_takes_less_of_a_kind_whose_decoder_is_greedy(self) -> None:
        large = bytearray(corpus.moving("WEBP"))
        large[24:30] = (3999).to_bytes(3, "little") + (4000).to_bytes(3, "little")
        assert refusal(bytes(large)) == kinds.TOO_MANY_WEBP


class TestMediaType:
    def test_is_none_for_a_text(self) -> None:
        assert media_type(corpus.TEXT) is None


class TestSizeOf:
    @pytest.mark.parametrize(
        "content",
        [
            corpus.picture("PNG", (300, 200)),
            corpus.picture("JPEG", (300, 200)),
            corpus.picture("JPEG", (300, 200), progressive=True),
            corpus.picture("WEBP", (300, 200)),
            corpus.picture("WEBP", (300, 200), lossless=True),
            corpus.picture("WEBP", (300, 200), "RGBA", exif=b"Exif\0\0"),
        ],
    )
    def test_reads_what_the_header_says(self, content: bytes) -> None:
        assert size_of(content, kind_of(content)) == (300, 200)
