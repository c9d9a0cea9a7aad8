"""Private files: kept below the data directory, where nothing has a URL.

A file is complete on the disk before the row that names it is committed; a row that is never
committed leaves a file that nobody can reach. Files of one case, proofs and letters alike, lie in
one folder, so that deleting the case deletes them.
"""

import hashlib
import os
import secrets
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings

MOST_FILES = 2_000  # of a case; enough for a proof a week over a whole childhood, and the letters
MOST_BYTES = 500 * 1024 * 1024
_PIECE = 2**20
MADE, COPY = ".made", ".copy"  # how the name of a file ends that was not handed in, and that can be made again
_ORIGINAL = 32  # characters of the random name that a file handed in has


class Kept(NamedTuple):
    """A stored file: its name below the private folder, its size in bytes and its SHA-256."""

    stored_as: str
    size: int
    sha256: str


def keep(chunks: Iterable[bytes], *, case_id: uuid.UUID) -> Kept:
    """Write a new file of a case, under a random name."""
    return put(chunks, case_id=case_id, name=secrets.token_hex(16))


def has_room(size: int, *, case_id: uuid.UUID) -> bool:
    """Whether one more file of so many bytes may be handed in: what people handed in counts, not what we made of it."""
    try:
        with os.scandir(_private() / case_id.hex) as entries:
            sizes = [entry.stat().st_size for entry in entries if len(entry.name) == _ORIGINAL]
    except FileNotFoundError:
        return True
    return len(sizes) < MOST_FILES and sum(sizes) + size <= MOST_BYTES


def keep_copy(content: bytes, *, case_id: uuid.UUID) -> Kept:
    """Write what we made of a file that was handed in, under a random name of its own."""
    return put([content], case_id=case_id, name=f"{secrets.token_hex(16)}{COPY}")


def keep_made(chunks: Iterable[bytes], *, case_id: uuid.UUID) -> Kept:
    """Write a paper that a worker made, under a random name of its own: it can be made again."""
    return put(chunks, case_id=case_id, name=f"{secrets.token_hex(16)}{MADE}")


def put(chunks: Iterable[bytes], *, case_id: uuid.UUID, name: str) -> Kept:
    """Write a file of a case under this name, in the place of one that was there.

    It goes to a hidden name, onto the disk, then in one step to its own name: whoever looks finds
    the old file or the new one, whole.
    """
    folder = _private() / case_id.hex
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / f".{secrets.token_hex(16)}"
    digest, size = hashlib.sha256(), 0
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder / name)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _onto_disk(folder)
    return Kept(f"{case_id.hex}/{name}", size, digest.hexdigest())


def open_kept(stored_as: str) -> BinaryIO:
    """Open a stored file to read. Raises FileNotFoundError where it is gone."""
    return (_private() / stored_as).open("rb")


def read_kept(stored_as: str, *, sha256: str) -> bytes | None:
    """A stored file, or None where there is none or where it is not the one that was written."""
    if not stored_as:
        return None
    try:
        content = (_private() / stored_as).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


class Lying(NamedTuple):
    """A file that lies in private storage: its name, and when it was written, in seconds since 1970."""

    stored_as: str
    written: float

    @property
    def can_be_made_again(self) -> bool:
        """Whether it is one of ours, and not one that somebody handed in."""
        return self.stored_as.endswith((MADE, COPY))


def every_file() -> Iterator[Lying]:
    """Every whole file in private storage, folder by folder."""
    for path in sorted(_private().glob("*/*")):
        with suppress(FileNotFoundError):
            if not path.name.startswith("."):
                yield Lying(f"{path.parent.name}/{path.name}", path.stat().st_mtime)


def sha256_of(stored_as: str) -> str | None:
    """The SHA-256 of a stored file, read in pieces; None where it is gone."""
    digest = hashlib.sha256()
    try:
        with open_kept(stored_as) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError:
        return None
    return digest.hexdigest()


def remove(stored_as: str) -> None:
    """Delete one stored file, and the folder of its case where it was the last one."""
    path = _private() / stored_as
    path.unlink(missing_ok=True)
    with suppress(OSError):  # other files are in it, or it is gone
        path.parent.rmdir()


def remove_all(case_id: uuid.UUID) -> None:
    """Delete every stored file of a case."""
    with suppress(FileNotFoundError):
        shutil.rmtree(_private() / case_id.hex)


def remove_unfinished(*, before: float) -> None:
    """Delete what a writer that was killed left half-written. ``before`` is in seconds since 1970."""
    for path in _private().glob("*/.*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()


def _private() -> Path:
    return Path(settings.PRIVATE_FILES_DIR)


def _onto_disk(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
