"""How long each migration since the last version takes where people have many rows: ``manage.py bench upgrade``."""

from collections.abc import Iterator
from typing import Any

from cms_tracker.pages.bench import apart
from cms_tracker.pages.bench.groups import Ask, Figure, section

RUN = "tests.upgrades.measured"
MOST_S = 2


@section("upgrade")
def upgrade(ask: Ask) -> Iterator[Figure]:
    """Each migration that came since, on so many cases of five years."""
    place = apart.on_postgresql(ask.postgres) if ask.postgres else apart.on_sqlite()
    with place as settings:
        said: Iterator[dict[str, Any]] = apart.said_by(RUN, ask.cases, settings=settings)
        for one in said:
            is_step = one["is_step"]
            yield Figure(
                part="upgrade",
                name=one["what"],
                ms=one["seconds"] * 1000,
                goal=f"<= {MOST_S} s" if is_step else "",
                is_met=one["seconds"] <= MOST_S if is_step else None,
                note=one["note"],
            )
