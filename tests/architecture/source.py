"""The project's own files, as the tests of this folder read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("cms_tracker", "cases", "arrears", "correspondence")
_NOT_OURS = {".git", ".venv", "var", "__pycache__", "node_modules"}


@cache
def files() -> list[Path]:
    """List what belongs to the project: what git knows or would add, or all that lies here without git."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
        found = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not _NOT_OURS & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in found if path.is_file())


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
