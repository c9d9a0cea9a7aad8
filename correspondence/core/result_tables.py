"""What came of the work of a whole organisation, in tables that tell nothing of a single family.

Each table splits the same results in one way. A line with fewer than ``FEWEST`` cases is not
printed, neither its number nor its money; a line with none is not there. With a small line goes the
smallest of the others, and all that are equal to it: what is left out could then stand in any order,
so that no line of it is known to be a small one, and none can be worked out from the total. Where a
table has no line that is large enough to hide behind, nothing is printed at all. Money is rounded to
whole hundreds of pounds.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

FEWEST = 5  # our own measure, and the usual one of official statistics
ROUNDED_TO = 100_00  # pence


class Counted(NamedTuple):
    """One result of one case: what each table splits it by, and the pence gained."""

    case: Hashable
    by: Mapping[str, str]
    gained: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a table: ``results`` and ``gained`` (whole hundreds of pounds, in pence), None where left out."""

    key: str
    results: int | None
    gained: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One split, with a line for every key that has a result, and the total of all."""

    by: str
    lines: tuple[Line, ...]
    total: Line


def tables(counted: Collection[Counted], splits: Mapping[str, Sequence[str]]) -> tuple[Table, ...]:
    """The results split in each of these ways; nothing where they are too few to be printed in one of them.

    All results are in every table: whatever has another key than those named is left aside first.
    """
    kept = [one for one in counted if all(one.by[by] in keys for by, keys in splits.items())]
    groups = {by: _grouped(kept, by, keys) for by, keys in splits.items()}
    if not kept or any(max(map(len, _cases(some).values())) < FEWEST for some in groups.values()):
        return ()
    return tuple(_table(by, some, kept) for by, some in groups.items())


def left_out(cases: Mapping[str, Collection[Hashable]]) -> frozenset[str]:
    """Which lines may not be printed, given the cases of each."""
    sizes = {key: len(set(some)) for key, some in cases.items()}
    small = {key for key, size in sizes.items() if size < FEWEST}
    smallest = min((size for key, size in sizes.items() if key not in small), default=0)
    return frozenset(small | {key for key, size in sizes.items() if size == smallest} if small else small)


def _grouped(counted: Collection[Counted], by: str, keys: Sequence[str]) -> dict[str, list[Counted]]:
    """The results of each key that has any."""
    groups = {key: [one for one in counted if one.by[by] == key] for key in keys}
    return {key: some for key, some in groups.items() if some}


def _cases(groups: Mapping[str, Collection[Counted]]) -> dict[str, set[Hashable]]:
    return {key: {one.case for one in some} for key, some in groups.items()}


def _table(by: str, groups: Mapping[str, Collection[Counted]], counted: Collection[Counted]) -> Table:
    hidden = left_out(_cases(groups))
    return Table(
        by=by,
        lines=tuple(_line(key, some, is_hidden=key in hidden) for key, some in groups.items()),
        total=_line("", counted, is_hidden=False),
    )


def _line(key: str, group: Collection[Counted], *, is_hidden: bool) -> Line:
    if is_hidden:
        return Line(key=key, results=None, gained=None)
    gained = sum(one.gained for one in group)
    return Line(key=key, results=len(group), gained=(gained + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO)
