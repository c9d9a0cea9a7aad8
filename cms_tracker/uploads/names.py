"""A file name that is safe to show, to store in a row and to give back."""

import re
import unicodedata

from cms_tracker.uploads.kinds import EXTENSIONS, Kind

LONGEST = 80
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # device names on Windows


def safe_name(given: str, kind: str) -> str:
    """A file name of letters, digits, spaces, ``-`` and ``_`` with the extension that the content has.

    Folders, control and direction characters, further extensions and reserved names are gone; what
    is left of the person's own words stays, up to 80 characters.
    """
    last = re.split(r"[/\\]", given)[-1]
    stem = last.rpartition(".")[0] or last
    kept = "".join(char if char.isalnum() or char in " -_" else "-" for char in unicodedata.normalize("NFC", stem))
    words = re.sub(r"-{2,}", "-", re.sub(r"\s+", " ", kept))[:LONGEST].strip(" -_")
    if not words or _RESERVED.fullmatch(words):
        words = "proof"
    return f"{words}.{EXTENSIONS[Kind(kind)]}"
