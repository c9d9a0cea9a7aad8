"""How long each step may take, and who says so: dated data from ``clock_data.toml``."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

from arrears.core.case_values import ClockKind
from cases.core.facts import Nation, Perspective


class Side(StrEnum):
    """Whose time it is: the person's own to act in, or somebody else's to answer in."""

    YOURS = "yours"
    THEIRS = "theirs"


class Anchor(StrEnum):
    """The day a time is counted from: the one on the letter (or of sending), or the one it came."""

    DATED = "dated"
    REACHED = "reached"


class Unit(StrEnum):
    """What a time is counted in. Months are counted from the anchor, and end with a shorter month."""

    DAYS = "days"
    MONTHS = "months"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one source says of a time, and the day someone last looked.

    ``first_day``: 1 where the day of the anchor is itself day 1. ``law``: the binding rule.
    ``firm``: verified; otherwise it is shown as not verified. ``aside``: a step on the way, which
    does not set the day.
    """

    says: str
    anchor: Anchor
    unit: Unit
    count: int
    source: str
    url: str
    checked: dt.date
    first_day: int = 0
    law: bool = False
    firm: bool = True
    aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """One kind of clock: what starts it, what each source says, and what to do.

    ``latest`` is the last day of all, or the longer time that may be taken. ``letters`` are the
    letters that help, ``starts_with`` those whose posting starts the clock. An empty question
    (``asks_dated``, ``asks_reached``) is not asked. ``number`` stands for the kind in an address.
    """

    kind: ClockKind
    number: int
    title: str
    started_by: str
    side: Side
    next: str
    late: str
    readings: tuple[Reading, ...]
    latest: Reading | None
    asks_dated: str
    asks_reached: str
    letters: tuple[str, ...]
    starts_with: tuple[str, ...]
    perspectives: frozenset[Perspective]
    nations: frozenset[Nation]


def rules() -> dict[ClockKind, ClockRule]:
    """Every clock, by its kind."""
    return _read()[0]


def version() -> str:
    """The day of this data."""
    return _read()[1]


def fitting(*, perspective: Perspective, nation: Nation) -> tuple[ClockRule, ...]:
    """The clocks that a person on this side, in this nation, may have to start."""
    return tuple(one for one in rules().values() if perspective in one.perspectives and nation in one.nations)


def numbered(number: int) -> ClockRule | None:
    """The clock of this number, or None."""
    return next((one for one in rules().values() if one.number == number), None)


def started_by_letter(kind: str) -> ClockRule | None:
    """The clock that starts when a letter of this kind is posted, or None."""
    return next((one for one in rules().values() if kind in one.starts_with), None)


@lru_cache(maxsize=1)
def _read() -> tuple[dict[ClockKind, ClockRule], str]:
    text = resources.files(__package__).joinpath("clock_data.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    found = [_rule(one) for one in data["clock"]]
    return {one.kind: one for one in found}, data["version"]


def _rule(one: dict[str, Any]) -> ClockRule:
    return ClockRule(
        kind=ClockKind(one["kind"]),
        number=one["number"],
        title=one["title"],
        started_by=one["started_by"],
        side=Side(one["side"]),
        next=one["next"],
        late=one["late"],
        readings=tuple(_reading(each) for each in one["readings"]),
        latest=_reading(one["latest"]) if "latest" in one else None,
        asks_dated=one.get("asks_dated", ""),
        asks_reached=one.get("asks_reached", ""),
        letters=tuple(one.get("letters", ())),
        starts_with=tuple(one.get("starts_with", ())),
        perspectives=frozenset(map(Perspective, one.get("perspectives", list(Perspective)))),
        nations=frozenset(map(Nation, one.get("nations", list(Nation)))),
    )


def _reading(one: dict[str, Any]) -> Reading:
    return Reading(**(one | {"anchor": Anchor(one["anchor"]), "unit": Unit(one["unit"])}))
