"""The texts of a bank statement: decoded, made harmless, masked, and compared without being kept.

A payment reference is written by somebody else, and some people write threats into it. It is one
line of printable characters here, it is masked wherever it is shown unasked, and what is kept of
it is a keyed digest.
"""

import hashlib
import hmac
import re
import unicodedata

MAX_TEXT = 200  # characters; a bank allows 18 for a reference and 140 for a long one
MAX_FIELD = 4 * MAX_TEXT  # of what a file gives for one field, before any work is done on it
_CUT = "\N{HORIZONTAL ELLIPSIS}"
_MASKED_WORDS = 6
_ACTING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, direction, half characters, private, line ends
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CMS = re.compile(
    r"\b(?:cms|dwp|csa|cmg|child (?:maint\w*|support)|cms ?2012|dept? (?:for|of) work|department for work)\b",
    re.IGNORECASE,
)


def decode(content: bytes) -> str:
    """The text of a file. UTF-8, UTF-16 by its mark or its noughts, else the Windows code page of British banks."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    head = content[:400]
    if len(head) > 3 and head[1::2].count(0) > len(head) // 3:
        return content.decode("utf-16-le", errors="replace")
    if len(head) > 3 and head[0::2].count(0) > len(head) // 3:
        return content.decode("utf-16-be", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def cut(text: str) -> str:
    """A field of a file, cut to ``MAX_FIELD`` and marked where it was: an amount that was cut is no amount."""
    return text if len(text) <= MAX_FIELD else text[:MAX_FIELD] + _CUT


def harmless(text: str) -> str:
    """The text on one line, without control or direction characters, cut to ``MAX_TEXT``."""
    text = text[:MAX_FIELD]
    if not (text.isascii() and text.isprintable()):
        composed = unicodedata.normalize("NFC", text)
        text = "".join(" " if unicodedata.category(char) in _ACTING else char for char in composed)
    return " ".join(text.split())[:MAX_TEXT]


def masked(text: str) -> str:
    """The first letter of each word, and nothing else of it: ``J*** S***``."""
    words = text.split()
    shown = [f"{word[0] if word[0].isalpha() else ''}***" for word in words[:_MASKED_WORDS]]
    return " ".join(shown) or "No text"


def payer(text: str) -> str:
    """The part of a text that stays the same from one payment to the next: its words, without numbers or case."""
    kept = [word for word in text.casefold().split() if not any(char.isdigit() for char in word)]
    words = _WORD.findall(" ".join(kept))
    return " ".join(words) or text.casefold()


def names_cms(text: str) -> bool:
    """Say whether a text names the Child Maintenance Service, or the department that pays for it."""
    return _CMS.search(text) is not None


def digest(key: bytes, text: str) -> str:
    """A keyed digest of the payer in a text: 64 hexadecimal digits that say nothing without the key."""
    return hmac.digest(key, payer(text).encode(), "sha256").hex()


def line_id(key: bytes, *, on: str, pence: int, nth: int, digest: str) -> bytes:
    """16 bytes that name one line of an account, the same however often its file is read.

    ``nth`` tells apart lines that say the same on one day, counted from 0.
    """
    named = f"{on}|{pence}|{nth}|{digest}"
    return hashlib.blake2b(named.encode(), key=key[:64], digest_size=16).digest()
