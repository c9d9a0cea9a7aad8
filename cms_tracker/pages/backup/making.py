"""Write a backup: the database at one instant and every file that it names, while people go on working."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from cms_tracker.pages import files
from cms_tracker.pages.backup import databases
from cms_tracker.pages.backup.sealed_stream import Sealer
from cms_tracker.pages.backup.workplace import workplace
from cms_tracker.sealed.ring import ring
from cms_tracker.web import storage

FORMAT = 1
MANIFEST = "manifest.json"
TRIES = 3
_PIECE = 2**20


class PurgedMeanwhileError(Exception):
    """A file was deleted, with its row, after the database was copied: the copy names what is gone."""


@dataclass(kw_only=True)
class Made:
    """A backup that is written: its size in bytes, how many files it holds, and which were lost before it."""

    path: Path
    size: int = 0
    files: int = 0
    lost: list[str] = field(default_factory=list)


class _Hashing(io.RawIOBase):
    """A file that is read through once, and whose hash is known then."""

    def __init__(self, source: "BinaryIO | storage.Opened") -> None:
        self._source, self.sha256 = source, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self.sha256.update(piece)
        return piece


def make(path: Path, *, passphrase: str, at: str, say: Callable[[int], object] = lambda _: None) -> Made:
    """Write a backup to a path that is free. ``at`` is the instant, as text; ``say`` hears of progress.

    It stands under its name only when it is whole and on the disk. Raises OSError, FileExistsError
    among them, ValueError for a short passphrase, and PurgedMeanwhileError where files were deleted
    during each of three tries.
    """
    for left in reversed(range(TRIES)):
        try:
            return _try(path, passphrase=passphrase, at=at, say=say)
        except PurgedMeanwhileError:
            if not left:
                raise
    raise AssertionError


def _try(path: Path, *, passphrase: str, at: str, say: Callable[[int], object]) -> Made:
    if path.exists():
        raise FileExistsError(path)
    unfinished = path.with_name(f".{path.name}.unfinished")
    made = Made(path=path)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as target:
            with workplace() as folder:
                _write(target, folder, made, passphrase=passphrase, at=at, say=say)
            target.flush()
            os.fsync(target.fileno())
            made.size = target.tell()
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return made


def _write(
    target: BinaryIO, folder: Path, made: Made, *, passphrase: str, at: str, say: Callable[[int], object]
) -> None:
    sealer = Sealer(target, passphrase=passphrase)
    hashes: dict[str, str] = {}
    with (
        databases.copied(folder, named_files=lambda alias: files.named_files(using=alias)) as found,
        tarfile.open(fileobj=sealer, mode="w|", format=tarfile.PAX_FORMAT) as tar,  # type: ignore[call-overload]
    ):
        for name, part in found.files.items():
            with part.open("rb") as copy:
                hashes[f"database/{name}"] = _add(tar, f"database/{name}", copy, size=part.stat().st_size)
        for stored_as, sha256 in _once(found.named):
            try:
                file = storage.open_kept(stored_as)
            except FileNotFoundError:
                _lost(stored_as, made)
                continue
            with file:
                hashes[f"files/{stored_as}"] = is_now = _add(tar, f"files/{stored_as}", file, size=file.size)
            made.files += 1
            if is_now != sha256:
                made.lost.append(stored_as)
            if not made.files % 1000:
                say(made.files)
        manifest = {
            "format": FORMAT,
            "at": at,
            "engine": found.engine,
            "columns": found.columns,
            "migrations": found.migrations,
            "keys": list(ring().names),
            "sha256": hashes,
        }
        content = json.dumps(manifest, indent=1, sort_keys=True).encode()
        _add(tar, MANIFEST, io.BytesIO(content), size=len(content))
    sealer.close()


def _once(named: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    yield from dict(named).items()  # two rows may name one file


def _lost(stored_as: str, made: Made) -> None:
    """Tell a file that is gone for good from one whose row went with it since the database was copied."""
    if any(stored_as == name for name, _ in files.named_files()):
        made.lost.append(stored_as)
    else:
        raise PurgedMeanwhileError(stored_as)


def _add(tar: tarfile.TarFile, name: str, file: "BinaryIO | storage.Opened", *, size: int) -> str:
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o600
    hashing = _Hashing(file)
    tar.addfile(entry, hashing)
    return hashing.sha256.hexdigest()
