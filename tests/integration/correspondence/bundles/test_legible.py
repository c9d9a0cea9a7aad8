"""A page that shows more than the search can read is named, so that a person looks at it."""

from collections.abc import Callable

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from correspondence.binding.scan import scan
from tests import corpus

CURVE = b"1 2 3 4 5 6 c "


def written(writer: PdfWriter, drawing: bytes, **font: object) -> None:
    """Draw this on the first page, in a font that says this of itself."""
    page = writer.pages[0]
    page[NameObject("/Contents")] = writer._add_object(corpus.stream(drawing))
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    for name, value in font.items():
        fonts["/F1"][NameObject(f"/{name}")] = value


def differences(*names: str) -> DictionaryObject:
    listed = ArrayObject([NumberObject(33), *map(NameObject, names)])
    return DictionaryObject({NameObject("/Differences"): listed})


def by_number(writer: PdfWriter) -> None:
    words = "".join(f"{ord(one) - 29:04x}" for one in "12 Rose Lane")
    kind, encoding = NameObject("/Type0"), NameObject("/Identity-H")
    written(writer, f"BT /F1 12 Tf 9 9 Td <{words}> Tj ET".encode(), Subtype=kind, Encoding=encoding)


def by_names_of_its_own(writer: PdfWriter) -> None:
    written(writer, b"BT /F1 12 Tf 9 9 Td (!!!) Tj ET", Encoding=differences("/G21"))


def by_letters_of_its_own(writer: PdfWriter) -> None:
    file = writer._add_object(corpus.stream(b"curves"))
    within = DictionaryObject({NameObject("/FontFile2"): file})
    written(writer, b"BT /F1 12 Tf 9 9 Td (bcd) Tj ET", FontDescriptor=within)


def in_outlines(writer: PdfWriter) -> None:
    written(writer, b"BT /F1 12 Tf 9 9 Td (Dear Sir) Tj ET " + CURVE * 300)


def as_a_small_picture(writer: PdfWriter) -> None:
    written(writer, b"BT /F1 12 Tf 9 9 Td (Dear Sir) Tj ET BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI")


def in_a_pattern(writer: PdfWriter) -> None:
    written(writer, b"BT /F1 12 Tf 9 9 Td (Dear Sir) Tj ET")
    pattern = writer._add_object(corpus.stream(CURVE * 300, Type=NameObject("/Pattern")))
    writer.pages[0]["/Resources"][NameObject("/Pattern")] = DictionaryObject({NameObject("/P1"): pattern})  # type: ignore[index]


def by_known_names(writer: PdfWriter) -> None:
    written(writer, b"BT /F1 12 Tf 9 9 Td (!) Tj ET", Encoding=differences("/A", "/uni00E9", "/.notdef"))


def with_a_mark(writer: PdfWriter) -> None:
    written(writer, b"BT /F1 12 Tf 9 9 Td (Dear Sir) Tj ET " + CURVE * 20)


@pytest.mark.parametrize(
    "change", [by_number, by_names_of_its_own, by_letters_of_its_own, in_outlines, as_a_small_picture, in_a_pattern]
)
def test_words_that_are_seen_and_cannot_be_searched_are_looked_at(change: Callable[[PdfWriter], None]) -> None:
    assert scan(corpus.pdf("One", "Two", change=change), (), handed_in={0, 1}).unread == [0]


@pytest.mark.parametrize("change", [by_known_names, with_a_mark])
def test_words_that_can_be_searched_need_no_look(change: Callable[[PdfWriter], None]) -> None:
    assert scan(corpus.pdf("One", change=change), (), handed_in={0}).unread == []
