"""Reads the lock: what is installed on a server, by version and hash, and what each package is for."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Everything that may run on a server: the packages of every installation, and those of larger ones.
LOCK = ROOT / "requirements-server.txt"

_PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_NEED = re.compile(r"^[A-Za-z0-9._-]+")
_REASON = re.compile(r'^\s*"([A-Za-z0-9._-]+)[^"]*",\s*#\s*(.+)$', re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Locked:
    """One package of the lock; ``hashes`` are the SHA-256 of each file that may be installed for it."""

    name: str
    version: str
    hashes: Sequence[str]


def plain(name: str) -> str:
    """Return the one way to write a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read(lock: Path = LOCK) -> list[Locked]:
    """List the packages of a lock file, by name."""
    written = lock.read_text(encoding="utf-8")
    pins = list(_PIN.finditer(written))
    ends = [pin.start() for pin in pins[1:]] + [len(written)]
    return [
        Locked(name=plain(pin["name"]), version=pin["version"], hashes=sorted(_HASH.findall(written, pin.end(), end)))
        for pin, end in zip(pins, ends, strict=True)
    ]


def project() -> tuple[str, str]:
    """Return the name and version of this project."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        told = tomllib.load(file)["project"]
    return told["name"], told["version"]


def reasons() -> dict[str, str]:
    """Say what each package is for that the project asks for itself: the words beside it in pyproject.toml."""
    written = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[dependency-groups]")[0]
    return {plain(name): reason.strip() for name, reason in _REASON.findall(written)}


def brought_by(locked: Sequence[Locked]) -> dict[str, list[str]]:
    """Say, of each package of the lock, which others of it ask for it."""
    found: dict[str, list[str]] = {one.name: [] for one in locked}
    for one in locked:
        for need in {plain(match[0]) for line in _needs(one.name) if (match := _NEED.match(line))}:
            if need in found and need != one.name:
                found[need].append(one.name)
    return found


def _needs(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # for another system or Python
        return []
