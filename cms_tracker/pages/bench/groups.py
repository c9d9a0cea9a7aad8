"""Named groups of measurements that belong side by side: ``manage.py bench engine``.

A section is a function that yields figures. It joins a group by being decorated, in a module that
``jobs.py`` imports; sections run in the order in which they joined, each in a transaction that is
rolled back::

    @section("engine")
    def caseload(ask: Ask) -> Iterator[Figure]:
        yield Figure(part="caseload", name="10,000 cases, recomputed", ms=median_ms(work, rounds=ask.rounds))
"""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What was asked for.

    Rounds for each median, cases for the yardsticks, a PostgreSQL to hold against, the sizes of the
    caseloads that are written, the smaller first; how often each fault is done, how many letters
    are made, and how often known and unknown addresses are asked for; how long
    many write at once or a load lasts; how many writes have to survive how many kills; how many people there
    are in a load, and the minutes of a soak.
    """

    rounds: int = 30
    cases: int = 100
    postgres: str = ""
    caseload: tuple[int, ...] = ()
    runs: int = 20
    letters: int = 200
    asked: int = 200
    seconds: int = 30
    writes: int = 1_000
    kills: int = 20
    users: int = 20
    minutes: float = 60


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line: a median in milliseconds (None where it could not be measured here) and the goal for it.

    ``more`` are further figures, which JSON alone shows one by one.
    """

    part: str
    name: str
    ms: float | None
    goal: str = ""
    is_met: bool | None = None
    note: str = ""
    more: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The same line as JSON; ``met`` is null where there is no goal or nothing was measured."""
        ms = None if self.ms is None else round(self.ms, 4)
        line = {
            "part": self.part, "name": self.name, "ms": ms, "goal": self.goal, "met": self.is_met, "note": self.note,
        }  # fmt: skip
        return line | ({"figures": dict(self.more)} if self.more else {})


class MissingError(Exception):
    """What a group needs is not installed; the sentence says what."""


Section = Callable[[Ask], Iterator[Figure]]
GROUPS: dict[str, list[Section]] = {}
#: Groups that work in installations of their own. They must not hold the database of this one meanwhile.
APART = {"backup", "durability", "faults", "leave", "letters", "load", "soak", "timing", "upgrade", "writers"}
#: Cases for the groups that want more of them than the yardsticks get.
MANY_CASES = {"load": 100_000, "soak": 10_000}


def section(group: str) -> Callable[[Section], Section]:
    """Enter a section into a group."""

    def entered(one: Section) -> Section:
        GROUPS.setdefault(group, []).append(one)
        return one

    return entered


def at_most(part: str, name: str, ms: float, *, goal_ms: float, note: str = "") -> Figure:
    """A figure whose goal is a time."""
    return Figure(part=part, name=name, ms=ms, goal=f"<= {goal_ms:g} ms", is_met=ms <= goal_ms, note=note)


class Taken(NamedTuple):
    """Milliseconds: the median, and the best, which a busy machine spoils less."""

    median: float
    best: float


def taken_ms(*turns: Callable[[], object], rounds: int) -> list[Taken]:
    """What several functions take, measured turn by turn so that a busy moment hits them alike."""
    taken: list[list[float]] = [[] for _ in turns]
    for turn in turns:
        turn()
    for _ in range(rounds):
        for turn, times in zip(turns, taken, strict=True):
            began = time.perf_counter()
            turn()
            times.append((time.perf_counter() - began) * 1000)
    return [Taken(statistics.median(times), min(times)) for times in taken]


def medians_ms(*turns: Callable[[], object], rounds: int) -> list[float]:
    """The medians alone."""
    return [one.median for one in taken_ms(*turns, rounds=rounds)]
