"""A whole caseload: recomputed in full, rolled forward by a night, and read as one person's list.

It is written into a database made for it alone, a file in a folder that is removed again, and with
``--postgres`` into a database of that server that is dropped again. Never into the one in use.
"""

from collections.abc import Iterator
from typing import Any

from cms_tracker.pages.bench import apart
from cms_tracker.pages.bench.groups import Ask, Figure, section

SCRATCH = "cms_tracker.pages.bench.scratch"


@section("engine")
def caseload(ask: Ask) -> Iterator[Figure]:
    """Every size asked for, on SQLite, then on the PostgreSQL that was named."""
    if not ask.caseload:
        return
    with apart.on_sqlite() as settings:
        yield from _measured(ask, settings)
    if ask.postgres:
        with apart.on_postgresql(ask.postgres) as settings:
            yield from _measured(ask, settings)


def _measured(ask: Ask, settings: dict[str, str]) -> Iterator[Figure]:
    sizes = ",".join(map(str, ask.caseload))
    said: Iterator[dict[str, Any]] = apart.said_by(SCRATCH, ask.rounds, sizes, settings=settings)
    for figure in said:
        yield Figure(**figure)
