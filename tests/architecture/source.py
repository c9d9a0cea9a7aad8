"""The project's own files, as the tests of this folder read them."""

import ast
import os
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("cms_tracker", "cases", "arrears", "correspondence")


@cache
def files() -> list[Path]:
    """List what belongs to the project: what git knows or would add, or all that lies here without git."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
        found = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        found = list(without_git())
    return sorted(path for path in found if path.is_file())


def without_git() -> Iterator[Path]:
    """Every file here but those that git would leave alone: the smallest machine has no git."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    left_alone = [".git", *(line.strip("/") for line in lines if line and not line.startswith("#"))]
    for folder, below, names in os.walk(ROOT):
        for entries in (below, names):
            entries[:] = [name for name in entries if not any(fnmatch(name, pattern) for pattern in left_alone)]
        yield from (Path(folder, name) for name in names)


def modules(*packages: str) -> Iterator[Path]:
    """Yield the Python files of these packages, migrations apart."""
    for path in files():
        parts = path.relative_to(ROOT).parts
        if path.suffix == ".py" and parts[0] in packages and "migrations" not in parts:
            yield path


def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, line: int | None = None) -> str:
    """Return how a failure names a place."""
    return str(path.relative_to(ROOT)) + (f":{line}" if line else "")
