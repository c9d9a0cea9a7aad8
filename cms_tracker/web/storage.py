"""Private files: kept below the data directory, where nothing has a URL, under random names.

A file is complete on the disk before the row that names it is committed; a row that is never
committed leaves a file that nobody can reach. Files of one case lie in one folder, so that
deleting the case deletes them.
"""

import hashlib
import os
import secrets
import shutil
import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings


class Kept(NamedTuple):
    """A stored file: its name below the private folder, its size in bytes and its SHA-256."""

    stored_as: str
    size: int
    sha256: str


def keep(chunks: Iterable[bytes], *, case_id: uuid.UUID) -> Kept:
    """Write a file of a case: to a temporary name, onto the disk, then in one step to its own name."""
    folder = _folder(case_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    unfinished = folder / f".{name}"
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
        unfinished.rename(folder / name)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _onto_disk(folder)
    return Kept(f"{case_id.hex}/{name}", size, digest.hexdigest())


def open_kept(stored_as: str) -> BinaryIO:
    """Open a stored file to read. Raises FileNotFoundError where it is gone."""
    return (Path(settings.PRIVATE_FILES_DIR) / stored_as).open("rb")


def remove_all(case_id: uuid.UUID) -> None:
    """Delete every stored file of a case."""
    with suppress(FileNotFoundError):
        shutil.rmtree(_folder(case_id))


def _folder(case_id: uuid.UUID) -> Path:
    return Path(settings.PRIVATE_FILES_DIR) / case_id.hex


def _onto_disk(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
