"""Write a ZIP file in pieces, each file read in pieces, with a list of the SHA-256 of each at its end."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MANIFEST = "manifest-sha256.txt"
#: The oldest day that a ZIP can name: when a file was packed tells nobody anything.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_OWNER_READS = 0o600 << 16


class Entry(NamedTuple):
    """One file of the ZIP: its path, its bytes in pieces, and whether packing makes it smaller."""

    name: str
    pieces: Iterable[bytes]
    packs: bool = True


class _Drain:
    """What the ZIP is written to: it keeps what was written until somebody takes it."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        """Keep what the ZIP writes."""
        self._waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""

    def take(self) -> bytes:
        """Everything that was written since it was last taken."""
        taken, self._waiting = b"".join(self._waiting), []
        return taken


def zipped(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The bytes of a ZIP with these files, and last the manifest, which ``sha256sum --check`` reads."""
    drain, hashes = _Drain(), []
    with zipfile.ZipFile(drain, "w") as archive:
        for entry in entries:
            digest = hashlib.sha256()
            with archive.open(_about(entry), "w", force_zip64=True) as file:
                for piece in entry.pieces:
                    digest.update(piece)
                    file.write(piece)
                    yield drain.take()
            hashes.append(f"{digest.hexdigest()}  {entry.name}\n")
            yield drain.take()
        archive.writestr(_about(Entry(MANIFEST, ())), "".join(hashes))
    yield drain.take()


def _about(entry: Entry) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(entry.name, date_time=_NO_DAY)
    about.compress_type = zipfile.ZIP_DEFLATED if entry.packs else zipfile.ZIP_STORED
    about.external_attr = _OWNER_READS
    return about
