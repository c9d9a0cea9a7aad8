"""How much a PDF grows when it is unpacked: counted piece by piece, kept nowhere, and stopped at a limit.

Counted on the bytes of the file, before any reader of PDF looks at it: such a reader unpacks its
own tables first, and a bomb may lie there.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from .found import NotTakenError

LIMIT = 100 * 1024 * 1024
_PIECE = 64 * 1024
_LAYERS = 4  # a stream may be packed several times
_STREAM = re.compile(rb"(?<!end)stream\r?\n")


def check(content: bytes) -> None:
    """Raise NotTakenError where everything packed in the file comes to more than the limit."""
    view, budget = memoryview(content), _Budget()
    for found in _STREAM.finditer(content):
        rest = view[found.end() :]
        _drain((rest[at : at + _PIECE] for at in range(0, len(rest), _PIECE)), budget, layers=_LAYERS)


class _Budget:
    """What may still come out."""

    def __init__(self) -> None:
        self._left = LIMIT

    def counted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._left -= len(piece)
            if self._left < 0:
                raise NotTakenError("inflates")
            yield piece


def _drain(packed: Iterable[bytes | memoryview], budget: _Budget, *, layers: int) -> None:
    """Unpack and count to the end, and within it what is packed once more."""
    unpacked = budget.counted(_unpacked(packed))
    first = next(unpacked, b"")
    every = chain([first], unpacked)
    if layers > 1 and _looks_packed(first):
        _drain(every, budget, layers=layers - 1)
    for _ in every:
        pass


def _unpacked(packed: Iterable[bytes | memoryview]) -> Iterator[bytes]:
    """The pieces that come out, as far as it is packed as zlib packs."""
    unpack = zlib.decompressobj()
    for data in packed:
        while data and not unpack.eof:
            try:
                piece = unpack.decompress(data, _PIECE)
            except zlib.error:
                return
            data = unpack.unconsumed_tail
            if piece:
                yield piece
        if unpack.eof:
            return


def _looks_packed(piece: bytes) -> bool:
    """Whether a piece begins as RFC 1950 (2.2) says that a packed one does."""
    return len(piece) > 1 and piece[0] & 0x0F == 8 and int.from_bytes(piece[:2], "big") % 31 == 0
