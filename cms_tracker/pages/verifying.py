"""Hold every kept figure, and every row of every list, against a recomputation from the facts. Writes nothing."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction

from arrears import caseload
from arrears.core.caseload import Entry
from arrears.core.engine_version import engine_version
from arrears.core.snapshots import Snapshot
from cases import queries as cases
from cms_tracker.pages.hands import Hands
from cms_tracker.pages.worklist import BATCH, entries_for

Of = tuple[uuid.UUID, uuid.UUID]


class Difference(NamedTuple):
    """What is kept of a case, and what its facts give, field by field; ``kept`` is None where nothing is."""

    case_id: uuid.UUID
    field: str
    kept: object
    facts_give: object


@dataclass(kw_only=True)
class Checked:
    """How many cases there are, how many of them wait to be worked out anew, and the first that differs.

    What waits is never shown as it is: a reader works it out first.
    """

    cases: int = 0
    waiting: int = 0
    entries: int = 0
    first: Difference | None = None


def verify(*, on: dt.date, say: Callable[[int], object] = lambda _: None, hands: Hands | None = None) -> Checked:
    """Check case by case, in the order of their ids, until one differs; ``hands`` are processes that help."""
    found, last, helping = Checked(), None, hands or Hands(most=1)
    while found.first is None and (case_ids := cases.case_ids_after(last, count=BATCH * helping.shares)):
        _check(case_ids, found, on=on, hands=helping)
        last = case_ids[-1]
        say(found.cases)
    return found


@transaction.atomic
def _check(case_ids: Collection[uuid.UUID], found: Checked, *, on: dt.date, hands: Hands) -> None:
    held = cases.hold(case_ids)  # so that nobody works them out, and deletes their marks, meanwhile
    kept = caseload.figures_of(case_ids)
    entries = defaultdict[uuid.UUID, dict[uuid.UUID, Entry]](dict)
    for one in caseload.entries_of(case_ids):
        entries[one.case_id][one.user_id] = one
    days = {}
    for key, (_, figures) in kept.items():
        until = min([figures.changes_on, *(one.changes_on for one in entries[key].values())])
        days[key] = on if figures.on <= on < until else figures.on
    fresh = hands.work_out(held, [days.get(case.pk, on) for case in held])
    wanted = _entries(fresh, days, on=on)
    # Read last: a write that came in since the figures were read has left its mark by now.
    waiting = caseload.marked(case_ids) | {key for key, (engine, _) in kept.items() if engine != engine_version()}
    for case in held:
        found.cases += 1
        if case.pk in waiting:
            found.waiting += 1
            continue
        found.entries += len(wanted[case.pk])
        has = kept[case.pk][1] if case.pk in kept else None
        differences = _differences(case.pk, (has, entries[case.pk]), (fresh[case.pk], wanted[case.pk]))
        found.first = next(differences, None)
        if found.first:
            return


def _entries(
    fresh: Mapping[uuid.UUID, Snapshot], days: Mapping[uuid.UUID, dt.date], *, on: dt.date
) -> dict[uuid.UUID, dict[uuid.UUID, Entry]]:
    """The entries that the cases should have, each on the day on which its case was worked out."""
    by_day = defaultdict[dt.date, dict[uuid.UUID, Snapshot]](dict)
    for key, figures in fresh.items():
        by_day[days.get(key, on)][key] = figures
    found = defaultdict[uuid.UUID, dict[uuid.UUID, Entry]](dict)
    for day, figures_of in by_day.items():
        for one in entries_for(figures_of, on=day):
            found[one.case_id][one.user_id] = one
    return found


def _differences(
    case_id: uuid.UUID,
    kept: tuple[Snapshot | None, Mapping[uuid.UUID, Entry]],
    fresh: tuple[Snapshot, Mapping[uuid.UUID, Entry]],
) -> Iterator[Difference]:
    if kept[0] is None:
        yield Difference(case_id, "figures", None, fresh[0]._asdict())
        return
    for name in Snapshot._fields[1:]:  # two days of one snapshot give one answer
        if getattr(kept[0], name) != getattr(fresh[0], name):
            yield Difference(case_id, name, getattr(kept[0], name), getattr(fresh[0], name))
    for user_id in sorted({*kept[1], *fresh[1]}):
        has, should = kept[1].get(user_id), fresh[1].get(user_id)
        if has is None or should is None:
            yield Difference(case_id, f"entry in the list of {user_id}", has is not None, should is not None)
            continue
        for name in Entry._fields:
            if getattr(has, name) != getattr(should, name):
                yield Difference(case_id, f"{name} in the list of {user_id}", getattr(has, name), getattr(should, name))
