"""Which version this is: for those who run it. No page and no header says it to anybody else."""

import tomllib
from functools import cache
from pathlib import Path

#: The one place that says it; the release script writes it there.
SAID_IN = Path(__file__).resolve().parent.parent / "pyproject.toml"


@cache
def current() -> str:
    """The version, such as ``0.2.0``; ``unknown`` where the file that says it was not brought along."""
    return said_in(SAID_IN)


def said_in(path: Path) -> str:
    """The version that a project file says."""
    try:
        version: str = tomllib.loads(path.read_text(encoding="utf-8"))["project"]["version"]
    except FileNotFoundError:
        return "unknown"
    return version
