"""What a file of proof is, judged by its bytes alone, and a name for it that is safe to give back.

Source: OWASP File Upload Cheat Sheet. The name and the type that a browser sends are only claims.
"""

import re
import unicodedata

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
HEAD = 16  # the bytes that ``media_type`` needs

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
PILLOW_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # device names on Windows


def media_type(head: bytes) -> str | None:
    """The media type that the first bytes of a file show, or None for a kind that is not taken."""
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return None


def safe_name(given: str, media_type: str) -> str:
    """A file name of letters, digits, spaces, ``-`` and ``_`` with the extension that the content has.

    Folders, control and direction characters, further extensions and reserved names are gone; what
    is left of the person's own words stays, up to 80 characters.
    """
    last = re.split(r"[/\\]", given)[-1]
    stem = last.rpartition(".")[0] or last
    kept = "".join(char if char.isalnum() or char in " -_" else "-" for char in unicodedata.normalize("NFC", stem))
    words = re.sub(r"-{2,}", "-", re.sub(r"\s+", " ", kept))[:80].strip(" -_")
    if not words or _RESERVED.fullmatch(words):
        words = "proof"
    return f"{words}.{EXTENSIONS[media_type]}"
