"""The list of the verification standard (``docs/security/asvs.toml``) cannot rot: what it names is there."""

import ast
import datetime as dt
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGES = ROOT / "docs" / "security"
LINES: list[dict[str, Any]] = tomllib.loads((PAGES / "asvs.toml").read_text(encoding="utf-8"))["line"]

#: How many requirements of levels 1 and 2 the chapters that apply have, and of level 3 we took besides.
IN_SCOPE = {1: 64, 2: 141, 3: 19}
#: Chapters and sections that do not apply (docs/security/README.md).
ELSEWHERE = ("10.", "17.", "4.3.", "4.4.", "6.7.", "6.8.", "7.6.")


@cache
def names_in(path: Path) -> set[str]:
    """The tests of a module, and their classes: ``Class``, ``Class::test_name`` and ``test_name``."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            tests = [one.name for one in node.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")]
            found |= {node.name, *(f"{node.name}::{name}" for name in tests)} if tests else set()
        elif isinstance(node, ast.FunctionDef):
            found.add(node.name)
    return found


@cache
def headings_of(path: Path) -> set[str]:
    """The anchors of a page, as its headings give them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip()) for heading in headings}


def is_there(pointer: str) -> bool:
    """Say whether a test, a page or a heading of a page exists."""
    place, _, test = pointer.partition("::")
    place, _, anchor = place.partition("#")
    path = ROOT / place
    if not path.exists() or (path.is_dir() and not any(path.glob("test_*.py"))):
        return False
    return (not test or test in names_in(path)) and (not anchor or anchor in headings_of(path))


class TestTheList:
    def test_has_a_line_for_every_requirement_in_scope(self) -> None:
        ids = [line["id"] for line in LINES]
        assert len(ids) == len(set(ids))
        assert not [one for one in ids if one.startswith(ELSEWHERE)]
        assert {level: sum(line["level"] == level for line in LINES) for level in IN_SCOPE} == IN_SCOPE

    @pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
    def test_answers_each_with_a_test_or_a_page(self, line: dict[str, Any]) -> None:
        assert sum(name in line for name in ("means", "absent", "left")) == 1
        if "absent" not in line:
            assert [one for one in line["by"] if not is_there(one)] == []
            assert line["by"]

    def test_finds_a_pointer_that_leads_nowhere(self) -> None:
        here = "tests/architecture/test_asvs.py"
        assert is_there(f"{here}::TestTheList::test_finds_a_pointer_that_leads_nowhere")
        assert is_there("docs/security/keys.md#every-key")
        for nowhere in (
            f"{here}::TestNothing",
            f"{here}::TestTheList::test_no",
            "docs/security/keys.md#no",
            "docs/no.md",
        ):
            assert not is_there(nowhere)


class TestTheNumbersInThePages:
    def test_are_those_of_the_settings(self) -> None:
        rows = re.findall(r"^\| `([A-Z_]+)` \| (\d+) (minute|hour|day)s? \|", _pages(), re.MULTILINE)
        assert {name for name, _, _ in rows} >= {"SESSION_IDLE", "SESSION_LONGEST", "CONFIRM_LASTS"}
        for name, number, unit in rows:
            assert getattr(settings, name) == dt.timedelta(**{f"{unit}s": int(number)}), name

    def test_are_the_words_that_may_not_make_a_password(self) -> None:
        from cms_tracker.users import passwords

        said = re.search(r"The site's name and: ([\w, ]+)\.", _pages())
        assert said
        assert set(said[1].replace("\n", " ").split(", ")) == set(passwords._WORDS)


def _pages() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in sorted(PAGES.glob("*.md")))
