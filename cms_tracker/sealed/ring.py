"""The ring of keys that seals text: AES-256-GCM, the newest key first, older ones only to read.

A token is ``s1:<key>:<base64 of nonce, ciphertext and tag>``; ``<key>`` are eight characters that name
the key and tell nothing of it. The purpose (a table and its column) is bound in, so that a token
moved to another column does not open. The nonce is random: the same text gives another token each time.
"""

import binascii
import hashlib
import os
import re
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_MARK = "s1"
_TOKEN = re.compile(r"s1:[0-9a-f]{8}:[A-Za-z0-9+/]{38,}={0,2}", re.ASCII)
_HEAD = len("s1:00000000:")


class CannotOpenError(Exception):
    """Sealed text that these keys do not open. The sentence names keys, and nothing of the text."""

    says_nothing_personal = True


class Ring:
    """Keys by age, newest first. Holds no state that changes, so threads may share it."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Raises ValueError without keys, for a key that is not 32 bytes, or for one named twice."""
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError(f"A key is {KEY_BYTES} bytes, and there is at least one.")
        self._ciphers = {name_of(key): AESGCM(key) for key in keys}
        if len(self._ciphers) != len(keys):
            raise ValueError("Each key stands in the ring once.")
        self.names = tuple(self._ciphers)
        self._start = f"{_MARK}:{self.names[0]}:"
        self._newest = self._ciphers[self.names[0]]

    def __repr__(self) -> str:
        return f"<ring of {', '.join(self.names)}>"

    def seal(self, plain: str, *, purpose: str) -> str:
        """The token of a text under the newest key."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._newest.encrypt(nonce, plain.encode(), purpose.encode())
        return self._start + binascii.b2a_base64(nonce + sealed, newline=False).decode("ascii")

    def open(self, token: str, *, purpose: str) -> str:
        """The text of a token. Raises CannotOpenError for another key, another purpose or anything else."""
        head, name, body = ([*token.split(":", 2), "", ""])[:3]
        if head != _MARK:
            raise CannotOpenError(f"{purpose} holds text that was never sealed.")
        cipher = self._ciphers.get(name)
        if cipher is None:
            held = ", ".join(self.names)
            raise CannotOpenError(f"{purpose} is sealed with key {name[:8]!r}, and FIELD_KEYS holds only {held}.")
        try:
            raw = binascii.a2b_base64(body)
            return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise CannotOpenError(f"{purpose} holds a token that was changed or belongs elsewhere.") from error

    def is_current(self, token: str) -> bool:
        """Whether a token was sealed with the newest key."""
        return token.startswith(self._start)

    @property
    def start_of_current(self) -> str:
        """What each token of the newest key starts with."""
        return self._start


def ring() -> Ring:
    """The ring of this installation, from ``FIELD_KEYS``."""
    return _ring(settings.FIELD_KEYS)


@lru_cache(maxsize=8)
def _ring(keys: tuple[str, ...]) -> Ring:
    return Ring([read_key(key) for key in keys])


def read_key(written: str) -> bytes:
    """The 32 bytes of a key as it is written: base64 for URLs. Raises ValueError for anything else."""
    try:
        key = urlsafe_b64decode(written + "=" * (-len(written) % 4))
    except ValueError:  # base64's own error may quote what it read
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key is {KEY_BYTES} bytes in base64")
    return key


def name_of(key: bytes) -> str:
    """The eight characters that name a key."""
    return hashlib.sha256(b"name of a key\0" + key).hexdigest()[:8]


def looks_sealed(text: str) -> bool:
    """Whether a text has the form of a token."""
    return _TOKEN.fullmatch(text) is not None


def longest_token(characters: int) -> int:
    """How long the token of so many characters may be, at four bytes each."""
    raw = _NONCE_BYTES + 4 * characters + _TAG_BYTES
    return _HEAD + 4 * -(-raw // 3)
