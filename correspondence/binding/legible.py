"""Whether everything that a page of somebody's file shows is text that can be searched.

A picture is not. Nor are letters drawn as curves, nor those of a font that does not say which
letters they are: they are seen on the page, and a search reads something else, or nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject
from pypdf._codecs import adobe_glyphs
from pypdf.generic import DictionaryObject, StreamObject

MOST_CURVES = 200  # a rule, a box or a small mark has fewer; a line of an address in outlines has more
_CURVE = re.compile(rb"(?:[-+.\d]{1,20}\s{1,4}){4}(?:(?:[-+.\d]{1,20}\s{1,4}){2}c|[vy])(?=\s|$)")
_PICTURE_WITHIN = re.compile(rb"(?:^|\s)BI\s[^()]{1,500}?\sID\s")
_NO_TEXT = {"Cc", "Co", "Cn", "Cs"}  # what stands for a letter that nobody knows
_NAMED = re.compile(r"/(?:uni[0-9A-F]{4}|u[0-9A-F]{4,6})(?:\..*)?", re.IGNORECASE)


def is_legible(page: PageObject, text: str) -> bool:
    """Say whether the ``text`` that was read from a page is all that the page shows."""
    if any(unicodedata.category(char) in _NO_TEXT and not char.isspace() for char in text) or "\ufffd" in text:
        return False
    contents = page.get_contents()
    curves = 0
    for drawn in (*_drawings(page), *((contents,) if contents is not None else ())):
        if drawn.get("/Subtype") == "/Image":
            return False
        resources = drawn.get("/Resources", DictionaryObject()).get_object()
        if not all(_says_its_letters(one) for one in _named(resources, "/Font")):
            return False
        data = drawn.get_data() if isinstance(drawn, StreamObject) else b""
        curves += len(_CURVE.findall(data))
        if curves > MOST_CURVES or _PICTURE_WITHIN.search(data):
            return False
    return True


def _drawings(page: PageObject) -> Iterator[Any]:
    """The page, and every drawing and pattern that it or one of them is made of, each once."""
    waiting: list[Any] = [page]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        resources = one.get("/Resources", DictionaryObject()).get_object()
        waiting += [*_named(resources, "/XObject"), *_named(resources, "/Pattern")]


def _named(resources: Any, kind: str) -> list[Any]:
    found = resources.get(kind, DictionaryObject()).get_object()
    return [found[name].get_object() for name in found]


def _says_its_letters(font: Any) -> bool:
    """Whether a font says which letter each of its codes is, and does not only draw it."""
    if "/ToUnicode" in font:
        return True
    if font.get("/Subtype") in {"/Type0", "/Type3"}:
        return False
    encoding = font.get("/Encoding", DictionaryObject()).get_object()
    if isinstance(encoding, DictionaryObject):
        differences = encoding.get("/Differences", DictionaryObject()).get_object()
        names = [one for one in differences if isinstance(one, str)]
        if names:
            return all(one in adobe_glyphs or _NAMED.fullmatch(one) or one == "/.notdef" for one in names)
        descriptor = font.get("/FontDescriptor", DictionaryObject()).get_object()
        is_within = any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
        return "/BaseEncoding" in encoding or not is_within
    return True
