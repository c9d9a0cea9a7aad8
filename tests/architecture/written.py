"""The written pages of the project, and what they name: links, headings, blocks of code, words in `code`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.architecture.source import ROOT, files

#: Where a person begins to read.
FRONT = ROOT / "docs" / "README.md"
#: Pages about what was so when they were written. Their links are held, the names in them are not.
_OF_THEIR_DAY = ("docs/decisions/", "CHANGELOG.md")

_FENCE = re.compile(r"^ *```(\S*)[^\n]*\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: its language, its text, and whose it is."""

    page: Path
    language: str
    text: str


@cache
def pages() -> tuple[Path, ...]:
    """Every written page: ``docs/`` and those beside it."""
    return tuple(path for path in files() if path.suffix == ".md")


def speaks_of_today(page: Path) -> bool:
    """Say whether what a page names has to exist now."""
    return not str(page.relative_to(ROOT)).startswith(_OF_THEIR_DAY)


def blocks(page: Path) -> Iterator[Block]:
    """Yield the blocks of code of a page."""
    for language, text in _FENCE.findall(page.read_text(encoding="utf-8")):
        yield Block(page, language, text)


@cache
def prose(page: Path) -> str:
    """The text of a page without its blocks of code."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """Yield where a page leads inside the project: the file, and the heading if one is named."""
    for target in _LINK.findall(_CODE.sub("", prose(page)) + _linked_code(page)):
        if "://" not in target and not target.startswith("mailto:"):
            name, _, anchor = target.partition("#")
            yield ((page.parent / name).resolve() if name else page), anchor


def _linked_code(page: Path) -> str:
    return "".join(re.findall(r"\[`[^`\n]+`\]\([^()\s]+\)", prose(page)))


@cache
def anchors(page: Path) -> frozenset[str]:
    """The anchors of a page, as its headings give them."""
    return frozenset(
        re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip())
        for heading in _HEADING.findall(prose(page))
    )


def in_code(page: Path) -> Iterator[str]:
    """Yield what stands as `code` within the sentences of a page."""
    yield from _CODE.findall(prose(page))


def commands(page: Path) -> Iterator[str]:
    """Yield each command line of a page: of its blocks marked ``console``, and ``manage.py …`` within a sentence.

    A line that ends with a backslash goes on. What stands behind ``#`` is a remark.
    """
    for block in blocks(page):
        if block.language == "console":
            for line in re.sub(r"\\\n\s*", " ", block.text).splitlines():
                if bare := re.sub(r"(^|\s)#.*", "", line).strip():
                    yield bare
    yield from (code for code in in_code(page) if re.match(r"(python3 )?manage\.py \w", code))
