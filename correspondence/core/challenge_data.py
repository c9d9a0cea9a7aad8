"""The stages of the two routes, what nobody can appeal, and what can be done instead: ``challenge_data.toml``."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from arrears.core.case_values import ClockKind
from arrears.core.challenge_values import ChallengeAbout
from cases.core.facts import Nation


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Who says something, and the day a person last looked. ``is_firm``: somebody verified it."""

    source: str
    url: str
    checked: dt.date
    is_firm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs:
    """What is different in Northern Ireland.

    With a ``title``, the text stands in place of what is said of Great Britain; an empty one leaves
    all that as it is, and so does an empty ``before``.
    """

    title: str
    before: str
    text: str
    cited: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One body or step of a route: what it does, what it cannot do, and what has to come ``before`` it.

    ``letters`` are the kinds of letter that go to it, ``clock`` the time that it has.
    """

    code: str
    route: ChallengeAbout
    title: str
    does: str
    cannot: str
    before: str
    letters: tuple[str, ...]
    clock: ClockKind | None
    cited: Cited
    northern_ireland: Differs | None

    def differs_in(self, nation: Nation) -> Differs | None:
        """What is different in this nation, or None."""
        return self.northern_ireland if nation is Nation.NORTHERN_IRELAND else None

    def title_in(self, nation: Nation) -> str:
        """Its name in this nation."""
        differs = self.differs_in(nation)
        return (differs.title if differs else "") or self.title

    def before_in(self, nation: Nation) -> str:
        """What has to come first in this nation."""
        differs = self.differs_in(nation)
        return (differs.before if differs else "") or self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Something that can be done where no appeal lies."""

    code: str
    title: str
    says: str
    letters: tuple[str, ...]
    clock: ClockKind | None
    cited: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Something that nobody can appeal, and the ways that are open instead."""

    code: str
    title: str
    says: str
    instead: tuple[Way, ...]
    cited: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A fact that stands beside the time limits of a route."""

    code: str
    route: ChallengeAbout
    says: str
    cited: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """All of it. ``version`` is the day of the data."""

    version: str
    stages: tuple[Stage, ...]
    ways: tuple[Way, ...]
    closed: tuple[Closed, ...]
    besides: tuple[Beside, ...]


@lru_cache(maxsize=1)
def data() -> Data:
    """The data, read once."""
    text = resources.files(__package__).joinpath("challenge_data.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    ways = {one["code"]: _way(one) for one in found["way"]}
    return Data(
        version=found["version"],
        stages=tuple(_stage(one) for one in found["stage"]),
        ways=tuple(ways.values()),
        closed=tuple(_closed(one, ways) for one in found["closed"]),
        besides=tuple(
            Beside(code=one["code"], route=ChallengeAbout(one["route"]), says=one["says"], cited=_cited(one))
            for one in found["beside"]
        ),
    )


def stages_of(route: ChallengeAbout) -> tuple[Stage, ...]:
    """The stages of a route, the first one first."""
    return tuple(one for one in data().stages if one.route is route)


def stage(code: str) -> Stage:
    """The stage of this code. Raises KeyError for one that there is not."""
    found = {one.code: one for one in data().stages}
    return found[code]


def _stage(one: dict[str, Any]) -> Stage:
    differs = one.get("northern_ireland")
    return Stage(
        code=one["code"],
        route=ChallengeAbout(one["route"]),
        title=one["title"],
        does=one["does"],
        cannot=one["cannot"],
        before=one["before"],
        letters=tuple(one["letters"]),
        clock=_clock(one),
        cited=_cited(one),
        northern_ireland=Differs(
            title=differs.get("title", ""),
            before=differs.get("before", ""),
            text=differs["text"],
            cited=_cited(differs),
        )
        if differs
        else None,
    )


def _way(one: dict[str, Any]) -> Way:
    return Way(
        code=one["code"],
        title=one["title"],
        says=one["says"],
        letters=tuple(one["letters"]),
        clock=_clock(one),
        cited=_cited(one),
    )


def _closed(one: dict[str, Any], ways: dict[str, Way]) -> Closed:
    return Closed(
        code=one["code"],
        title=one["title"],
        says=one["says"],
        instead=tuple(ways[code] for code in one["instead"]),
        cited=_cited(one),
    )


def _clock(one: dict[str, Any]) -> ClockKind | None:
    return ClockKind(one["clock"]) if one["clock"] else None


def _cited(one: dict[str, Any]) -> Cited:
    return Cited(source=one["source"], url=one["url"], checked=one["checked"], is_firm=one.get("firm", True))
