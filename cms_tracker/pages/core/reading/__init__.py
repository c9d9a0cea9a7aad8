"""Guides in plain English as data: which there are, for whom, and where each of their rules is said.

One file for each guide, named by its number (``004.toml``), and ``shared.toml`` for what they
share. The words themselves are templates (``templates/guidance/``); nothing here is a sentence of a
guide. A guide's number stands in its address and is never used again for another.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

from cases.core.facts import Nation


class Reader(StrEnum):
    """Who reads a guide: the three doors of the first page, in this order."""

    RECEIVING = "receiving"
    PAYING = "paying"
    ADVISER = "adviser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a rule is said, and the day someone last looked.

    ``firm`` False: nobody here could verify it, and it is never shown without that said.
    """

    says: str
    url: str
    checked: dt.date
    firm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number or a day that a guide states and no rule of the engine uses, as it is written, with its source."""

    value: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Guide:
    """One guide: what it is called, who it is for, and what its page leads to.

    ``title`` is its heading, ``tab`` the bland words of the browser's history. ``differs`` are the
    nations that have a word of their own in it. ``facts`` are the names by which its template
    states dated figures, each with where it comes from (``rate:…``, ``clock:…``, ``figure:…``).
    ``letters`` and ``clocks`` are codes and kinds of correspondence; ``routes`` are public pages,
    ``places`` pages of a record, by their key in the menu.
    """

    number: int
    title: str
    tab: str
    about: str
    theme: str
    readers: tuple[Reader, ...]
    nations: tuple[Nation, ...]
    differs: tuple[Nation, ...]
    letters: tuple[str, ...]
    clocks: tuple[str, ...]
    routes: tuple[str, ...]
    read_next: tuple[int, ...]
    signposts: tuple[str, ...]
    checked: dt.date
    facts: Mapping[str, str]
    figures: Mapping[str, Figure]
    sources: Mapping[str, Source]
    places: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """The template of its words."""
        return f"guidance/{self.number:03}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word that CMS uses and people need not know, with what it means."""

    word: str
    means: str
    also: tuple[str, ...] = ()

    def stands_in(self, text: str) -> bool:
        """Tell whether the text, in lower case, uses the word, or one of its other forms."""
        return any(f" {form.lower()}" in text for form in (self.word, *self.also))


@lru_cache(maxsize=1)
def guides() -> dict[int, Guide]:
    """Every guide by its number, in order."""
    found = [_guide(name, _read(name)) for name in sorted(_names())]
    return {one.number: one for one in found}


def themes() -> dict[str, str]:
    """The heading of each theme by its key, in the order of the lists."""
    return dict(_shared()["themes"])


def terms() -> tuple[Term, ...]:
    """The glossary, in its order."""
    return tuple(Term(**{**one, "also": tuple(one.get("also", ()))}) for one in _shared()["term"])


def signposts() -> dict[str, tuple[str, ...]]:
    """Which help lines stand under each kind of signpost."""
    return {key: tuple(names) for key, names in _shared()["signposts"].items()}


def shared_sources() -> tuple[str, ...]:
    """The names of the sources that every guide may cite."""
    return tuple(_shared()["sources"])


def by_theme(reader: Reader) -> list[tuple[str, list[Guide]]]:
    """The guides for a reader under the heading of their theme; a theme without one is left out."""
    found: dict[str, list[Guide]] = {heading: [] for heading in themes().values()}
    for guide in (one for one in guides().values() if reader in one.readers):
        found[themes()[guide.theme]].append(guide)
    return [(heading, listed) for heading, listed in found.items() if listed]


def _guide(name: str, data: dict[str, Any]) -> Guide:
    sources = {key: Source(**one) for key, one in {**_shared()["sources"], **data.pop("sources", {})}.items()}
    figures = {
        key: Figure(value=one["value"], source=sources[one["source"]]) for key, one in data.pop("figures", {}).items()
    }
    number = int(name.removesuffix(".toml"))
    for key in ("letters", "clocks", "routes", "places", "read_next", "signposts"):
        data[key] = tuple(data.get(key, ()))
    return Guide(
        number=number,
        readers=tuple(Reader(one) for one in data.pop("readers")),
        nations=tuple(Nation(one) for one in data.pop("nations", list(Nation))),
        differs=tuple(Nation(one) for one in data.pop("differs", ())),
        facts=data.pop("facts", {}),
        figures=figures,
        sources=sources,
        **data,
    )


def _names() -> list[str]:
    folder = resources.files(__package__)
    return [one.name for one in folder.iterdir() if one.name.endswith(".toml") and one.name[0].isdigit()]


@lru_cache(maxsize=1)
def _shared() -> dict[str, Any]:
    return _read("shared.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
