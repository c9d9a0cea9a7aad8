"""The ways in which CMS collects arrears that nobody agreed to, by nation: dated data from ``powers.toml``.

Numbers that stand in ``arrears/core/rates.toml`` are taken from there, each with its own source.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

from arrears.core import rates
from arrears.core.case_values import ClockKind
from arrears.core.event_values import Power
from arrears.core.rate_values import Certainty, Rate
from cases.core.facts import Nation
from cms_tracker.money import pounds, round_half_up


class Group(StrEnum):
    """Where a power stands in the order of events. ``ANY_TIME`` stands beside the order."""

    DEDUCTION = "deduction"
    ORDER = "order"
    AFTER_ORDER = "after_order"
    ANY_TIME = "any_time"
    LAST_RESORT = "last_resort"


class Need(StrEnum):
    """What must come before a power may be used, as far as a record can show it."""

    OWED = "owed"
    COLLECTING = "collecting"
    NOTICE = "notice"
    EARNINGS_FIRST = "earnings_first"
    ORDER = "order"
    ORDER_USED = "order_used"
    AGENTS_FAILED = "agents_failed"
    CHARGED = "charged"
    ABOVE_SUM = "above_sum"
    NOT_BOTH = "not_both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something is said, and the day a person last compared it. ``url`` may be empty."""

    says: str
    url: str
    checked: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that is said, on a day, with its source. Not ``firm``: nobody verified it, or sources disagree."""

    says: str
    source: Source
    firm: bool = True
    clock: ClockKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of the file: its words, and its source or the rate that gives its number and its source."""

    says: str
    source: Source | None
    rate: str
    firm: bool
    clock: ClockKind | None
    nations: frozenset[Nation]

    def on(self, day: dt.date, *, says: str = "") -> Said:
        """The line as it reads on a day; ``says`` are other words of the same line."""
        words = says or self.says
        if self.source is not None:
            return Said(says=words, source=self.source, firm=self.firm, clock=self.clock)
        rate = getattr(rates.on(day), self.rate)
        return Said(
            says=words.format(number=_number(rate)),
            source=Source(says=rate.source, url=rate.url, checked=rate.checked),
            firm=self.firm and rate.certainty is Certainty.VERIFIED,
            clock=self.clock,
        )


def _number(rate: Rate) -> str:
    """The number of a rate without its unit; of pounds with both of its pence, or none: ``8.40``, ``1,000``."""
    if not rate.unit.startswith("pounds"):
        return rate.number
    return pounds(round_half_up(rate.value * 100)).removeprefix("£").removesuffix(".00")


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerRule:
    """One way of collecting: what it is, what must come first, its limits, and how it is answered."""

    power: Power
    group: Group
    nations: frozenset[Nation]
    what: str
    needs: tuple[Need, ...]
    charge: str
    facts: tuple[_Line, ...]
    object: tuple[_Line, ...]

    def facts_on(self, day: dt.date) -> list[Said]:
        """Conditions and limits as they read on a day."""
        return [one.on(day) for one in self.facts]

    def answers_on(self, day: dt.date, *, nation: Nation) -> list[Said]:
        """How the paying parent can answer it in this nation."""
        return [one.on(day) for one in self.object if nation in one.nations]

    def charge_on(self, day: dt.date) -> tuple[int, Source] | None:
        """What CMS adds for the paying parent, in pence, with its source; None where no charge is listed."""
        if not self.charge:
            return None
        scale = rates.on(day).scale("enforcement_charge")
        return int(scale.of(self.charge) * 100), Source(says=scale.source, url=scale.url, checked=scale.checked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One of the limits that share the number forty, and nothing else."""

    code: str
    title: str
    said: Said


class Word(StrEnum):
    """Which of its words a step that must come first is told in."""

    SAYS = "says"
    MISSING = "missing"
    UNSAID = "unsaid"


def rules() -> Mapping[Power, PowerRule]:
    """Every power, in the order of events."""
    return _read().rules


def powers_of(nation: Nation) -> tuple[Power, ...]:
    """The powers of a nation, in the order of events."""
    return tuple(one.power for one in rules().values() if nation in one.nations)


def limits_on(day: dt.date) -> list[Limit]:
    """The limits of forty per cent as they read on a day, each by itself."""
    return [Limit(code=code, title=title, said=line.on(day)) for code, title, line in _read().limits]


def need_on(need: Need, day: dt.date, *, word: Word) -> Said:
    """What must come first, met, missing or not told of, as it reads on a day."""
    line, words = _read().needs[need]
    return line.on(day, says=words[word])


def hint_of(need: Need) -> str:
    """What a receiving parent can do where this is missing; may be empty."""
    return _read().hints[need]


def beside_a_plan() -> list[Said]:
    """What is said of collecting while a plan is kept, one line for each source."""
    return [one.on(dt.date.max) for one in _read().kept]


def who_chooses() -> Said:
    """That CMS chooses, and who says so."""
    return _read().chooses.on(dt.date.max)


def version() -> str:
    """The day of this data."""
    return _read().version


@dataclass(frozen=True, slots=True)
class _Data:
    rules: Mapping[Power, PowerRule]
    limits: tuple[tuple[str, str, _Line], ...]
    needs: Mapping[Need, tuple[_Line, Mapping[Word, str]]]
    hints: Mapping[Need, str]
    kept: tuple[_Line, ...]
    chooses: _Line
    version: str


@lru_cache(maxsize=1)
def _read() -> _Data:
    text = resources.files(__package__).joinpath("powers.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    sources = {code: Source(**one) for code, one in data["sources"].items()}
    found = [_rule(one, sources) for one in data["power"]]
    needs = {
        Need(one["code"]): (_line(one, sources), {word: one.get(word.value, one["missing"]) for word in Word})
        for one in data["step"]
    }
    hints = {Need(one["code"]): one.get("hint", "") for one in data["step"]}
    kept = tuple(_line(one, sources) for one in data["kept"])
    limits = tuple((one["code"], one["title"], _line(one, sources)) for one in data["limit"])
    return _Data(
        {one.power: one for one in found}, limits, needs, hints, kept, _line(data["chooses"], sources), data["version"]
    )


def _rule(one: Mapping[str, Any], sources: Mapping[str, Source]) -> PowerRule:
    return PowerRule(
        power=Power(one["code"]),
        group=Group(one["group"]),
        nations=_nations(one),
        what=one["what"],
        needs=tuple(map(Need, one["needs"])),
        charge=one.get("charge", ""),
        facts=tuple(_line(each, sources) for each in one["facts"]),
        object=tuple(_line(each, sources) for each in one["object"]),
    )


def _line(one: Mapping[str, Any], sources: Mapping[str, Source]) -> _Line:
    return _Line(
        says=one["says"],
        source=sources[one["source"]] if "source" in one else None,
        rate=one.get("rate", ""),
        firm=one.get("firm", True),
        clock=ClockKind(one["clock"]) if "clock" in one else None,
        nations=_nations(one),
    )


def _nations(one: Mapping[str, Any]) -> frozenset[Nation]:
    return frozenset(map(Nation, one.get("nations", list(Nation))))
