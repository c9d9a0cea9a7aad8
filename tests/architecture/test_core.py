"""core/ is exact and timeless: no float, no clock. Import contracts keep Django and the queue out of it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PACKAGES, ROOT, modules, place, tree

_CLOCK = {"today", "now", "utcnow", "localdate", "localtime", "monotonic", "time"}
#: Where the clock may be read; `pages` are views.
_EDGE = {"views", "views.py", "tasks", "tasks.py", "celery.py", "commands", "pages", "processes", "clock.py"}
_PLAIN = {ROOT / "cms_tracker" / name for name in ("money.py", "days.py", "typed.py")}


def _core() -> list[Path]:
    return [path for path in modules(*PACKAGES) if "core" in path.parts or path in _PLAIN]


def _floats(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        named = isinstance(node, ast.Name) and node.id == "float"
        if literal or named:
            yield place(path, node.lineno)


def _clock_reads(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CLOCK):
            continue
        owner = node.func.value
        # `datetime.time(…)` makes a time of day; `time.time()` reads the clock.
        if node.func.attr != "time" or (isinstance(owner, ast.Name) and owner.id == "time"):
            yield place(path, node.lineno)


class TestCore:
    def test_holds_no_float(self) -> None:
        core = _core()

        assert len(core) > 1
        assert [found for path in core for found in _floats(path)] == []


class TestTheClock:
    def test_is_read_at_the_edge_only(self) -> None:
        below = [path for path in modules(*PACKAGES) if "core" in path.parts or not _EDGE & set(path.parts)]

        assert len(below) > 1
        assert [found for path in below for found in _clock_reads(path)] == []
