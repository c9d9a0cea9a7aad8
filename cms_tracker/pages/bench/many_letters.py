"""Many letters through real workers and a real broker, and one person's letter behind all of them: ``bench letters``.

The rate stands beside the same pages laid out by two processes that do nothing else: no queue, no
database, no file. The press of the button is measured with the broker running, gone, and hanging.
"""

from collections.abc import Iterator
from typing import Any

from cms_tracker.pages.bench import apart
from cms_tracker.pages.bench.groups import Ask, Figure, section

RUN = "cms_tracker.pages.bench.many_letters_run"
SHARE_PERCENT = 80  # of the bare rate, at least
PRESS_MS = 500
BEHIND_MS = 10_000


@section("letters")
def many_letters(ask: Ask) -> Iterator[Figure]:
    """The letters asked for, on SQLite, or on the PostgreSQL that was named."""
    place = apart.on_postgresql(ask.postgres) if ask.postgres else apart.on_sqlite()
    with place as settings:
        said: Iterator[dict[str, Any]] = apart.said_by(RUN, ask.letters, settings=settings)
        yield from map(_figure, said)


def _figure(one: dict[str, Any]) -> Figure:
    if one["what"] == "rate":
        share = 100 * one["rate"] / one["bare"]
        return Figure(
            part="letters",
            name=f"{one['letters']:,} letters by two workers, each",
            ms=1000 / one["rate"],
            goal=f">= {SHARE_PERCENT}% of bare",
            is_met=share >= SHARE_PERCENT,
            note=f"{one['rate']:.1f} a second; bare, two processes: {one['bare']:.1f} a second; {share:.0f}%",
        )
    if one["what"] == "behind":
        name = f"one person's letter, asked for behind {one['letters']:,} of another's"
        return Figure(part="letters", name=name, ms=one["ms"], goal=f"<= {BEHIND_MS} ms", is_met=one["ms"] <= BEHIND_MS)
    return Figure(
        part="letters",
        name=f"the press of the button, the broker {one['what']}",
        ms=one["p95"],
        goal=f"<= {PRESS_MS} ms",
        is_met=one["p95"] <= PRESS_MS,
        note=f"95 of 100; median {one['median']:.0f} ms, longest {one['longest']:.0f} ms, {one['presses']} presses",
    )
