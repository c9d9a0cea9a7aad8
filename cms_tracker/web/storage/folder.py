"""Private files in a folder of this machine."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from cms_tracker.web.storage.kept import Kept, Lying, Opened, StorageError


class Folder:
    """A ``Store`` below one folder, where nothing has a URL. Only its owner may read what is in it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, chunks: Iterable[bytes], stored_as: str) -> Kept:
        """Write to a hidden name, onto the disk, then in one step to its own name."""
        target = self._path / stored_as
        unfinished = target.parent / f".{secrets.token_hex(16)}"
        digest, size = hashlib.sha256(), 0
        try:
            with _asking_the_disk():
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                file = os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
            with _closed(file):
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    with _asking_the_disk():
                        file.write(chunk)
                with _asking_the_disk():
                    file.flush()
                    os.fsync(file.fileno())
            with _asking_the_disk():
                unfinished.replace(target)
                _onto_disk(target.parent)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink()
            raise
        return Kept(stored_as, size, digest.hexdigest())

    def open(self, stored_as: str) -> Opened:
        """Open it. Raises FileNotFoundError."""
        with _asking_the_disk():
            file = (self._path / stored_as).open("rb")
            return Opened(_OnDisk(file), size=os.fstat(file.fileno()).st_size)

    def of_folder(self, folder: str) -> Iterator[Lying]:
        """Every whole file of one case."""
        with _asking_the_disk(), suppress(FileNotFoundError):
            yield from _lying(self._path / folder)

    def every_file(self) -> Iterator[Lying]:
        """Every whole file, folder by folder."""
        with _asking_the_disk():
            for folder in sorted(self._path.glob("*/")):
                with suppress(FileNotFoundError):
                    yield from _lying(folder)

    def remove(self, stored_as: str) -> None:
        """Delete it, and the folder of its case where it was the last one."""
        path = self._path / stored_as
        with _asking_the_disk():
            path.unlink(missing_ok=True)
        with suppress(OSError):  # other files are in it, or it is gone
            path.parent.rmdir()

    def remove_folder(self, folder: str) -> None:
        """Delete every file of one case."""
        with _asking_the_disk(), suppress(FileNotFoundError):
            shutil.rmtree(self._path / folder)

    def remove_unfinished(self, *, before: float) -> None:
        """Delete what a writer that was killed left half-written."""
        with _asking_the_disk():
            for path in self._path.glob("*/.*"):
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime < before:
                        path.unlink()

    def is_empty(self) -> bool:
        """Whether no folder of a case is here."""
        with _asking_the_disk(), suppress(FileNotFoundError):
            return not any(self._path.iterdir())
        return True

    def take_in(self, unpacked: Path) -> int:
        """Move each folder here in one step."""
        count = 0
        with _asking_the_disk():
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in sorted(unpacked.iterdir()):
                count += sum(1 for _ in folder.iterdir())
                folder.replace(self._path / folder.name)
            _onto_disk(self._path)
        return count

    def doors_left_open(self) -> list[str]:
        """None: nothing here has an address."""
        return []


class _OnDisk:
    """An open file whose troubles do not tell where it lies."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.close = file, file.close

    def read(self, size: int, /) -> bytes:
        with _asking_the_disk():
            return self._file.read(size)


def _lying(folder: Path) -> Iterator[Lying]:
    with os.scandir(folder) as entries:
        there = sorted((one for one in entries if not one.name.startswith(".")), key=lambda one: one.name)
    for one in there:
        with suppress(FileNotFoundError):
            found = one.stat()
            yield Lying(f"{folder.name}/{one.name}", found.st_mtime, found.st_size)


@contextmanager
def _asking_the_disk() -> Iterator[None]:
    """Turn what the disk says into our own error; that a file is not there stays what it is."""
    try:
        yield
    except (StorageError, FileNotFoundError):
        raise
    except OSError as error:
        raise StorageError.of_disk(error) from None


@contextmanager
def _closed(file: BinaryIO) -> Iterator[None]:
    """Close it in the end. A disk that is full may refuse that as well, when the first refusal is on its way."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            file.close()
        raise
    with _asking_the_disk():
        file.close()


def _onto_disk(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
