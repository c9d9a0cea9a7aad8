"""Whether what was answered "saved" is there, whatever is killed meanwhile: ``manage.py bench durability``.

Real web processes on an installation apart; people log payments with the real forms, and send a
form again, with its own key, when the line breaks. At random moments a web process, the whole web
server, and the database are killed (SIGKILL). In the end every payment that was acknowledged must
be there once, with its audit row, and the three proofs of the product must be clean.

A process that is killed leaves the system's own buffers alone: what a power cut would lose depends
on the settings that the start refuses to do without (cms_tracker/web/checks.py).
"""

from collections.abc import Iterator
from typing import Any

from cms_tracker.pages.bench import apart, own_postgres
from cms_tracker.pages.bench.groups import Ask, Figure, section

RUN = "cms_tracker.pages.bench.durability_run"
MOST_SECONDS = 60


@section("durability")
def durability(ask: Ask) -> Iterator[Figure]:
    """Both engines, one after the other; PostgreSQL is one of our own, with nothing turned off."""
    for engine in ("SQLite", "PostgreSQL"):
        name = f"{ask.writes} acknowledged writes and {ask.kills} kills on {engine}"
        if engine == "PostgreSQL" and not own_postgres.is_here():
            yield Figure(part="durability", name=name, ms=None, note="PostgreSQL's programs are not on this machine")
            continue
        with apart.on_sqlite() as settings:
            said: Iterator[dict[str, Any]] = apart.said_by(RUN, engine, ask.writes, ask.kills, settings=settings)
            for one in said:
                yield _figure(name, one)


def _figure(name: str, one: dict[str, Any]) -> Figure:
    killed = ", ".join(f"{what} {times}" for what, times in one["killed"].items())
    clean = "ledger, audit and files verified" if one["is_verified"] else "A PROOF FAILED"
    return Figure(
        part="durability",
        name=name,
        ms=one["slowest"] * 1000,
        goal=f"<= {MOST_SECONDS} s, none lost",
        is_met=(
            not one["lost"] and not one["doubled"] and not one["without_audit"] and one["is_verified"]
            and one["slowest"] <= MOST_SECONDS
        ),
        note=(
            f"{one['acknowledged']} acknowledged, {one['lost']} lost, {one['doubled']} doubled, "
            f"{one['without_audit']} without its audit row; {one['resent']} sent again; killed: {killed}; {clean}; "
            f"served again after {one['median']:.1f} s, at the slowest {one['slowest']:.1f} s; "
            f"{one['seconds']:.0f} s in all"
        ),
    )  # fmt: skip
