"""The words of what next, and who says so: dated data from the ``.toml`` files beside this module."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from arrears.core.case_values import ClockKind
from cases.core.facts import Perspective
from cms_tracker.language import say
from correspondence.core.steps.fact import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who says so, where it is read, and the day someone last looked. ``firm``: verified at first hand."""

    says: str
    url: str
    checked: dt.date
    firm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRule:
    """One thing that can be done, whatever the case: its words, its rank in the one order, and where it leads.

    ``rank`` counts from 0, and no two share one; ``band`` is the stretch of the order, and
    ``band_why`` says why it stands there. ``letter`` is a kind of letter, ``page`` a page of the
    record, ``place`` a page of the site, ``clock`` the time limit that it keeps, ``guide`` the number
    of the guide that tells of it. ``is_task``: it is done on a day of its own, so that it can stand
    on the list of days to keep.
    """

    code: str
    number: int
    rank: int
    band: str
    band_why: str
    sides: frozenset[Perspective]
    titles: dict[Perspective, str]
    reason: str
    needs: tuple[str, ...]
    may: tuple[str, ...]
    sources: tuple[Source, ...]
    letter: str
    page: str
    place: str
    guide: int
    clock: ClockKind | None
    is_task: bool
    is_for_today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRule:
    """One thing that cannot be had: its words, and the action that it rules out, where there is one."""

    code: str
    rank: int
    refuses: str
    sides: frozenset[Perspective]
    title: str
    because: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWords:
    """How a fact is said: ``dated`` where its day is known, ``past`` where a day to act by is gone, else ``plain``."""

    plain: str
    dated: str = ""
    past: str = ""


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """Every source, by its key."""
    return {key: Source(**one) for key, one in _read("sources.toml").items() if isinstance(one, dict)}


@lru_cache(maxsize=1)
def facts() -> dict[Fact, FactWords]:
    """How each fact is said."""
    return {Fact(key): FactWords(**one) for key, one in _read("facts.toml").items()}


@lru_cache(maxsize=1)
def actions() -> dict[str, ActionRule]:
    """Every action by its code, in the one order."""
    data = _read("actions.toml")
    bands = data["band"]
    found: list[ActionRule] = []
    for band in bands:
        found += [_action(one, band, rank=len(found) + place) for place, one in enumerate(_of(data, band["name"]))]
    return {one.code: one for one in found}


def numbered(number: int) -> ActionRule | None:
    """The action of this number, or None."""
    return next((one for one in actions().values() if one.number == number), None)


def is_title(text: str) -> bool:
    """Say whether a text is what an action is called, on either side, in English or in the reader's language."""
    return any(text in (title, say(title)) for one in actions().values() for title in one.titles.values())


@lru_cache(maxsize=1)
def refusals() -> dict[str, RefusalRule]:
    """Every refusal by its code, in the one order."""
    data = _read("refusals.toml")
    return {
        one["code"]: RefusalRule(
            code=one["code"],
            rank=rank,
            refuses=one["refuses"],
            sides=frozenset(map(Perspective, one["sides"])),
            title=one["title"],
            because=one["because"],
            sources=_sources(one),
        )
        for rank, one in enumerate(data["refusal"])
    }


def version() -> str:
    """The day of this data."""
    return str(_read("actions.toml")["version"])


def _of(data: dict[str, Any], band: str) -> list[dict[str, Any]]:
    return [one for one in data["action"] if one["band"] == band]


def _action(one: dict[str, Any], band: dict[str, str], *, rank: int) -> ActionRule:
    title = one["title"]
    return ActionRule(
        code=one["code"],
        number=one["number"],
        rank=rank,
        band=band["name"],
        band_why=band["why"],
        sides=frozenset(map(Perspective, one["sides"])),
        titles={Perspective.RECEIVING: title, Perspective.PAYING: one.get("title_paying", title)},
        reason=one["reason"],
        needs=tuple(one["needs"]),
        may=tuple(one["may"]),
        sources=_sources(one),
        letter=one.get("letter", ""),
        page=one.get("page", ""),
        place=one.get("place", ""),
        guide=one["guide"],
        clock=ClockKind(one["clock"]) if "clock" in one else None,
        is_task="letter" in one or "clock" in one or one.get("task", False),
        is_for_today=one.get("today", False),
    )


def _sources(one: dict[str, Any]) -> tuple[Source, ...]:
    return tuple(sources()[key] for key in one["sources"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
