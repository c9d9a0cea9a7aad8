"""A stream that is sealed with a passphrase, piece by piece, so that it need not fit into memory.

The key is made from the passphrase by scrypt. Each piece is AES-256-GCM with a nonce that holds its
number and whether it is the last one (the STREAM construction of Hoang, Reyhanitabar, Rogaway and
Vizár, 2015), and the head of the file is bound into every piece. So a piece that was changed, moved,
left out or cut off does not open.
"""

import os
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"records backup 1\n"
LEAST_PASSPHRASE = 20  # characters; it has to stand for years against somebody who has the file
PIECE = 2**20
_SALT, _PREFIX, _TAG = 16, 7, 16
_COST = 15  # the memory that one guess takes: 128 * 8 * 2^15 bytes = 32 MiB
_HEAD = len(MAGIC) + _SALT + 1 + _PREFIX
_HIGHEST_COST = 20


class NotABackupError(Exception):
    """What was opened is no backup, was changed or cut off, or the passphrase is another. The message says which."""


class Sealer:
    """A file to write to: what is written goes sealed into ``target``. Close it, or the end is missing."""

    def __init__(self, target: BinaryIO, *, passphrase: str) -> None:
        """Raises ValueError for a passphrase that is too short."""
        if len(passphrase) < LEAST_PASSPHRASE:
            raise ValueError(f"A passphrase has at least {LEAST_PASSPHRASE} characters.")
        salt, self._prefix = os.urandom(_SALT), os.urandom(_PREFIX)
        self._head = MAGIC + salt + bytes([_COST]) + self._prefix
        self._cipher = AESGCM(_key(passphrase, salt, _COST))
        self._target, self._waiting, self._number = target, bytearray(), 0
        target.write(self._head)

    def write(self, content: bytes) -> int:
        """Take the next bytes."""
        self._waiting += content
        while len(self._waiting) > PIECE:  # a full piece waits until it is known not to be the last
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(content)

    def close(self) -> None:
        """Write the last piece."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._prefix, self._number, last=last), piece, self._head))
        self._number += 1


class Opener:
    """A file to read from: the bytes that were written to a ``Sealer``. Nothing is handed out that did not open."""

    def __init__(self, source: BinaryIO, *, passphrase: str) -> None:
        """Raises NotABackupError where the head is not one of ours."""
        self._head = source.read(_HEAD)
        if len(self._head) != _HEAD or not self._head.startswith(MAGIC):
            raise NotABackupError("This file is not a backup.")
        salt, rest = self._head[len(MAGIC) : len(MAGIC) + _SALT], self._head[len(MAGIC) + _SALT :]
        if not _COST <= rest[0] <= _HIGHEST_COST:
            raise NotABackupError("This backup was changed.")
        self._prefix = rest[1:]
        self._cipher = AESGCM(_key(passphrase, salt, rest[0]))
        self._source, self._ready, self._number = source, b"", 0
        self._next = source.read(PIECE + _TAG)
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size`` of them; fewer only at the end. Raises NotABackupError."""
        found = [self._ready]
        have = len(self._ready)
        while not self._ended and (size < 0 or have < size):
            piece = self._piece()
            found.append(piece)
            have += len(piece)
        whole = b"".join(found)
        given, self._ready = (whole, b"") if size < 0 else (whole[:size], whole[size:])
        return given

    def _piece(self) -> bytes:
        sealed, self._next = self._next, self._source.read(PIECE + _TAG)
        last = not self._next
        try:
            opened = self._cipher.decrypt(_nonce(self._prefix, self._number, last=last), sealed, self._head)
        except InvalidTag as error:
            first = "The passphrase is another one, or this backup was changed."
            raise NotABackupError("This backup was changed or cut off." if self._number else first) from error
        self._number += 1
        self._ended = last
        return opened


def _key(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**cost, r=8, p=1).derive(passphrase.encode())


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)
