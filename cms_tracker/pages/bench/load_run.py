"""The measurements of ``load.py``, in a process of its own; prints one figure a line, as JSON."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up before
from django.db import connection, connections  # noqa: E402

from cms_tracker.pages import worklist  # noqa: E402
from cms_tracker.pages.bench import scratch_cases, watching  # noqa: E402
from cms_tracker.pages.bench.apart import ROOT  # noqa: E402
from cms_tracker.pages.bench.load_cast import Cast  # noqa: E402
from cms_tracker.pages.bench.load_place import Place, files_kept  # noqa: E402
from cms_tracker.pages.hands import Hands  # noqa: E402
from cms_tracker.web.clock import today  # noqa: E402

PEOPLE, ADVISERS = 300, 20
CONNECTIONS = 8
LEAST = 5  # people, four parents and an adviser
TURNS = 3  # in which what is held against something else is asked for
Say = Callable[..., None]


def main(cases: int, seconds: int, people: int) -> None:
    """Build a tenth and look at a list; build the rest and measure everything."""
    with answers() as say:
        call_command("migrate", verbosity=0)
        few = max(cases // 10, 1)
        grow(0, few, say=say)
        cast = Cast(people=PEOPLE, advisers=ADVISERS, cases=few)
        rolled(say)
        with Place() as place:
            told = cast.told()
            _lists(place, told, few, seconds=seconds, say=say)
            grow(few, cases, say=say)
            rolled(say)
            told = cast.told()
            _lists(place, told, cases, seconds=seconds, say=say)
            _eight(place, told, seconds=seconds, say=say)
            place.start_workers()
            connections.close_all()
            visit(place.url, told, people=LEAST, pause=1.0, seconds=1)  # everything has been done once
            for pause in (1.0, 0.0):
                # As fast as it goes, as many ask as the machine has been shown to answer.
                mixed(place, told, people=people if pause else CONNECTIONS, pause=pause, seconds=seconds, say=say)
        files, size = files_kept()
        say(what="files", files=files, bytes=size)


@contextmanager
def answers() -> Iterator[Say]:
    """Where figures go; what anything else says must not stand among them."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1) as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

        def say(**figure: object) -> None:
            out.write(json.dumps(figure) + "\n")

        yield say


def grow(first: int, last: int, *, say: Say) -> None:
    """Add cases, and say how long it took and what they weigh."""
    before, began = _size(), time.perf_counter()
    scratch_cases.add(first, last, until=today())
    seconds = time.perf_counter() - began
    say(what="built", cases=last - first, seconds=seconds, bytes=_size() - before, vendor=connection.vendor)


def rolled(say: Say) -> None:
    """Work out what is new, as the timer does."""
    began, before = time.perf_counter(), _size()
    with Hands() as hands:
        done = worklist.roll_forward(on=today(), hands=hands)
    say(what="rolled", cases=done, seconds=time.perf_counter() - began, bytes=_size() - before)


def mixed(place: Place, told: Mapping[str, Any], *, people: int, pause: float, seconds: float, say: Say) -> None:
    """Everybody does what people do; what each kind took, and what it cost the servers."""
    before = _computed(place)
    met = visit(place.url, told, people=people, pause=pause, seconds=seconds)
    cost = {kind: after - before.get(kind, 0) for kind, after in _computed(place).items()}
    say(what="mixed", people=people, pause=pause, computed=cost, **met)


def visit(url: str, told: Mapping[str, Any], *, people: int, pause: float, seconds: float) -> dict[str, Any]:
    """What locust met. Raises RuntimeError with what it said where it did not begin."""
    people = max(people, LEAST)
    with tempfile.TemporaryDirectory() as folder:
        cast, met = Path(folder, "cast.json"), Path(folder, "met.json")
        cast.write_text(json.dumps(told), encoding="utf-8")
        given = {"LOAD_CAST": str(cast), "LOAD_PAUSE": str(pause), "LOAD_TOLD": str(met)}
        command = [
            sys.executable, "-m", "locust", "--locustfile", str(Path(__file__).with_name("load_journeys.py")),
            "--headless", "--users", str(people), "--spawn-rate", str(people), "--run-time", f"{seconds:g}s",
            "--stop-timeout", "240s", "--host", url, "--only-summary", "--loglevel", "WARNING",
        ]  # fmt: skip
        run = subprocess.run(  # noqa: S603 - this interpreter, and our own words
            command, cwd=ROOT, env=os.environ | given, capture_output=True, text=True, check=False
        )
        if not met.exists():
            raise RuntimeError(f"locust ended with {run.returncode}: {run.stderr[-2000:]}")
        found: dict[str, Any] = json.loads(met.read_text(encoding="utf-8"))
        return found


def _lists(place: Place, told: Mapping[str, Any], cases: int, *, seconds: float, say: Say) -> None:
    """One adviser's list, asked for by one alone, in turns: its first page and its last."""
    adviser = told["advisers"][0]
    found = _in_turns(place, {name: adviser[name] for name in ("first", "deepest")}, adviser, 1, seconds / 2)
    say(what="list", cases=cases, **found)


def _eight(place: Place, told: Mapping[str, Any], *, seconds: float, say: Say) -> None:
    """Eight connections on the list, and on the page that needs nothing, in turns."""
    adviser = told["advisers"][0]
    addresses = {"list": adviser["first"], "empty": told["empty"]}
    say(what="eight", connections=CONNECTIONS, **_in_turns(place, addresses, adviser, CONNECTIONS, seconds))


def _in_turns(
    place: Place, addresses: Mapping[str, str], who: Mapping[str, str], connected: int, seconds: float
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {name: {"seconds": 0.0, "taken": [], "failed": 0} for name in addresses}
    for turn in range(TURNS + 1):
        for name, address in addresses.items():
            # The first turn warms both web processes up and is forgotten.
            lasting = seconds / TURNS / len(addresses) if turn else min(2.0, seconds)
            command = [
                sys.executable, "-m", "cms_tracker.pages.bench.connections", str(place.port), address, who["cookie"],
                str(connected), str(lasting),
            ]  # fmt: skip
            run = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603 - as above
            met = json.loads(run.stdout)
            if turn:
                found[name] = {key: found[name][key] + met[key] for key in met}
    return found


def _computed(place: Place) -> dict[str, float]:
    """Seconds of computing so far, by kind of process."""
    found: dict[str, float] = defaultdict(float)
    for pid, kind in place.processes().items():
        found[kind] += watching.seconds_of(pid)
    return dict(found)


def _size() -> int:
    """Bytes of the database on disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
