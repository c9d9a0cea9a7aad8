"""What must not leave in a document: found however it is written, and taken out where we write it.

One way of looking serves both: what the words of a page are cleaned with before they are laid out,
the finished file is searched with afterwards. A text is compared letter by letter and digit by
digit, without case, accents, spaces and punctuation, so that ``LS1 4AB``, ``ls14ab`` and
``L.S.1-4 A B`` are one. Nothing here says what was found: a message or a log could repeat it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

REMOVED = "[removed]"  # stands where something was taken out, for every reader to see

SHORTEST = 3  # letters or digits of a thing to keep out; two would be found everywhere
LONG = 8  # from this length a word is looked for inside longer ones too: "prose lane" hides no "Rose Lane 12"

_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b", re.IGNORECASE)
_SORT_CODE = re.compile(r"(?<!\d)\d{2}[\s-]?\d{2}[\s-]?\d{2}(?!\d)")
_ABROAD = re.compile(r"^(?:\+|00)44\s*(?:\(0\))?|^\+")
_HOUSE = re.compile(r"^(?:flat\s+)?\d+[a-z]?\s+(?=\S+\s+\S)", re.IGNORECASE)
_BETWEEN = r"[\W_]{0,5}"  # between the digits of a telephone number may stand whatever is no letter and no digit
_UNSEEN = r"\xad\u200b-\u200f\u2060\ufeff"  # characters without width, as programs leave them where a line may break
_BETWEEN_FEW = rf"[\s\-\u2010-\u2015\u2212/_{_UNSEEN}]{{0,3}}"  # of a short one: "20.00 00" would be an amount
_NEITHER = bytes(code for code in range(128) if not chr(code).isalnum())
_PHONE = 9  # digits of a number that is looked for without its leading 0 or +44


class Needle(NamedTuple):
    """One thing to look for: its letters and digits alone. ``is_number``: digits, with their own rules."""

    folded: str
    is_number: bool = False


class Span(NamedTuple):
    """Where something stands in a text: from ``start`` to before ``end``."""

    start: int
    end: int


def needles_of(texts: Iterable[str]) -> tuple[Needle, ...]:
    """Everything to look for, the longest first, so that an address goes as one before its street."""
    found = {one for text in texts for one in _needles(text) if len(one.folded) >= SHORTEST}
    return tuple(sorted(found, key=lambda one: (-len(one.folded), one)))


def is_long_enough(text: str) -> bool:
    """Say whether a text is long enough to be looked for."""
    return len(fold(text)) >= SHORTEST


def fold(text: str) -> str:
    """The letters and digits of a text without case and accents."""
    if text.isascii():  # the quick way, for a bundle has a million characters
        return text.lower().encode().translate(None, _NEITHER).decode()
    return "".join(map(_folded, text))


def find(text: str, needles: Sequence[Needle]) -> list[Span]:
    """Where any of these things stand in a text, in order, neighbours that overlap made one."""
    found: list[Span] = []
    if not needles:
        return found
    squeezed = fold(text)
    for needle in needles:
        if needle.folded in squeezed:
            found.extend(_numbers(text, needle) if needle.is_number else _words(text, needle))
    return _merged(found)


def holds(text: str, needles: Sequence[Needle]) -> bool:
    """Say whether any of these things stands in a text."""
    return bool(find(text, needles))


def remove(text: str, needles: Sequence[Needle]) -> str:
    """The text with ``REMOVED`` in the place of each of these things."""
    kept, at = [], 0
    for span in find(text, needles):
        kept += [text[at : span.start], REMOVED]
        at = span.end
    return "".join([*kept, text[at:]])


def _needles(text: str) -> Iterator[Needle]:
    text = unicodedata.normalize("NFKC", text).strip()
    if not any(char.isalpha() for char in text):
        yield from _numbers_of(text)
        return
    yield Needle(fold(text))
    if "@" in text:
        return
    for code in _POSTCODE.finditer(text):
        yield Needle(fold("".join(code.groups())))
    for part in map(str.strip, re.split(r"[\n,;]", text)):
        plain = _POSTCODE.sub("", part).strip()
        for one in (part, plain, _HOUSE.sub("", plain)):
            yield from _numbers_of(one) if one and not any(map(str.isalpha, one)) else [Needle(fold(one))]


def _numbers_of(text: str) -> Iterator[Needle]:
    """A number as a whole; a sort code and an account number that stand together, each by itself too."""
    digits = fold(_ABROAD.sub("", text))
    if len(digits) >= _PHONE and (text.startswith(("+", "0")) or len(digits) != len("20000012345678")):
        yield Needle(digits.lstrip("0"), is_number=True)
        return
    if digits:
        yield Needle(digits, is_number=True)
    for code in _SORT_CODE.finditer(text):
        rest = fold(text[: code.start()] + " " + text[code.end() :])
        yield Needle(fold(code.group()), is_number=True)
        if len(rest) >= len("123456"):
            yield Needle(rest, is_number=True)


@cache
def _folded(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", char).casefold()))


def _words(text: str, needle: Needle) -> Iterator[Span]:
    places = [(part, at) for at, char in enumerate(text) for part in _folded(char)]
    squeezed = "".join(part for part, _ in places)
    is_alone = len(needle.folded) < LONG and needle.folded.isalpha()
    start = squeezed.find(needle.folded)
    while start >= 0:
        span = Span(places[start][1], places[start + len(needle.folded) - 1][1] + 1)
        if not (is_alone and _is_inside_a_word(text, span)):
            yield span
        start = squeezed.find(needle.folded, start + 1)


def _is_inside_a_word(text: str, span: Span) -> bool:
    return text[: span.start][-1:].isalnum() or text[span.end :][:1].isalnum()


def _numbers(text: str, needle: Needle) -> Iterator[Span]:
    digits = "".join(map(_digit, text))
    pattern = _pattern(needle.folded)
    for found in pattern.finditer(digits):
        yield Span(*found.span())


@lru_cache(maxsize=512)
def _pattern(digits: str) -> re.Pattern[str]:
    """A number with what people write between its digits, and no further digit on either side.

    A telephone number may have its 0, or the number of the country, before it.
    """
    if len(digits) >= _PHONE:
        return re.compile(rf"(?:(?:\+|00)\s?44\s?)?(?:\(?0\)?\s?)?{_BETWEEN.join(digits)}(?!\d)")
    dotted = r"\.".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    return re.compile(rf"(?<!\d)(?:{_BETWEEN_FEW.join(digits)}|{dotted})(?!\d)")


@cache
def _digit(char: str) -> str:
    """The same place with a plain digit, whatever script it was written in."""
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
