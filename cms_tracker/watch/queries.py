"""Read what an operator watches."""

import datetime as dt
from typing import NamedTuple

from cms_tracker.watch.models import Making, Run
from cms_tracker.watch.operations import STEPS


class Took(NamedTuple):
    """How long papers of one kind took: (milliseconds, how many took no longer), rising; how many in all; the sum."""

    kind: str
    within: tuple[tuple[int, int], ...]
    papers: int
    milliseconds: int


def runs() -> dict[str, dt.datetime]:
    """When each piece of recurring work last ended well."""
    return dict(Run.objects.values_list("name", "at"))


def makings() -> list[Took]:
    """How long papers took, by kind, since the installation began."""
    by_kind: dict[str, dict[int, Making]] = {}
    for row in Making.objects.order_by("kind"):
        by_kind.setdefault(row.kind, {})[row.within] = row
    return [_took(kind, rows) for kind, rows in by_kind.items()]


def _took(kind: str, rows: dict[int, Making]) -> Took:
    so_far, within = 0, []
    for step in STEPS:
        so_far += rows[step].papers if step in rows else 0
        within.append((step, so_far))
    return Took(
        kind=kind,
        within=tuple(within),
        papers=sum(row.papers for row in rows.values()),
        milliseconds=sum(row.milliseconds for row in rows.values()),
    )
