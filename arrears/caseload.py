"""Reading kept figures, and people's lists of cases, in the order of an index."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from arrears.core.caseload import Entry, Keys, Reason, Sort, View, Wanted, mask
from arrears.core.snapshots import Snapshot
from arrears.models import CaseloadEntry, PositionSnapshot, RepaymentPlan, SavedView, SnapshotMark
from cases import queries as case_queries
from cases.core.facts import Perspective
from cms_tracker.web import prepared

_OF_CASE = [f"snapshot__{name}" for name in Snapshot._fields]
_OF_ENTRY = [*Entry._fields[2:-1], *Keys._fields]
_RESTING = str(Reason.NOTHING.rank)  # what the key of a case in which there is nothing to do begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A case in a list, with the figures of the case."""

    entry: Entry
    figures: Snapshot


class Lag(NamedTuple):
    """How far kept figures are behind: how many marks (up to a most), the oldest, and the first day that has passed."""

    marked: int
    marked_since: dt.datetime | None
    due_on: dt.date | None


def lag(*, on: dt.date, most: int = 10_000) -> Lag:
    """How far the figures of all cases are behind on a day, in three reads of an index."""
    marks = SnapshotMark.objects.order_by("pk")
    passed = PositionSnapshot.objects.filter(changes_on__lte=on).order_by("changes_on")
    return Lag(
        marked=marks[: most + 1].count(),
        marked_since=marks.values_list("marked_at", flat=True).first(),
        due_on=passed.values_list("changes_on", flat=True).first(),
    )


def waiting(*, on: dt.date, engine: str, count: int) -> list[uuid.UUID]:
    """Up to ``count`` cases whose figures must be worked out before anybody sees them on the day ``on``."""
    found: dict[uuid.UUID, None] = {}
    figures = PositionSnapshot.objects
    for some in (
        SnapshotMark.objects.order_by("pk").values_list("case_id", flat=True),
        figures.filter(changes_on__lte=on).order_by("changes_on").values_list("pk", flat=True),
        figures.filter(on__gt=on).values_list("pk", flat=True),  # worked out for a day that has not come
        CaseloadEntry.objects.filter(changes_on__lte=on).order_by("changes_on").values_list("snapshot_id", flat=True),
        figures.filter(engine__lt=engine).values_list("pk", flat=True),
        figures.filter(engine__gt=engine).values_list("pk", flat=True),
    ):
        if len(found) < count:
            found.update(dict.fromkeys(some[:count]))
    return list(found)[:count]


def waiting_for(user_id: uuid.UUID, *, on: dt.date, engine: str, count: int) -> list[uuid.UUID]:
    """The same, of the cases that this person's list has or should have."""
    cells = [
        *prepared.read(f"list: marked, {count}", lambda person: _marked_of(person)[:count], user_id),
        *prepared.read(f"list: turned, {count}", lambda person, day: _turned_of(person, day)[:count], user_id, on),
        *prepared.read(f"list: unfit, {count}", lambda *of: _unfit_of(*of)[:count], user_id, on, engine),
    ]
    return list(dict.fromkeys(prepared.key(cell) for (cell,) in cells))[:count]


def _marked_of(user_id: uuid.UUID) -> QuerySet[SnapshotMark, Any]:
    """The marks of the cases that a list has or should have, the oldest first."""
    entered = Exists(CaseloadEntry.objects.filter(user_id=user_id, snapshot_id=OuterRef("case_id")))
    helped = Exists(case_queries.helping(user_id).filter(case_id=OuterRef("case_id")))
    return SnapshotMark.objects.filter(entered | helped).order_by("pk").values_list("case_id")


def _turned_of(user_id: uuid.UUID, on: dt.date) -> QuerySet[CaseloadEntry, Any]:
    """The cases of a list that the clock has changed by a day."""
    return CaseloadEntry.objects.filter(user_id=user_id, changes_on__lte=on).values_list("snapshot_id")


def _unfit_of(user_id: uuid.UUID, on: dt.date, engine: str) -> QuerySet[PositionSnapshot, Any]:
    """The cases of a list whose figures are of a day that has not come, or of other rules."""
    entered = Exists(CaseloadEntry.objects.filter(user_id=user_id, snapshot_id=OuterRef("pk")))
    figures = PositionSnapshot.objects.filter(entered).order_by()
    # One look at an index for each. Joined by OR they have SQLite read the figures of the whole installation.
    days, older, newer = (
        figures.filter(**{lookup: value}).values_list("pk")
        for lookup, value in (("on__gt", on), ("engine__lt", engine), ("engine__gt", engine))
    )
    return days.union(older, newer, all=True)


def needing(user_id: uuid.UUID, *, most: int) -> list[int]:
    """Of each case in a list that needs something, the ``mask`` of its reasons; at most ``most`` + 1 of them."""
    cells = prepared.read(f"list: needing, {most}", lambda person: _needing_of(person)[: most + 1], user_id)
    return [reasons for (reasons,) in cells]


def _needing_of(user_id: uuid.UUID) -> QuerySet[CaseloadEntry, Any]:
    return _allowed(user_id).filter(by_reason__lt=_RESTING).order_by("by_reason").values_list("reasons")


def resting(user_id: uuid.UUID, *, most: int) -> int:
    """How many cases in a list need nothing; at most ``most`` + 1."""
    return len(prepared.read(f"list: resting, {most}", lambda person: _resting_of(person)[: most + 1], user_id))


def _resting_of(user_id: uuid.UUID) -> QuerySet[CaseloadEntry, Any]:
    return _allowed(user_id).filter(by_reason__gte=_RESTING).values_list("pk")


