"""A PDF made anew from what its pages show: no script, action, attachment, link, note, form or metadata goes along.

What is drawn on a page stays, filled-in boxes and stamps too: their picture becomes part of the page.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from . import inflation, jpeg
from .drawn import drawn_over
from .found import Found, NotTakenError

MOST_PAGES = 200
MOST_POINTS = 40_000_000  # of a picture within
LARGEST_COPY = 20 * 1024 * 1024
_PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
_NOTES = (  # beside what a stream draws
    "/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/AF", "/Alternates", "/StructParent", "/StructParents",
    "/Measure", "/PtData", "/Ref", "/F", "/FFilter", "/FDecodeParms", "/Name",
)  # fmt: skip
# How much the two packings that few writers still use can grow, at most, and so how long such a stream may be.
_GROWS = {"/LZWDecode": 1400, "/LZW": 1400, "/RunLengthDecode": 64, "/RL": 64}


def copy_of(content: bytes, _: str) -> Found:
    """The pages alone. Raises NotTakenError for a PDF that is locked, damaged, too long, or made to harm."""
    logging.disable(logging.CRITICAL)  # the reader's remarks may repeat the document
    inflation.check(content)
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise NotTakenError("locked")
        pages = len(reader.pages)
        if not pages:
            raise NotTakenError("damaged_pdf")
        if pages > MOST_PAGES:
            raise NotTakenError("pages")
        left_out = sorted(set(_strip(reader)))
        copy = _rewritten(reader)
    except (PyPdfError, KeyError, IndexError, ValueError, TypeError, AttributeError, AssertionError) as error:
        raise NotTakenError("damaged_pdf") from error
    if len(copy) > LARGEST_COPY:
        raise NotTakenError("copy_too_large")
    return Found(media_type="application/pdf", content=copy, pages=pages, left_out=tuple(left_out))


def _strip(reader: PdfReader) -> Iterator[str]:
    """Go through every object once: take the notes off it, and say what the copy will not have, by code."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    for number in sorted(numbers):
        generation = next((one for one, table in reader.xref.items() if number in table), 0)
        try:
            found = reader.get_object(IndirectObject(number, generation, reader))
        except PyPdfError:  # a place without an object, as many old files have: nothing of it can reach the copy
            continue
        yield from _strip_all(found)


def _strip_all(found: PdfObject | None) -> Iterator[str]:
    waiting: list[Any] = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield from _judge(one)
            if isinstance(one, StreamObject):
                _strip_stream(one)
            waiting.extend(one.values())
        elif isinstance(one, ArrayObject):
            waiting.extend(one)


def _judge(one: DictionaryObject) -> Iterator[str]:
    """What there is in an object that the copy leaves out. Raises NotTakenError for one that starts a program."""
    action = one.get("/S")
    if action == "/Launch":
        raise NotTakenError("starts_programs")
    if action == "/JavaScript" or "/JS" in one:
        yield "scripts"
    if "/EF" in one or "/EmbeddedFiles" in one or one.get("/Type") == "/EmbeddedFile":
        yield "files"
    if one.get("/Subtype") in ("/Screen", "/Movie", "/Sound", "/RichMedia", "/3D"):
        yield "films"
    if action in ("/URI", "/GoToR", "/SubmitForm"):
        yield "links"
    if one.get("/Type") == "/Sig":
        yield "signatures"


def _strip_stream(one: StreamObject) -> None:
    """Take its notes off a stream, and a camera's notes off a picture. Raises NotTakenError for a bomb."""
    packings = one.get("/Filter", [])
    names = [str(name) for name in packings] if isinstance(packings, list) else [str(packings)]
    raw: bytes = one._data  # as it lies in the file; get_data would unpack it
    if any(len(raw) * _GROWS.get(name, 0) > inflation.LIMIT for name in names):
        raise NotTakenError("inflates")
    if one.get("/Subtype") == "/Image" and int(one.get("/Width", 0)) * int(one.get("/Height", 0)) > MOST_POINTS:
        raise NotTakenError("picture_within")
    if names in (["/DCTDecode"], ["/DCT"]):
        one._data = jpeg.without_notes(raw)
    for note in _NOTES:
        one.pop(note, None)


def _rewritten(reader: PdfReader) -> bytes:
    writer = PdfWriter()
    for page in reader.pages:
        made = writer.add_blank_page(100, 100)
        for name in _PAGE:
            if name in page:
                made[NameObject(name)] = page.raw_get(name).clone(writer)
        named: Any = page["/Resources"].get_object() if "/Resources" in page else {}
        resources = DictionaryObject(named)
        over = drawn_over(page, resources)
        made[NameObject("/Resources")] = resources.clone(writer)
        made[NameObject("/Contents")] = ArrayObject(_contents(writer, page, over))
    writer.metadata = None
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _contents(writer: PdfWriter, page: DictionaryObject, over: bytes) -> Iterator[PdfObject]:
    """The page's own drawing, shut in so that nothing of it reaches what is drawn over it."""
    yield writer._add_object(_drawing(b"q\n"))
    contents = page.raw_get("/Contents") if "/Contents" in page else None
    if isinstance(contents, IndirectObject) and isinstance(contents.get_object(), ArrayObject):
        contents = contents.get_object()
    for one in contents if isinstance(contents, ArrayObject) else [contents]:
        if one is not None:
            yield one.clone(writer)
    yield writer._add_object(_drawing(b"\nQ\n" + over))


def _drawing(content: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(content)
    stream[NameObject("/Length")] = NumberObject(len(content))
    return stream
