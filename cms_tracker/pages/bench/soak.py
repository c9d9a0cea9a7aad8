"""Whether the servers grow while people use them gently for a long time: ``manage.py bench soak``."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cms_tracker.pages.bench import apart, load, watching
from cms_tracker.pages.bench.groups import Ask, Figure, MissingError, section

RUN = "cms_tracker.pages.bench.soak_run"
WARM_UP = 1 / 6  # of the readings, which are left aside: what is loaded once is loaded by then
MEMORY_SHARE = 0.03  # of what a process has, by which it may grow in an hour and is still called flat …
MEMORY_LEAST = 2048  # … or so many KiB
HANDLES = 2


@section("soak")
def soak(ask: Ask) -> Iterator[Figure]:
    """Watch every process for so many minutes, on SQLite or on the PostgreSQL that was named. Raises MissingError."""
    load.wants_locust()
    if not watching.can_look():
        raise MissingError("The memory of processes can only be read on Linux, in /proc.")
    place = apart.on_postgresql(ask.postgres) if ask.postgres else apart.on_sqlite()
    with place as settings:
        said: Iterator[dict[str, Any]] = apart.said_by(RUN, ask.cases, ask.minutes, ask.users, settings=settings)
        for one in said:
            if one["what"] == "mixed":
                yield from load.mixed(one)
            else:
                yield from watched(one)


def watched(one: Mapping[str, Any]) -> Iterator[Figure]:
    """Memory and handles of each process, whether they grow, and which processes ended or came."""
    rows: dict[int, list[Sequence[float]]] = defaultdict(list)
    for pid, *reading in one["readings"]:
        rows[pid].append(reading)
    whole = max(map(len, rows.values()), default=0)
    here = {pid: row for pid, row in rows.items() if len(row) >= whole / 2}
    for pid, row in here.items():
        yield from _process(one["kinds"][str(pid)], pid, row[int(len(row) * WARM_UP) :])
    brief = [one["kinds"][str(pid)] for pid in rows if pid not in here]
    yield Figure(
        part="soak", name="processes that were there for less than half of it", ms=None, goal="none",
        is_met=not brief, note=", ".join(sorted(brief)) or f"none; {whole} readings of each other one",
        more={"brief": brief, "readings": whole},
    )  # fmt: skip


def _process(kind: str, pid: int, row: Sequence[Sequence[float]]) -> Iterator[Figure]:
    for name, place, unit in (("memory", 2, "KiB"), ("handles", 3, "")):
        readings = [(reading[0], reading[place]) for reading in row]
        figures = [figure for _, figure in readings]
        mean = sum(figures) / len(figures)
        allowed = max(MEMORY_LEAST, MEMORY_SHARE * mean) if unit else HANDLES
        trend = watching.trend(readings)
        verdict = "too short to tell" if trend is None else trend.verdict(allowed=allowed)
        told = "" if trend is None else f", {trend.per_hour:+,.1f} (give or take {trend.bound:,.1f}) an hour"
        more_than = f"{allowed:,.0f} {unit}".strip()
        yield Figure(
            part="soak", name=f"{kind} {pid}: {name}", ms=None, goal=f"<= {more_than} an hour",
            is_met=None if trend is None else verdict == "flat",
            note=f"{verdict}: {figures[0]:,.0f} to {figures[-1]:,.0f} {unit}{told}, at most {max(figures):,.0f}",
            more={
                "kind": kind, "first": figures[0], "last": figures[-1], "most": max(figures), "verdict": verdict,
                "per_hour": trend and trend.per_hour, "bound": trend and trend.bound,
            },
        )  # fmt: skip
