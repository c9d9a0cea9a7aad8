"""What real servers answer under load, in an installation of its own: ``manage.py bench load``.

Cases of five years each; hundreds of people with a record, advisers with a list; the web server as
the image starts it, two workers, a broker. What people do is told by locust over the loopback, so
that what asks shares the machine with what answers.
"""

import importlib.util
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from cms_tracker.pages.bench import apart
from cms_tracker.pages.bench.groups import Ask, Figure, MissingError, section

RUN = "cms_tracker.pages.bench.load_run"
GOAL_OF_EMPTY, GOAL_P99 = 0.12, 50
GOAL_FIRST, GOAL_DEEPEST = 1.1, 1.5
GOAL_BUILT = 300  # seconds for 100,000 cases
Taken = Sequence[tuple[float, int]]  # milliseconds, and how often


@section("load")
def load(ask: Ask) -> Iterator[Figure]:
    """Build, measure, and say it, on SQLite or on the PostgreSQL that was named. Raises MissingError."""
    wants_locust()
    first_before: float | None = None
    with _place(ask) as settings:
        said: Iterator[dict[str, Any]] = apart.said_by(RUN, ask.cases, ask.seconds, ask.users, settings=settings)
        for one in said:
            match one["what"]:
                case "built":
                    yield _built(one)
                case "rolled":
                    yield _rolled(one)
                case "list":
                    yield from _list(one, first_before)
                    first_before = _of(one["first"])["p50"]
                case "eight":
                    yield from _eight(one)
                case "mixed":
                    yield from mixed(one)
                case _:
                    yield _files(one)


def _place(ask: Ask) -> Any:
    return apart.on_postgresql(ask.postgres) if ask.postgres else apart.on_sqlite()


def wants_locust() -> None:
    """Raise MissingError where what people do cannot be done."""
    if importlib.util.find_spec("locust") is None:
        raise MissingError("locust is not installed: pip install --group dev brings it.")


def mixed(one: Mapping[str, Any]) -> Iterator[Figure]:
    """Each kind of request of a mixed load, the empty page first, and what all of it cost the servers."""
    kinds: dict[str, Taken] = dict(
        sorted(one["taken"].items(), key=lambda kind: (kind[0] != "the empty page", kind[0]))
    )
    empty = percentile(kinds["the empty page"], 50) if "the empty page" in kinds else None
    asked = sum(count for times in kinds.values() for _, count in times)
    part = f"{one['people']} at once" if one["pause"] else f"{one['people']} unpaused"
    for name, taken in kinds.items():
        yield _line(part, name, taken, one, empty)
    cost = one["computed"]
    web = cost.get("web", 0) * 1000 / max(asked, 1)
    letters = sum(count for _, count in kinds.get("letter: from the press to its PDF", ()))
    papers = sum(cost.get(kind, 0) for kind in ("worker", "engine")) * 1000
    failed = sum(one["failed"].values())
    yield Figure(
        part=part, name="all of them", ms=None, goal="none fails", is_met=not failed,
        note=f"{asked} requests, {asked / one['seconds']:.1f} a second, {failed} failed"
        + "".join(f"; {what} ({count})" for what, count in one["why"]),
        more={"asked": asked, "per_second": asked / one["seconds"], "failed": failed},
    )  # fmt: skip
    yield Figure(
        part=part, name="computing by the web processes, each request", ms=web, note="processor time, not waiting",
        more={"computed": cost},
    )  # fmt: skip
    if letters:
        yield Figure(
            part=part, name="computing by the workers, each letter", ms=papers / letters,
            note=f"{letters} letters; sweeps and figures worked out anew among it",
        )  # fmt: skip


def percentile(taken: Taken, share: float) -> float:
    """The time within which so many of a hundred were answered."""
    times = sorted(taken)
    upto = list(accumulate(count for _, count in times))
    return times[bisect_left(upto, upto[-1] * share / 100)][0]


def _line(part: str, name: str, taken: Taken, one: Mapping[str, Any], empty: float | None) -> Figure:
    count, failed = sum(count for _, count in taken), one["failed"].get(name, 0)
    p50, p95, p99 = (percentile(taken, share) for share in (50, 95, 99))
    beside = f"; {p50 / empty:.1f}x the empty page" if empty and name != "the empty page" else ""
    return Figure(
        part=part, name=name, ms=p50, is_met=None if not failed else False,
        note=f"p95 {p95:.1f} ms, p99 {p99:.1f} ms, {count / one['seconds']:.2f} a second, {failed} failed{beside}",
        more={
            "p50": p50, "p95": p95, "p99": p99, "per_second": count / one["seconds"], "asked": count, "failed": failed,
            "of_empty": p50 / empty if empty else None,
        },
    )  # fmt: skip


