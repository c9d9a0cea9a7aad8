"""How long a backup takes, and putting it back with its proofs: ``manage.py bench backup --cases 10000``."""

from collections.abc import Iterator
from typing import Any

from cms_tracker.pages.bench import apart
from cms_tracker.pages.bench.groups import Ask, Figure, section

RUN = "cms_tracker.pages.bench.restoring_run"
MOST_S = 600


@section("backup")
def backup(ask: Ask) -> Iterator[Figure]:
    """Back up an installation of that many cases, and put it back into an empty one, with the three proofs."""
    places = [apart.on_postgresql(ask.postgres) if ask.postgres else apart.on_sqlite() for _ in range(2)]
    with places[0] as here, places[1] as there:
        file = f"{here['CMS_DATA_DIR']}/made.backup"
        there |= {name: here[name] for name in apart.KEYS}  # keys are kept apart from a backup, and not in it
        for step, settings in (("fill", here), ("backup", here), ("restore", there)):
            said: Iterator[dict[str, Any]] = apart.said_by(RUN, step, file, ask.cases, settings=settings)
            for one in said:
                goal = f"<= {MOST_S} s" if step == "restore" else ""
                yield Figure(
                    part="backup",
                    name=f"{one['what']}, {ask.cases:,} cases",
                    ms=one["seconds"] * 1000,
                    goal=goal,
                    is_met=one["seconds"] <= MOST_S if goal else None,
                    note=one["note"],
                )
