"""When payments came, counted: on time, late, short, none. Counts only: no score and no judgement.

A pure reading of a position. What is not logged is never counted as not paid.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from arrears.core.results import CoverKind, Instalment, Position, Status

FEWEST = 6  # our own measure: with fewer payments than these, a count says too little to show a pattern


class Mark(StrEnum):
    """How one regular payment came. ``NOT_LOGGED``: the record does not say."""

    ON_TIME = "on_time"
    LATE = "late"
    SHORT = "short"
    NONE = "none"
    CREDIT = "credit"
    NOT_LOGGED = "not_logged"


_MARKS = {
    Status.PAID_ON_TIME: Mark.ON_TIME,
    Status.PAID_LATE: Mark.LATE,
    Status.PART_PAID: Mark.SHORT,
    Status.CLEARED: Mark.CREDIT,
}


class Cell(NamedTuple):
    """One regular payment whose day has passed. ``amount`` and ``owed`` (still to come) in pence.

    ``days_late`` is the days until it was covered in full, for ``LATE``, and otherwise 0.
    ``paid_on`` is the day of the last money that went to it, None where none did; ``payment_ids``
    are the payments it came from, in order. ``credit`` is the part that no payment covered but a
    credit that is none (a write-off, a voluntary payment that CMS counts), in pence.
    """

    due_on: dt.date
    amount: int
    owed: int
    mark: Mark
    days_late: int
    paid_on: dt.date | None
    payment_ids: tuple[str, ...]
    credit: int = 0

    @property
    def is_rest_on_time(self) -> bool:
        """Say whether a credit covered a part, and payments made by the due date all the rest of it."""
        return self.mark is Mark.CREDIT and self.paid_on is not None and self.paid_on <= self.due_on


class Bucket(NamedTuple):
    """How many payments (``size``) came between ``least`` and ``most`` days late (None: or later)."""

    least: int
    most: int | None
    size: int


class Streak(NamedTuple):
    """The longest row of payments with one mark: how many, and the due dates it runs between."""

    mark: Mark
    length: int
    first: dt.date
    last: dt.date


class Pattern(NamedTuple):
    """Every regular payment up to a day, oldest first, and the counts of them.

    ``lateness`` counts the late ones by their days. ``streaks`` has the longest row of each mark
    that occurs (of equally long ones the latest). Both are empty where there are too few payments.
    """

    cells: tuple[Cell, ...]
    counts: dict[Mark, int]
    lateness: tuple[Bucket, ...]
    most_days_late: int
    streaks: tuple[Streak, ...]

    @property
    def is_enough(self) -> bool:
        """Say whether there are payments enough to speak of a pattern at all."""
        return len(self.cells) >= FEWEST


_STEPS = ((1, 3), (4, 7), (8, 14), (15, 30), (31, 90), (91, None))


def read(at: Position, *, noted: Collection[dt.date]) -> Pattern:
    """Count the instalments of a position; ``noted`` are the due dates of which somebody said what came.

    An instalment that falls due on the very day is left out: its day is not over.
    """
    cells = tuple(_cells(at.instalments, noted))
    late = [cell.days_late for cell in cells if cell.mark is Mark.LATE]
    enough = len(cells) >= FEWEST
    return Pattern(
        cells=cells,
        counts={mark: sum(cell.mark is mark for cell in cells) for mark in Mark},
        lateness=tuple(_buckets(late)) if enough and late else (),
        most_days_late=max(late, default=0),
        streaks=tuple(_streaks(cells)) if enough else (),
    )


def _cells(instalments: Sequence[Instalment], noted: Collection[dt.date]) -> Iterator[Cell]:
    for one in instalments:
        if one.status is Status.DUE:
            continue
        paid = [cover for cover in one.covers if cover.kind is CoverKind.PAYMENT]
        yield Cell(
            due_on=one.due_on,
            amount=one.amount,
            owed=one.outstanding,
            mark=_mark(one, is_noted=one.due_on in noted),
            days_late=one.days_late if one.status is Status.PAID_LATE else 0,
            paid_on=max((cover.on for cover in paid), default=None),
            payment_ids=tuple(dict.fromkeys(cover.payment_id for cover in paid)),
            credit=sum(cover.amount for cover in one.covers if cover.kind is CoverKind.CREDIT),
        )


def _mark(one: Instalment, *, is_noted: bool) -> Mark:
    if one.status is Status.MISSED:
        return Mark.NONE if is_noted else Mark.NOT_LOGGED
    return _MARKS[one.status]


def _buckets(late: Sequence[int]) -> Iterator[Bucket]:
    for least, most in _STEPS:
        yield Bucket(least, most, sum(days >= least and (most is None or days <= most) for days in late))


def _streaks(cells: Sequence[Cell]) -> Iterator[Streak]:
    longest: dict[Mark, Streak] = {}
    for mark, group in groupby(cells, key=lambda cell: cell.mark):
        row = list(group)
        if mark not in longest or len(row) >= longest[mark].length:
            longest[mark] = Streak(mark, len(row), row[0].due_on, row[-1].due_on)
    return (longest[mark] for mark in Mark if mark in longest)
