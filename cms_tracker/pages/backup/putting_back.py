"""Read a backup, prove that it is whole, and only then put it into an empty installation."""

import hashlib
import json
import os
import re
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection

from cms_tracker.pages.backup import databases
from cms_tracker.pages.backup.making import FORMAT, MANIFEST
from cms_tracker.pages.backup.sealed_stream import NotABackupError, Opener
from cms_tracker.pages.backup.workplace import workplace
from cms_tracker.sealed.ring import ring
from cms_tracker.web import storage

_PIECE = 2**20
_MOST_MANIFEST = 2**30
_PART = re.compile(r"database/[a-z0-9_.]{1,100}|files/[0-9a-f]{32}/[A-Za-z0-9_-][A-Za-z0-9._-]{0,100}", re.ASCII)


class CannotPutBackError(Exception):
    """This backup cannot be put into this installation. The sentence says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """What was put back: the instant of the backup, as text, and how many files."""

    at: str
    files: int


def put_back(path: Path, *, passphrase: str, say: Callable[[int], object] = lambda _: None) -> PutBack:
    """Put a backup into this installation, which has to be empty. Nothing is put anywhere before all of it is proved.

    Raises NotABackupError for a file that was changed or another passphrase, CannotPutBackError where
    it does not fit here, OSError.
    """
    data = Path(settings.DATA_DIR)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_unless_empty()
    with workplace() as folder, path.open("rb") as source:
        manifest = _unpacked(source, folder, passphrase=passphrase, say=say)
        _refuse_what_does_not_fit(manifest)
        parts = folder / "database"
        databases.put_back(
            databases.Copied(
                engine=manifest["engine"],
                files={one.name: one for one in sorted(parts.iterdir())},
                columns=manifest["columns"],
                migrations=manifest["migrations"],
            )
        )
        unpacked = folder / "files"
        unpacked.mkdir(exist_ok=True)
        count = storage.take_in(unpacked)
    return PutBack(at=manifest["at"], files=count)


def _refuse_unless_empty() -> None:
    if not databases.is_empty() or not storage.is_empty():
        raise CannotPutBackError(
            "This installation is not empty, and nothing is ever written over. "
            "Name an empty database (DATABASE_URL) and an empty folder (CMS_DATA_DIR), or an empty bucket (S3_BUCKET)."
        )


def _refuse_what_does_not_fit(manifest: Mapping[str, Any]) -> None:
    if missing := sorted(set(manifest["keys"]) - set(ring().names)):
        raise CannotPutBackError(
            f"FIELD_KEYS lacks the key {missing[0]!r}, which this backup needs. Put back its keys first."
        )
    if manifest["engine"] != connection.vendor:
        raise CannotPutBackError(
            f"This backup was made from {manifest['engine']}, and DATABASE_URL names {connection.vendor}."
        )
    if newer := databases.unknown_migrations(manifest["migrations"]):
        raise CannotPutBackError(f"This backup was made by a newer version: {newer[0]} is not known here.")


def _unpacked(source: BinaryIO, folder: Path, *, passphrase: str, say: Callable[[int], object]) -> dict[str, Any]:
    """Unpack into a folder of our own; return the manifest once every part is what it says."""
    hashes: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    opener = Opener(source, passphrase=passphrase)
    try:
        with tarfile.open(fileobj=opener, mode="r|") as tar:  # type: ignore[call-overload]
            for entry in tar:
                content = tar.extractfile(entry) if entry.isfile() else None
                if content is None or manifest is not None:
                    raise NotABackupError("This backup holds something that is not part of one.")
                if entry.name == MANIFEST and entry.size <= _MOST_MANIFEST:
                    manifest = json.loads(content.read())
                    continue
                if not _PART.fullmatch(entry.name):
                    raise NotABackupError("This backup holds something that is not part of one.")
                hashes[entry.name] = _unpack(content, folder / entry.name)
                if not len(hashes) % 1000:
                    say(len(hashes))
        opener.read()  # to its end, so that one that was cut off says so
    except (tarfile.TarError, EOFError, json.JSONDecodeError) as error:
        raise NotABackupError("This backup was changed or cut off.") from error
    if manifest is None or manifest.get("format") != FORMAT or manifest.get("sha256") != hashes:
        raise NotABackupError("This backup is not whole: what it holds is not what its list says.")
    return manifest


def _unpack(content: Any, path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := content.read(_PIECE):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()
