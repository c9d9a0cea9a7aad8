"""What the making of papers survives, by really doing it to the processes: ``manage.py bench faults``.

Each fault is done so many times in an installation apart, with a broker and workers of its own. A
run is survived when every letter that was accepted is ready within 90 seconds of the service
coming back, none of them twice.
"""

from collections.abc import Iterator
from typing import Any

from cms_tracker.pages.bench import apart
from cms_tracker.pages.bench.groups import Ask, Figure, section

RUNS = "cms_tracker.pages.bench.fault_runs"
SECONDS = 90


@section("faults")
def faults(ask: Ask) -> Iterator[Figure]:
    """Each fault in its turn, on SQLite, or on the PostgreSQL that was named."""
    place = apart.on_postgresql(ask.postgres) if ask.postgres else apart.on_sqlite()
    with place as settings:
        said: Iterator[dict[str, Any]] = apart.said_by(RUNS, ask.runs, settings=settings)
        for one in said:
            counts = f"{one['survived']} of {one['runs']} survived, {one['lost']} lost, {one['twice']} made twice"
            yield Figure(
                part="fault",
                name=one["fault"],
                ms=one["slowest"] * 1000,
                goal=f"<= {SECONDS} s",
                is_met=one["survived"] == one["runs"],
                note=f"{counts}; slowest {one['slowest']:.1f} s",
            )
