"""What a file is, judged by its bytes alone, and why one is not taken: before anything decodes it.

Source: OWASP File Upload Cheat Sheet. The name and the type that a browser sends are only claims.
"""

import re
from enum import StrEnum
from typing import Final

from cms_tracker.language import mark
from cms_tracker.refusal import Refusal
from cms_tracker.uploads import pictures

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
MAX_WEBP_PIXELS: Final = 16_000_000  # its decoder holds the picture four times over


class Kind(StrEnum):
    """A kind of file that is taken, by its media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    TEXT = "text/plain"
    EMAIL = "message/rfc822"


EXTENSIONS: Final = {
    Kind.PDF: "pdf", Kind.JPEG: "jpg", Kind.PNG: "png", Kind.WEBP: "webp", Kind.TEXT: "txt", Kind.EMAIL: "eml",
}  # fmt: skip
PICTURES: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})

OTHER = mark(
    "This is not a photo, a screenshot, a PDF, a text or an e-mail. "
    "Take a photo or a screenshot of it, or print it to a PDF."
)
OFFICE = mark("This is a Word, Excel or zip file. Open it, print it to a PDF, and add the PDF.")
WEB_PAGE = mark("This is a web page or a drawing made of code. Print it to a PDF, or take a screenshot of it.")
HEIC = mark("This is a HEIC photo, which many people cannot open. Take a screenshot of it, or send it as a JPEG.")
GIF = mark("This is an older kind of picture. Take a screenshot of it, or save it as a JPEG or PNG.")
RECORDING = mark(
    "This is a sound or a film, which cannot be kept here. Write down what is said, and keep the file yourself."
)
TWO_IN_ONE = mark(
    "This file is two kinds of file in one. Take a photo or a screenshot of it, or print it to a new PDF."
)
EMPTY = mark("This file is empty. Choose another.")
TOO_LARGE = mark("This file is larger than 10 MB. Choose a smaller one.")
TOO_MANY_WEBP = mark("This picture has more than 16 million points. Save it as a JPEG, or choose a smaller one.")
TOO_MANY_POINTS = mark("This picture has more than 40 million points. Choose a smaller one.")
DAMAGED_PICTURE = mark("This picture is damaged. Choose another.")
LONG_TEXT = mark("This text is longer than 200 pages. Add the part that matters.")

_ELSEWHERE = (
    (b"PK\x03\x04", OFFICE), (b"PK\x05\x06", OFFICE), (b"\xd0\xcf\x11\xe0", OFFICE), (b"{\\rtf", OFFICE),
    (b"Rar!\x1a\x07", OFFICE), (b"7z\xbc\xaf\x27\x1c", OFFICE), (b"\x1f\x8b", OFFICE),
    (b"GIF8", GIF), (b"BM", GIF), (b"II*\x00", GIF), (b"MM\x00*", GIF),
    (b"ID3", RECORDING), (b"OggS", RECORDING), (b"fLaC", RECORDING), (b"\x1aE\xdf\xa3", RECORDING),
)  # fmt: skip
_HEIC = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"avif")
_MARKUP = re.compile(rb"<\s*(?:!doctype|\?xml|html|head|body|svg|script|iframe|object|embed|\?php|meta|style)\b", re.I)
_ACTIVE = re.compile(rb"<\s*(?:!doctype|html|svg|script|iframe|\?php)\b", re.I)  # a camera's notes hold other markup
_MARKUP_WITHIN = 4096  # further than any browser looks to guess what a file is
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_END_OF_ZIP, _ENTRY_OF_ZIP, _END_WITHIN = b"PK\x05\x06", (b"PK\x01\x02", b"PK\x03\x04"), 66_000
_PDF_WITHIN = 1024  # where readers of PDF accept its first line

_HEADER = re.compile(rb"[!-9;-~]{1,60}:[ \t]?")
_ADDRESSED = re.compile(rb"^(?:from|sender|return-path):", re.I | re.M)
_WHEN_OR_WHAT = re.compile(rb"^(?:date|subject|received|message-id):", re.I | re.M)
_UNSEEN = frozenset(range(32)) - {9, 10, 12, 13} | {127}


def media_type(head: bytes) -> Kind | None:
    """The kind of picture or document that the first 16 bytes show; None for a text, or for what is not taken."""
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    return None


def kind_of(content: bytes) -> Kind:
    """What a file is. Raises Refusal, in one sentence, for one that is not taken."""
    if not content:
        raise Refusal(EMPTY)
    if len(content) > MAX_BYTES:
        raise Refusal(TOO_LARGE)
    kind = media_type(content) or text_kind(content)
    if kind is None:
        raise Refusal(_why_not(content))
    if kind in (Kind.TEXT, Kind.EMAIL):
        return kind
    if _is_also_something_else(content, kind):
        raise Refusal(TWO_IN_ONE)
    if kind in PICTURES:
        _check_size(content, kind)
    return kind


def text_kind(content: bytes) -> Kind | None:
    """Whether a file is an e-mail or a plain text; None for anything that is neither, markup among it."""
    if _why_not(content) != OTHER:
        return None
    if _is_email(content):
        return Kind.EMAIL
    text = as_text(content)
    if text is None or _MARKUP.search(content[:_MARKUP_WITHIN]):
        return None
    return Kind.TEXT


def as_text(content: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 or the usual Western encoding; None where it is no text."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if any(ord(char) in _UNSEEN for char in set(text)) or not text.strip() else text
    return None


def _is_email(content: bytes) -> bool:
    """Whether a file begins with the header lines that every message has (RFC 5322, 3.6), and a body follows."""
    if b"\0" in content or not _HEADER.match(content):
        return False
    head = re.split(rb"\r?\n\r?\n", content[:100_000], maxsplit=1)[0]
    return bool(_ADDRESSED.search(head) and _WHEN_OR_WHAT.search(head))


def _why_not(content: bytes) -> str:
    """The sentence for a kind that is known and not taken; OTHER for any other."""
    for start, sentence in _ELSEWHERE:
        if content.startswith(start) and not (start == b"BM" and as_text(content) is not None):
            return sentence
    if content[4:8] == b"ftyp":
        return HEIC if content[8:12] in _HEIC else RECORDING
    if content[:4] == b"RIFF" and media_type(content) is None:
        return RECORDING
    if _MARKUP.match(content.lstrip(b"\xef\xbb\xbf \t\r\n")[:_MARKUP_WITHIN]):
        return WEB_PAGE
    if media_type(content) is None and not _HEADER.match(content) and _MARKUP.search(content[:_MARKUP_WITHIN]):
        return WEB_PAGE
    return OTHER


def _is_also_something_else(content: bytes, kind: Kind) -> bool:
    """Whether another program would open a picture or a PDF as a web page, an archive, or a PDF."""
    if _ACTIVE.search(content[:_PDF_WITHIN]):
        return True
    if kind is not Kind.PDF and b"%PDF-" in content[:_PDF_WITHIN]:
        return True
    if any(mark in content for mark in _ARCHIVES):
        return True
    # An archive is read from its end, so that anything may stand before it.
    return _END_OF_ZIP in content[-_END_WITHIN:] and any(mark in content for mark in _ENTRY_OF_ZIP)


def _check_size(content: bytes, kind: Kind) -> None:
    """Refuse a picture that would be huge once decoded, by its header alone."""
    size = pictures.size_of(content, kind)
    if size is None or 0 in size:
        raise Refusal(DAMAGED_PICTURE)
    if size[0] * size[1] > MAX_PIXELS:
        raise Refusal(TOO_MANY_POINTS)
    if kind is Kind.WEBP and size[0] * size[1] > MAX_WEBP_PIXELS:
        raise Refusal(TOO_MANY_WEBP)
