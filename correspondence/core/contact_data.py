"""Addresses and reply times as dated data, from ``contact_data.toml``."""

import datetime as dt
import tomllib
from dataclasses import dataclass
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


def version() -> str:
    """The day of this data, kept with every letter that used it."""
    return str(_data()["version"])


def address_of(nation: Nation, to: str = "cms") -> KnownAddress | None:
    """The address of a reader (``letters.kind.To``) for a nation, or None where nobody has verified one."""
    for found in _data()["addresses"]:
        if to in found["to"] and nation.value in found["nations"]:
            return KnownAddress(lines=tuple(found["lines"]), source=found["source"], checked=found["checked"])
    return None


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
    found: dt.date = _data()["estates"]["from"]
    return found


def _rule(name: str) -> KnownRule:
    found = _data()[name]
    return KnownRule(text=found["rule"], source=found["source"], checked=found["checked"])


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("contact_data.toml").read_text(encoding="utf-8"))
