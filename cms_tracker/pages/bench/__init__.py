"""How fast it is, as ratios: a subject and the base it is held against, measured turn by turn.

Times differ from machine to machine; a ratio taken within one run hardly does. A job is a function
that prepares its data and returns what to measure; it runs in a transaction that is rolled back::

    @job("Case page, ten years weekly", base="the data alone", goal_ratio=2.5)
    def case_page() -> Pair:
        case = ...
        return Pair(subject=lambda: client.get(...), base=lambda: queries.position(...))

Put it in a module of this package and import that module in ``jobs.py``.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Pair:
    """What is measured, and what it is held against (``None``: the goal is a time)."""

    subject: Callable[[], object]
    base: Callable[[], object] | None = None


@dataclass(frozen=True, kw_only=True)
class Job:
    """One line of the table, before it is measured."""

    name: str
    base_name: str
    goal_ratio: float | None
    goal_ms: float | None
    prepare: Callable[[], Pair]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table: medians in milliseconds, and whether the goal is met."""

    job: Job
    subject_ms: float
    base_ms: float | None

    @property
    def ratio(self) -> float | None:
        """How many times the base the subject takes."""
        return None if self.base_ms is None else self.subject_ms / self.base_ms

    @property
    def meets_goal(self) -> bool:
        """Tell whether every goal that was set is met."""
        slow = self.job.goal_ms is not None and self.subject_ms > self.job.goal_ms
        dear = self.job.goal_ratio is not None and self.ratio is not None and self.ratio > self.job.goal_ratio
        return not slow and not dear


JOBS: list[Job] = []


def job(
    name: str,
    *,
    base: str = "",
    goal_ratio: float | None = None,
    goal_ms: float | None = None,
) -> Callable[[Callable[[], Pair]], Callable[[], Pair]]:
    """Enter a function into the table. At least one goal is given."""
    if goal_ratio is None and goal_ms is None:
        raise ValueError(f"{name}: a job without a goal measures nothing")

    def entered(prepare: Callable[[], Pair]) -> Callable[[], Pair]:
        JOBS.append(Job(name=name, base_name=base, goal_ratio=goal_ratio, goal_ms=goal_ms, prepare=prepare))
        return prepare

    return entered


def measure(entered: Job, *, rounds: int) -> Line:
    """Prepare a job and time it: one warm turn each, then subject and base in turns."""
    pair = entered.prepare()
    turns = [pair.subject] if pair.base is None else [pair.subject, pair.base]
    taken: list[list[float]] = [[] for _ in turns]
    for turn in turns:
        turn()
    for _ in range(rounds):
        for turn, times in zip(turns, taken, strict=True):
            began = time.perf_counter()
            turn()
            times.append((time.perf_counter() - began) * 1000)
    medians = [statistics.median(times) for times in taken]
    return Line(job=entered, subject_ms=medians[0], base_ms=medians[1] if pair.base is not None else None)
