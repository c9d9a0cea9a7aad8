"""Private files: in a folder of this machine, or in a store elsewhere that speaks S3. Nothing in either has a URL.

Whoever calls does not know which. A file is complete in its place before the row that names it is
committed; a row that is never committed leaves a file that nobody can reach. Whoever looks finds
the old file or the new one, whole. Files of one case, proofs and letters alike, lie in one folder,
so that deleting the case deletes them. What the place of the files cannot do now is a StorageError.
"""

import functools
import hashlib
import os
import secrets
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from cms_tracker.web.storage.folder import Folder
from cms_tracker.web.storage.kept import COPY, MADE, Kept, Lying, Opened, StorageError, Store

if TYPE_CHECKING:
    from cms_tracker.settings.files import Bucket

__all__ = [
    "COPY", "MADE", "Kept", "Lying", "Opened", "StorageError", "discard", "doors_left_open", "every_file", "has_room",
    "is_empty", "keep", "keep_copy", "keep_made", "open_kept", "put", "read_kept", "remove", "remove_all",
    "remove_unfinished", "sha256_of", "take_in",
]  # fmt: skip

MOST_FILES = 2_000  # of a case; enough for a proof a week over a whole childhood, and the letters
MOST_BYTES = 500 * 1024 * 1024
_ORIGINAL = 32  # characters of the random name that a file handed in has


def keep(chunks: Iterable[bytes], *, case_id: uuid.UUID) -> Kept:
    """Write a new file of a case, under a random name."""
    return put(chunks, case_id=case_id, name=secrets.token_hex(_ORIGINAL // 2))


def has_room(size: int, *, case_id: uuid.UUID) -> bool:
    """Whether one more file of so many bytes may be handed in: what people handed in counts, not what we made of it."""
    files = 0
    for one in _store().of_folder(case_id.hex):
        if len(one.stored_as.rpartition("/")[2]) == _ORIGINAL:
            files, size = files + 1, size + one.size
        if files >= MOST_FILES or size > MOST_BYTES:
            return False
    return True


def keep_copy(content: bytes, *, case_id: uuid.UUID) -> Kept:
    """Write what we made of a file that was handed in, under a random name of its own."""
    return put([content], case_id=case_id, name=f"{secrets.token_hex(16)}{COPY}")


def keep_made(chunks: Iterable[bytes], *, case_id: uuid.UUID) -> Kept:
    """Write a paper that a worker made, under a random name of its own: it can be made again."""
    return put(chunks, case_id=case_id, name=f"{secrets.token_hex(16)}{MADE}")


def put(chunks: Iterable[bytes], *, case_id: uuid.UUID, name: str) -> Kept:
    """Write a file of a case under this name, in the place of one that was there; what ``chunks`` raises passes.

    Whoever looks finds the old file or the new one, whole.
    """
    return _store().put(chunks, f"{case_id.hex}/{name}")


def open_kept(stored_as: str) -> Opened:
    """Open a stored file to read. Raises FileNotFoundError where it is gone."""
    return _store().open(stored_as)


def read_kept(stored_as: str, *, sha256: str) -> bytes | None:
    """A stored file, or None where there is none or where it is not the one that was written.

    Raises StorageError where that cannot be known now.
    """
    if not stored_as:
        return None
    try:
        with open_kept(stored_as) as file:
            content = file.read()
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def every_file() -> Iterator[Lying]:
    """Every whole file in private storage, folder by folder."""
    return _store().every_file()


def sha256_of(stored_as: str) -> str | None:
    """The SHA-256 of a stored file, read in pieces; None where it is gone. Raises StorageError."""
    digest = hashlib.sha256()
    try:
        with open_kept(stored_as) as file:
            for piece in file.pieces():
                digest.update(piece)
    except FileNotFoundError:
        return None
    return digest.hexdigest()


def remove(stored_as: str) -> None:
    """Delete one stored file."""
    _store().remove(stored_as)


def discard(stored_as: str) -> None:
    """Delete a file that can be made again and that no row names now. Where that fails, the timer sweeps it."""
    with suppress(StorageError):
        remove(stored_as)


def remove_all(case_id: uuid.UUID) -> None:
    """Delete every stored file of a case."""
    _store().remove_folder(case_id.hex)


def remove_unfinished(*, before: float) -> None:
    """Delete what a writer that was killed left half-written. ``before`` is in seconds since 1970."""
    _store().remove_unfinished(before=before)


def is_empty() -> bool:
    """Whether no file is here. Cheap: also an answer to whether the place of the files can be reached."""
    return _store().is_empty()


def take_in(unpacked: Path) -> int:
    """Take over every file of a folder on this machine that is laid out as here; return how many there were."""
    return _store().take_in(unpacked)


def doors_left_open() -> list[str]:
    """In which ways somebody without a key can get at files."""
    return _store().doors_left_open()


def _store() -> Store:
    return _made(settings.S3, Path(settings.PRIVATE_FILES_DIR), os.getpid())


@functools.lru_cache(maxsize=4)
def _made(bucket: "Bucket | None", folder: Path, process: int) -> Store:
    """One for a process: what a parent had open must not be shared with its children."""
    if bucket is None:
        return Folder(folder)
    from cms_tracker.web.storage.s3 import S3  # noqa: PLC0415 - boto3 is not installed where nobody asks for it

    return S3(bucket)