def _of(met: Mapping[str, Any]) -> dict[str, float]:
    taken = [(ms, 1) for ms in met["taken"]]
    rates = {f"p{share}": percentile(taken, share) for share in (50, 95, 99)}
    return rates | {"per_second": len(taken) / met["seconds"], "asked": len(taken), "failed": met["failed"]}


def _built(one: Mapping[str, Any]) -> Figure:
    each = one["bytes"] / max(one["cases"], 1)
    return Figure(
        part="building", name=f"{one['cases']:,} cases written, {one['vendor']}", ms=one["seconds"] * 1000,
        goal=f"<= {GOAL_BUILT} s" if one["cases"] >= 50_000 else "",
        is_met=one["seconds"] <= GOAL_BUILT if one["cases"] >= 50_000 else None,
        note=f"{each:,.0f} bytes on disk a case, indexes among them",
        more={"cases": one["cases"], "bytes_each": each},
    )  # fmt: skip


def _rolled(one: Mapping[str, Any]) -> Figure:
    each = one["seconds"] * 1e6 / max(one["cases"], 1)
    return Figure(
        part="building", name=f"{one['cases']:,} cases worked out and kept", ms=one["seconds"] * 1000,
        note=f"{each:.0f} us a case; {one['bytes'] / max(one['cases'], 1):,.0f} bytes on disk a case",
        more={"cases": one["cases"], "us_each": each, "bytes_each": one["bytes"] / max(one["cases"], 1)},
    )  # fmt: skip


def _list(one: Mapping[str, Any], before: float | None) -> Iterator[Figure]:
    first, deepest = _of(one["first"]), _of(one["deepest"])
    among = f"adviser's list among {one['cases']:,}, asked for alone"
    growth = None if before is None else first["p50"] / before
    yield Figure(
        part="list", name=f"{among}: first page", ms=first["p50"], goal="" if growth is None else f"<= {GOAL_FIRST}x",
        is_met=None if growth is None else growth <= GOAL_FIRST,
        note=_said(first) + ("" if growth is None else f"; {growth:.2f}x the one among a tenth"), more=first,
    )  # fmt: skip
    ratio = deepest["p50"] / first["p50"]
    yield Figure(
        part="list", name=f"{among}: deepest page", ms=deepest["p50"], goal=f"<= {GOAL_DEEPEST}x",
        is_met=ratio <= GOAL_DEEPEST, note=f"{_said(deepest)}; {ratio:.2f}x the first", more=deepest,
    )  # fmt: skip


def _eight(one: Mapping[str, Any]) -> Iterator[Figure]:
    listed, empty = _of(one["list"]), _of(one["empty"])
    ratio, at_once = listed["per_second"] / empty["per_second"], f"{one['connections']} connections"
    yield Figure(part="list", name=f"the empty page, {at_once}", ms=empty["p50"], note=_said(empty), more=empty)
    yield Figure(
        part="list", name=f"adviser's list, {at_once}", ms=listed["p50"], goal=f"p99 <= {GOAL_P99} ms",
        is_met=listed["p99"] <= GOAL_P99 and not listed["failed"], note=_said(listed), more=listed,
    )  # fmt: skip
    yield Figure(
        part="list", name="the list's pages a second, to those of the empty page", ms=None,
        goal=f">= {GOAL_OF_EMPTY}x", is_met=ratio >= GOAL_OF_EMPTY, note=f"{ratio:.3f}x", more={"ratio": ratio},
    )  # fmt: skip


def _said(of: Mapping[str, float]) -> str:
    return f"p95 {of['p95']:.1f} ms, p99 {of['p99']:.1f} ms, {of['per_second']:.1f} a second, {of['failed']:.0f} failed"


def _files(one: Mapping[str, Any]) -> Figure:
    each = one["bytes"] / max(one["files"], 1)
    return Figure(
        part="letters", name=f"{one['files']:,} files kept", ms=None, note=f"{each:,.0f} bytes a file",
        more={"files": one["files"], "bytes_each": each},
    )  # fmt: skip
