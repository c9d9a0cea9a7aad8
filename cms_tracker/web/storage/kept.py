"""What is said of stored files, whatever they are stored in."""

import errno
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

PIECE = 2**20
MADE, COPY = ".made", ".copy"  # how the name of a file ends that was not handed in, and that can be made again


class StorageError(OSError):
    """The place of the files does not take or give any now: the disk is full or broken, or the store is down.

    What it says names no file, no address and no person, so that it may stand in a log. Trying again later may help.
    """

    says_nothing_personal = True

    @classmethod
    def of_disk(cls, error: OSError) -> "StorageError":
        """The same trouble, without the path."""
        return cls(error.errno or errno.EIO, error.strerror or "the disk takes and gives no file")

    @classmethod
    def of_store(cls, why: str) -> "StorageError":
        """Trouble with a store elsewhere; ``why`` is the name of an error."""
        return cls(errno.EIO, f"the store of files does not do as asked ({why})")


class Kept(NamedTuple):
    """A stored file: its name below the place of private files, its size in bytes and its SHA-256."""

    stored_as: str
    size: int
    sha256: str


class Lying(NamedTuple):
    """A file that lies in private storage: its name, when it was written (seconds since 1970), and its bytes."""

    stored_as: str
    written: float
    size: int

    @property
    def can_be_made_again(self) -> bool:
        """Whether it is one of ours, and not one that somebody handed in."""
        return self.stored_as.endswith((MADE, COPY))


class Source(Protocol):
    """Where the bytes of an opened file come from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many; none at the end. Raises StorageError."""

    def close(self) -> None:
        """Let it go."""


class Opened:
    """A stored file to read, once, from its beginning; ``size`` is in bytes. Close it, or use it in ``with``."""

    def __init__(self, source: Source, *, size: int) -> None:
        self._source, self.size = source, size

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size`` of them; all that is left for a negative one. Raises StorageError."""
        return self._source.read(size) if size >= 0 else b"".join(self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """What is left, in pieces that fit into memory."""
        while piece := self._source.read(PIECE):
            yield piece

    def close(self) -> None:
        """Let it go."""
        self._source.close()

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Store(Protocol):
    """What a place of private files can do. Names are those of ``Kept``: the folder of a case, and a file in it.

    Each of these may raise StorageError, and then nothing is half done that anybody could see.
    """

    def put(self, chunks: Iterable[bytes], stored_as: str) -> Kept:
        """Write a whole file in the place of one that was there. What ``chunks`` raises passes."""

    def open(self, stored_as: str) -> Opened:
        """Open a file to read. Raises FileNotFoundError."""

    def of_folder(self, folder: str) -> Iterator[Lying]:
        """Every whole file of one case."""

    def every_file(self) -> Iterator[Lying]:
        """Every whole file, folder by folder."""

    def remove(self, stored_as: str) -> None:
        """Delete a file, if it is there."""

    def remove_folder(self, folder: str) -> None:
        """Delete every file of one case, unfinished ones among them."""

    def remove_unfinished(self, *, before: float) -> None:
        """Delete what was begun before then (seconds since 1970) and never finished."""

    def is_empty(self) -> bool:
        """Whether no file is here."""

    def take_in(self, unpacked: Path) -> int:
        """Take over every file of a folder on this machine, laid out as here; return how many. It may be empty then."""

    def doors_left_open(self) -> list[str]:
        """In which ways somebody without a key can get at files: a few words each."""
