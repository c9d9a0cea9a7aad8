"""Searches a finished file for what must not leave in it, and says which pages nobody could read.

Looked through are the text of each page (also across two pages), the text inside every stream, and
every word, name and remark that the file holds: titles, bookmarks, links, attachments. Pixels are
not read. A finding is a page, never the words that were found.
"""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from correspondence.binding.legible import is_legible
from correspondence.core.bundles.hiding import LONG, Needle, find, fold

_STRINGS = re.compile(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]{4,})>", re.DOTALL)
_NO_LETTER = bytes(one for one in range(256) if not (one < 128 and chr(one).isalnum()))
_PIXELS = {"/DCTDecode", "/JPXDecode"}  # their files can hold words beside the pixels; others hold pixels alone


class Report(NamedTuple):
    """``found``: the pages (by their place) that hold something, -1 for what no page shows. ``unread``: see above."""

    found: list[int]
    unread: list[int]


def scan(content: bytes, needles: Sequence[Needle], *, handed_in: set[int]) -> Report:
    """Search a file. ``handed_in`` are the places of pages that come from files that people handed in."""
    reader = PdfReader(io.BytesIO(content))
    texts = [_text(page) for page in reader.pages]
    found = {place for place, text in enumerate(texts) if find(text, needles)}
    for place in range(len(texts) - 1):
        if {place, place + 1} & found:
            continue
        # An address that begins at the foot of one page and ends on the next.
        if find(f"{texts[place][-400:]} {texts[place + 1][:400]}", needles):
            found.add(place)
    unread = [
        place
        for place in sorted(handed_in)
        if not (_says(texts[place]) and _is_legible(reader.pages[place], texts[place]))
    ]
    if needles:
        found |= set(_behind(reader, needles))
    return Report(sorted(found), unread)


def _text(page: PageObject) -> str:
    try:
        return page.extract_text()
    except Exception:  # whatever stands in a damaged file: it then counts as unread
        return ""


def _says(text: str) -> bool:
    """Whether a page says more than the number and the name that we put at its foot."""
    return len(fold(re.sub(r"[A-Z]\d+ .*$|Page \d+[A-Z]*.*$", "", text, flags=re.MULTILINE))) > 0


def _is_legible(page: PageObject, text: str) -> bool:
    try:
        return is_legible(page, text)
    except Exception:  # whatever stands in a damaged file: a person looks at it
        return False


def _behind(reader: PdfReader, needles: Sequence[Needle]) -> Iterator[int]:
    """Everything that is not text on a page, by the first page that leads to it; then the rest of the file."""
    seen: set[tuple[int, int]] = set()
    for place, page in enumerate(reader.pages):
        if any(_holds(one, needles) for one in _within(page, seen)):
            yield place
    rest = [reader.trailer[name] for name in reader.trailer]
    if any(_holds(one, needles) for top in rest for one in _within(top, seen)):
        yield -1


def _within(top: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """Every string, name and stream below an object that nothing led to before. Parents are not below."""
    waiting = [top]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            key = (one.idnum, one.generation)
            if key in seen:
                continue
            seen.add(key)
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            if isinstance(one, StreamObject):
                yield one
            for name, value in one.items():
                if name not in {"/Parent", "/P", "/Pg"} or not isinstance(value, IndirectObject):
                    waiting += [name, value]
        elif isinstance(one, ArrayObject):
            waiting += one
        elif isinstance(one, str | bytes):
            yield one


def _holds(one: Any, needles: Sequence[Needle]) -> bool:
    if isinstance(one, StreamObject):
        return _stream_holds(one, needles)
    if isinstance(one, NameObject) and len(one) < LONG:
        return False
    if isinstance(one, bytes):
        return _bytes_hold(one, needles)
    return bool(find(str(one), needles))


def _stream_holds(stream: Any, needles: Sequence[Needle]) -> bool:
    if stream.get("/Subtype") == "/Image":
        filters = stream.get("/Filter")
        names = set(filters) if isinstance(filters, ArrayObject) else {filters}
        return bool(names & _PIXELS) and _bytes_hold(stream._data, [one for one in needles if len(one.folded) >= LONG])
    try:
        data = stream.get_data()
    except Exception:  # packed in a way that cannot be opened: nobody else will read it either
        data = stream._data
    if any(name in stream for name in ("/Length1", "/Length2", "/Length3")):  # a font: curves, not words
        return _bytes_hold(data, [one for one in needles if len(one.folded) >= LONG and not one.is_number])
    is_drawing = stream.get("/Type") not in {"/Metadata", "/EmbeddedFile", "/XRef", "/ObjStm"}
    if not is_drawing:
        return _bytes_hold(data, needles)
    words = b" ".join(_drawn(data))
    return _bytes_hold(words, needles) or _bytes_hold(words.replace(b" ", b""), _long(needles))


def _drawn(data: bytes) -> Iterator[bytes]:
    """The strings that a drawing writes, as they stand and as their hexadecimal digits say."""
    for plain, coded in _STRINGS.findall(data):
        if plain:
            yield re.sub(rb"\\([()\\])", rb"\1", plain)
        elif len(digits := b"".join(coded.split())) % 2 == 0:
            yield bytes.fromhex(digits.decode())


def _long(needles: Sequence[Needle]) -> list[Needle]:
    return [one for one in needles if len(one.folded) >= LONG]


def _bytes_hold(data: bytes, needles: Sequence[Needle]) -> bool:
    """Whether bytes hold something, read as any of the encodings that a PDF writes words in."""
    if not needles or not data:
        return False
    # Whatever encoding it is in, plain letters stand in it in their order, with nothing or NUL between them.
    squeezed = data.lower().translate(None, _NO_LETTER)
    if all(one.folded.isascii() and one.folded.encode() not in squeezed for one in needles):
        return False
    texts = {data.decode("latin-1"), data.replace(b"\0", b"").decode("utf-8", "ignore")}
    if len(data) % 2 == 0:
        texts |= {data.decode("utf-16-be", "ignore"), data.decode("utf-16-le", "ignore")}
    return any(find(text, needles) for text in texts)
