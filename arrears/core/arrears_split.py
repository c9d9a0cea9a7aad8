"""What is owed today, split by where it comes from: how much of it nobody failed to pay."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from arrears.core.other_facts import StepKind
from arrears.core.results import Entry, Kind, Position

# Regular payments first: the rest is owed without one of them having been missed.
ORDER = (Kind.INSTALMENT, Kind.RECALCULATION, Kind.INITIAL, Kind.OPENING, Kind.CORRECTION_UP)
_TOLD_LATE = (Kind.RECALCULATION, Kind.INITIAL)


class Source(NamedTuple):
    """One entry of the ledger that is not covered: its kind, the fact behind it, and the pence left of it."""

    kind: Kind
    fact_id: str
    amount: int


class Share(NamedTuple):
    """What one kind of entry adds to what is owed, in pence, and the number of ``entries`` it comes from.

    ``sources`` are those entries; of regular payments, which have a page of their own, there are none.
    ``back`` is set where old arrears came back: by a cancelled settlement, or a claim no longer counted.
    """

    kind: Kind
    amount: int
    entries: int
    sources: tuple[Source, ...]
    back: StepKind | None = None


class Split(NamedTuple):
    """What is outstanding, in pence, as shares that add up to it exactly. () where nothing is owed.

    ``told_late`` is the part that decisions put there which changed earlier amounts, and the first
    decision for the time before it was told or before the first due date. ``before_first_due`` is
    what of that is for days before the first due date alone, of a decision that was told in time.
    ``changed`` is what all decisions on earlier amounts came to, those that took off among them,
    whatever has been paid since: where it is less than their share, some of it was taken back.
    """

    owed: int
    told_late: int
    before_first_due: int
    changed: int
    shares: tuple[Share, ...]

    @property
    def recalculated(self) -> int:
        """What of it decisions put there that changed earlier amounts."""
        return sum(share.amount for share in self.shares if share.kind is Kind.RECALCULATION)


def split(at: Position, back: Mapping[str, StepKind]) -> Split:
    """Split what is owed by the causes of ``by_cause`` (rules section 4); ``back`` is ``derived.brought_back``."""
    shares = tuple(share for kind in ORDER if at.by_cause.get(kind.value) for share in _shares(at, kind, back))
    told_late = sum(share.amount for share in shares if share.kind in _TOLD_LATE)
    before = sum(one.outstanding for one in at.others if one.kind is Kind.INITIAL and not _had_gone(one))
    return Split(at.outstanding, told_late, before, recalculated(at), shares)


def recalculated(at: Position) -> int:
    """What all decisions on earlier amounts came to, in pence: those that added less those that took off."""
    return sum(one.amount for one in at.recalculations)


def _had_gone(first: Entry) -> bool:
    """Say whether all that the first decision's entry is for had passed when the decision was told."""
    return first.notified_on == first.on


def _shares(at: Position, kind: Kind, back: Mapping[str, StepKind]) -> Iterator[Share]:
    """The share of one kind of entry, and beside it what came back, by how it did."""
    if kind is Kind.INSTALMENT:
        yield Share(kind, at.by_cause[kind.value], sum(one.outstanding > 0 for one in at.instalments), ())
        return
    left: dict[StepKind | None, list[Source]] = {}
    for one in at.others:
        if one.kind is kind and one.outstanding:
            left.setdefault(back.get(one.fact_id), []).append(Source(one.kind, one.fact_id, one.outstanding))
    for way, sources in sorted(left.items(), key=lambda pair: pair[0] or ""):
        yield Share(kind, sum(one.amount for one in sources), len(sources), tuple(sources), way)
