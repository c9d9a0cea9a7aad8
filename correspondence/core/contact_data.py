"""Addresses and reply times as dated data, from ``contact_data.toml``."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

from cases.core.facts import Nation


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAddress:
    """Where CMS reads its post, who says so, and the day someone last looked."""

    lines: tuple[str, ...]
    source: str
    checked: dt.date


class Way(StrEnum):
    """By what way somebody is reached."""

    TELEPHONE = "telephone"
    WELSH = "welsh"
    RELAY = "relay"
    SIGN_LANGUAGE = "sign_language"
    HOURS = "hours"
    ONLINE = "online"
    POST = "post"


class ForWhom(StrEnum):
    """Who may use a way of reaching CMS."""

    PARENTS = "parents"
    EMPLOYERS = "employers"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLine:
    """One way of reaching CMS, who says so, and the day someone last looked.

    ``firm`` False: nobody could verify it. ``old``: a newer source says something else, and nobody should use it.
    """

    kind: Way
    who: ForWhom
    nations: tuple[Nation, ...]
    value: str
    about: str
    source: str
    url: str
    checked: dt.date
    firm: bool = True
    old: bool = False

    @property
    def dial(self) -> str:
        """The number as a telephone link takes it; empty where it is none, or not to be called."""
        digits = self.value.replace(" ", "")
        return digits if digits.isdigit() and not self.old else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTime:
    """How many working days CMS aims to answer in."""

    working_days: int
    source: str
    checked: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRule:
    """A rule in one or two sentences, who says so, and the day someone last looked."""

    text: str
    source: str
    checked: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDay:
    """A day that a rule turns on, who says so, and the day someone last looked."""

    day: dt.date
    source: str
    url: str
    checked: dt.date


def version() -> str:
    """The day of this data, kept with every letter that used it."""
    return str(_data()["version"])


def address_of(nation: Nation, to: str = "cms") -> KnownAddress | None:
    """The address of a reader (``letters.kind.To``) for a nation, or None where nobody has verified one."""
    for found in _data()["addresses"]:
        if to in found["to"] and nation.value in found["nations"]:
            return KnownAddress(lines=tuple(found["lines"]), source=found["source"], checked=found["checked"])
    return None


def lines_of(nation: Nation) -> list[KnownLine]:
    """The ways of reaching CMS in a nation that can be used, in the file's order."""
    return [one for one in _lines() if nation in one.nations and not one.old]


def old_lines() -> list[KnownLine]:
    """Ways that older sources give and nobody should use any more."""
    return [one for one in _lines() if one.old]


def greeting_of(to: str) -> str:
    """The words that begin a letter to a reader."""
    return str(_data()["greetings"][to])


def reply_time() -> ReplyTime:
    """How long CMS aims to take for an answer."""
    return ReplyTime(**_data()["reply"])


def direct_pay_rule() -> KnownRule:
    """What CMS can do about missed payments on Direct Pay."""
    return _rule("direct_pay")


def representative_rule() -> KnownRule:
    """What somebody with a parent's written permission may do."""
    return _rule("representative")


def estates_from() -> dt.date:
    """The first day of a death after which CMS may recover arrears from what was left."""
    return estates().day


def estates() -> KnownDay:
    """The same day, with where it is said."""
    found = _data()["estates"]
    return KnownDay(day=found["from"], source=found["source"], url=found["url"], checked=found["checked"])


def _rule(name: str) -> KnownRule:
    found = _data()[name]
    return KnownRule(text=found["rule"], source=found["source"], checked=found["checked"])


@lru_cache(maxsize=1)
def _lines() -> tuple[KnownLine, ...]:
    return tuple(
        KnownLine(
            **{
                **one,
                "kind": Way(one["kind"]),
                "who": ForWhom(one["who"]),
                "nations": tuple(Nation(nation) for nation in one["nations"]),
            }
        )
        for one in _data()["lines"]
    )


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("contact_data.toml").read_text(encoding="utf-8"))
