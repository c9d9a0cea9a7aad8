"""How arrears can end, who decides, and what cannot be taken back: dated data from ``endings.toml``."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

from arrears.core.case_values import ClockKind
from arrears.core.event_values import EventKind
from cases.core.facts import Perspective


class EndingCode(StrEnum):
    """A way in which arrears end, or something that looks like one and ends nothing by itself."""

    PART_PAYMENT = "part_payment"
    OFFSET = "offset"
    COMPENSATION = "compensation"
    WRITE_OFF = "write_off"
    NOT_WANTED = "not_wanted"
    DIED = "died"
    OLD_DEBT = "old_debt"
    CHILD_LEFT = "child_left"
    CASE_CLOSED = "case_closed"
    PRIVATE_ARRANGEMENT = "private_arrangement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One sentence of fact, who says so, and the day someone last looked. ``firm``: somebody verified it."""

    says: str
    source: str
    url: str
    checked: dt.date
    firm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """One ending, in words. ``number`` stands for it in an address.

    ``letters`` are the codes of the letters that help either side, ``clocks`` the time limits it
    may start, and ``records`` the kinds of event that are noted from its page.
    """

    code: EndingCode
    number: int
    title: str
    short: str
    decides: str
    asked: tuple[str, ...]
    undone: str
    goes_on: str
    receiving: tuple[str, ...]
    paying: tuple[str, ...]
    letters: tuple[str, ...]
    clocks: tuple[ClockKind, ...]
    records: tuple[EventKind, ...]
    rules: tuple[Rule, ...]

    def can_do(self, perspective: Perspective) -> tuple[str, ...]:
        """What this side can do."""
        return self.receiving if perspective is Perspective.RECEIVING else self.paying


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePoint:
    """One thing that a notice of write-off has to say. ``old``: what is different for some old debts."""

    code: str
    label: str
    missing: str
    old: str
    rule: Rule


def every() -> tuple[Ending, ...]:
    """Every ending, in the order in which they are shown."""
    return _read()[0]


def ending_of(code: EndingCode) -> Ending:
    """The ending of this code."""
    return next(one for one in every() if one.code is code)


def numbered(number: int) -> Ending | None:
    """The ending of this number, or None."""
    return next((one for one in every() if one.number == number), None)


def notice_points() -> tuple[NoticePoint, ...]:
    """What a notice of write-off has to say (SI 2009/3151, regulation 13H(3))."""
    return _read()[1]


def version() -> str:
    """The day of this data."""
    return _read()[2]


@lru_cache(maxsize=1)
def _read() -> tuple[tuple[Ending, ...], tuple[NoticePoint, ...], str]:
    data = tomllib.loads(resources.files(__package__).joinpath("endings.toml").read_text(encoding="utf-8"))
    sources = data["sources"]
    found = tuple(_ending(one, sources) for one in data["ending"])
    points = tuple(_point(one, sources) for one in data["notice"])
    return found, points, data["version"]


def _ending(one: dict[str, Any], sources: dict[str, Any]) -> Ending:
    return Ending(
        code=EndingCode(one["code"]),
        number=one["number"],
        title=one["title"],
        short=one["short"],
        decides=one["decides"],
        asked=tuple(one["asked"]),
        undone=one["undone"],
        goes_on=one["goes_on"],
        receiving=tuple(one["receiving"]),
        paying=tuple(one["paying"]),
        letters=tuple(one["letters"]),
        clocks=tuple(map(ClockKind, one.get("clocks", ()))),
        records=tuple(map(EventKind, one.get("records", ()))),
        rules=tuple(_rule(each, sources) for each in one["rules"]),
    )


def _point(one: dict[str, Any], sources: dict[str, Any]) -> NoticePoint:
    return NoticePoint(
        code=one["code"],
        label=one["label"],
        missing=one["missing"],
        old=one.get("old", ""),
        rule=_rule({"says": one["missing"], "by": one["by"]}, sources),
    )


def _rule(one: dict[str, Any], sources: dict[str, Any]) -> Rule:
    return Rule(says=one["says"], firm=one.get("firm", True), **sources[one["by"]])
