"""Codes by which an owner lets one person in: made, read back from paper, and turned into a hash."""

import hashlib
import re
import secrets

#: Five bits a letter, in an alphabet without letters that look like digits. 140 bits cannot be
#: guessed, and seven groups can still be copied by hand.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LETTERS = 28
_GROUP = 4


def new() -> str:
    """Make a code of 140 bits, written in groups of four."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LETTERS, _GROUP))


def fingerprint(typed: str) -> str:
    """The SHA-256 of a code as typed: spaces, hyphens and small letters make no difference.

    A code is random and long, so a plain hash hides it as well as a slow one would.
    """
    return hashlib.sha256(re.sub(r"[\s-]", "", typed).upper().encode()).hexdigest()