def with_plans(case_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these cases in which CMS put a repayment plan in place, struck-out ones among them."""
    return set(RepaymentPlan.objects.filter(case_id__in=case_ids).values_list("case_id", flat=True))


def key_of(user_id: uuid.UUID, case_id: uuid.UUID, column: str) -> str:
    """The key of a case in a list in the order of a ``by_`` column; empty where it is not on that list."""
    mine = CaseloadEntry.objects.filter(user_id=user_id, snapshot_id=case_id)
    return str(mine.values_list(column, flat=True).first() or "")


def after(user_id: uuid.UUID, column: str, wanted: Wanted, *, key: str, count: int) -> list[Listed]:
    """The next rows of a list in the order of a ``by_`` column, after the one with this ``key``."""

    def rows_of(person: uuid.UUID, place: str) -> QuerySet[CaseloadEntry, Any]:
        return _cells(_rows(person, wanted).filter(**{f"{column}__gt": place}).order_by(column)[:count])

    return _part(f"list: after, {column}, {count}", rows_of, user_id, wanted, key=key)


def before(user_id: uuid.UUID, column: str, wanted: Wanted, *, key: str, count: int) -> list[Listed]:
    """The rows that come before the one with this ``key``, in the order of the list."""

    def rows_of(person: uuid.UUID, place: str) -> QuerySet[CaseloadEntry, Any]:
        return _cells(_rows(person, wanted).filter(**{f"{column}__lt": place}).order_by(f"-{column}")[:count])

    return _part(f"list: before, {column}, {count}", rows_of, user_id, wanted, key=key)[::-1]


def listed(user_id: uuid.UUID, case_ids: Collection[uuid.UUID]) -> list[Listed]:
    """The rows of these cases in a list, in no particular order."""
    return _listed(user_id, _cells(_allowed(user_id).filter(snapshot_id__in=case_ids)))


def figures_of(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[str, Snapshot]]:
    """The kept figures of these cases, each with the name of the engine that worked them out."""
    rows = PositionSnapshot.objects.filter(pk__in=case_ids).values_list("pk", "engine", *Snapshot._fields)
    return {key: (engine, Snapshot._make(cells)) for key, engine, *cells in rows}


def marked(case_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these cases that were written to since they were worked out."""
    return set(SnapshotMark.objects.filter(case_id__in=case_ids).values_list("case_id", flat=True))


def entries_of(case_ids: Collection[uuid.UUID]) -> list[Entry]:
    """The entries of these cases in everybody's lists, as they are kept."""
    rows = CaseloadEntry.objects.filter(snapshot__in=case_ids).order_by("snapshot_id", "user_id")
    return [_entry(user_id, row) for user_id, *row in rows.values_list("user_id", "snapshot_id", *_OF_ENTRY)]


def views_of(user_id: uuid.UUID) -> list[View]:
    """A person's own views of their list, the first made first."""
    return [
        View(
            id=prepared.key(key),
            name=name,
            reasons=tuple(map(Reason, filter(None, why.split(",")))),
            side=Perspective(side) if side else None,
            sort=Sort(sort),
            is_default=is_default,
        )
        for key, name, why, side, sort, is_default in prepared.read("list: views", _views_of, user_id)
    ]


def _views_of(user_id: uuid.UUID) -> QuerySet[SavedView, Any]:
    found = SavedView.objects.filter(user_id=user_id).order_by("made_at", "id")
    return found.values_list("id", "name", "why", "side", "sort", "is_default")


def _allowed(user_id: uuid.UUID) -> QuerySet[CaseloadEntry]:
    # Access is looked up live: an entry that outlived it by a moment would still not be shown.
    helped = case_queries.helping(user_id).filter(case_id=OuterRef("snapshot_id"))
    return CaseloadEntry.objects.filter(Exists(helped), user_id=user_id)


def _rows(user_id: uuid.UUID, wanted: Wanted) -> QuerySet[CaseloadEntry]:
    rows = _allowed(user_id)
    if wanted.reasons:
        rows = rows.alias(fits=F("reasons").bitand(mask(wanted.reasons))).filter(fits__gt=0)
    named = Q()
    if wanted.digits:
        named |= Q(reference__contains=wanted.digits)
    if wanted.text:
        named |= Q(pk__in=_named(user_id, wanted.text))
    return rows.filter(named, **({"side": wanted.side} if wanted.side else {}))


def _named(user_id: uuid.UUID, text: str) -> list[int]:
    """The entries of a list whose name holds this text. Names are sealed, so each is opened and looked at."""
    rows = CaseloadEntry.objects.filter(user_id=user_id).exclude(label="").values_list("pk", "label")
    return [key for key, label in rows if text in label.casefold()]


def _part(
    name: str, rows_of: Callable[..., QuerySet[CaseloadEntry, Any]], user_id: uuid.UUID, wanted: Wanted, *, key: str
) -> list[Listed]:
    """A part of a list. What is looked for changes the SQL, which is kept for the whole list alone."""
    found = prepared.read(name, rows_of, user_id, key) if wanted == Wanted() else rows_of(user_id, key)
    return _listed(user_id, found)


def _cells(rows: QuerySet[CaseloadEntry]) -> QuerySet[CaseloadEntry, Any]:
    return rows.values_list("snapshot_id", *_OF_ENTRY, *_OF_CASE)


def _listed(user_id: uuid.UUID, rows: Iterable[Sequence[Any]]) -> list[Listed]:
    size = 1 + len(_OF_ENTRY)
    return [
        Listed(entry=_entry(user_id, (prepared.key(row[0]), *row[1:size])), figures=Snapshot._make(row[size:]))
        for row in rows
    ]


def _entry(user_id: uuid.UUID, row: Collection[object]) -> Entry:
    values = list(row)
    return Entry._make([user_id, *values[: -len(Keys._fields)], Keys._make(values[-len(Keys._fields) :])])
