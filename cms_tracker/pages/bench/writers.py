"""Eight people who write and read at once for half a minute: ``manage.py bench writers``.

Nobody may be told that the database is locked, and in the end the balance must be what was
answered as saved.
"""

from collections.abc import Iterator
from typing import Any

from cms_tracker.pages.bench import apart
from cms_tracker.pages.bench.groups import Ask, Figure, section

RUN = "cms_tracker.pages.bench.writers_run"
WRITERS, MOST_MS = 8, 500


@section("writers")
def writers(ask: Ask) -> Iterator[Figure]:
    """Some records with one writer and one with many, on SQLite or on the PostgreSQL that was named."""
    place = apart.on_postgresql(ask.postgres) if ask.postgres else apart.on_sqlite()
    with place as settings:
        said: Iterator[dict[str, Any]] = apart.said_by(RUN, WRITERS, ask.seconds, settings=settings)
        for one in said:
            agrees = "balance agrees" if one["agrees"] else "BALANCE DIFFERS"
            yield Figure(
                part="writers",
                name=f"{WRITERS} writers for {ask.seconds} s, the slowest of a hundred",
                ms=one["p99"],
                goal=f"< {MOST_MS} ms, none fails",
                is_met=one["p99"] < MOST_MS and not one["failed"] and not one["locked"] and one["agrees"],
                note=(
                    f"{one['asked']} requests, {one['saved']} saved, {one['failed']} failed, {one['locked']} locked, "
                    f"median {one['median']:.1f} ms, slowest {one['slowest']:.0f} ms, {agrees}"
                ),
            )
