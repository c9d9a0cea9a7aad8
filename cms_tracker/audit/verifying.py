"""Prove that the record of who did what is whole: go along each chain, and name the first event that does not fit."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from cms_tracker.audit.anchors import Line, anchored_ends, digest_of, line_of, seal_of_anchor
from cms_tracker.audit.chain import START, Entry, seal_of
from cms_tracker.audit.models import Anchor, Event

CHUNK = 5_000  # events read at once
OFTEN = 100_000  # events between two words on the way


class Flaw(StrEnum):
    """How a chain is broken."""

    EDITED = "its words were changed after it was written"
    FORGED = "it was not written by this application"
    REORDERED = "it stands where another event stood"
    GAP = "it is missing, and later events are there"
    TRUNCATED = "it is missing, and with it everything after it"
    REWRITTEN = "another event stood here when the chain was anchored"
    ANCHOR = "the list of anchors was changed"
    ANCHOR_LOST = "an anchor that was kept elsewhere is not in the list"


class Found(NamedTuple):
    """The first bad row: which, and how it is bad. ``pk`` is None where there is no row any more."""

    flaw: Flaw
    chain: uuid.UUID | None
    seq: int
    pk: int | None

    def __str__(self) -> str:
        if self.chain is None:
            return f"anchor {self.seq}: {self.flaw} ({self.flaw.name.lower()})"
        row = f" (row {self.pk})" if self.pk is not None else ""
        return f"event {self.seq} of chain {self.chain}{row}: {self.flaw} ({self.flaw.name.lower()})"


class Answer(NamedTuple):
    """What was gone through, and the first bad row, if there is one."""

    events: int
    chains: int
    first: Found | None


class Row(NamedTuple):
    """An event as it is stored."""

    pk: int
    entry: Entry
    seal: str


def verify(*, kept: Sequence[Line] = (), say: Callable[[int], None] = lambda _: None) -> Answer:
    """Go through every chain. ``kept`` are anchors from elsewhere; ``say`` hears now and then how many are done."""
    events = chains = 0
    if flaw := _flaw_of_anchors(kept):
        return Answer(0, 0, flaw)
    waiting = anchored_ends()
    for chain, rows in groupby(_rows(), key=lambda row: row.entry.chain):
        chains += 1
        anchored, seq, before = waiting.pop(chain, None), 0, START
        for row in rows:
            seq += 1
            if row.entry.seq != seq or seal_of(row.entry, before=before) != row.seal:
                return Answer(events, chains, _named(row, expected=seq, before=before, anchored=anchored))
            if anchored and anchored[0] == seq and anchored[1] != row.seal:
                return Answer(events, chains, Found(Flaw.REWRITTEN, chain, seq, row.pk))
            before = row.seal
            events += 1
            if not events % OFTEN:
                say(events)
        if anchored and anchored[0] > seq:
            return Answer(events, chains, Found(Flaw.TRUNCATED, chain, seq + 1, None))
    if waiting:
        return Answer(events, chains, Found(Flaw.TRUNCATED, min(waiting), 1, None))
    return Answer(events, chains, None)


def _rows() -> Iterator[Row]:
    names = ("pk", *Entry._fields, "seal")
    for pk, *words, seal in Event.objects.order_by("chain", "seq").values_list(*names).iterator(chunk_size=CHUNK):
        yield Row(pk, Entry(*words), seal)


def _named(row: Row, *, expected: int, before: str, anchored: tuple[int, str] | None) -> Found:
    """How the first row that does not fit is bad, as far as the rest of its chain tells."""
    chain = row.entry.chain
    others = dict(Event.objects.filter(chain=chain).values_list("seq", "seal"))
    if row.entry.seq != expected:
        return Found(Flaw.GAP, chain, expected, None)
    if _stood_elsewhere(row, others):
        return Found(Flaw.REORDERED, chain, expected, row.pk)
    after = Event.objects.filter(chain=chain, seq=expected + 1).values_list(*Entry._fields, "seal").first()
    if after and seal_of(Entry(*after[:-1]), before=row.seal) == after[-1]:
        return Found(Flaw.EDITED, chain, expected, row.pk)  # the next one was sealed after this very seal
    if anchored and anchored == (expected, row.seal):
        return Found(Flaw.EDITED, chain, expected, row.pk)
    return Found(Flaw.FORGED, chain, expected, row.pk)


def _stood_elsewhere(row: Row, others: dict[int, str]) -> bool:
    """Whether the seal of a row is right for another place of its chain."""
    own = row.entry.seq
    places = [(seq + 1, seal) for seq, seal in others.items()] + [(1, START), (own + 1, others.get(own + 1, START))]
    return any(seal_of(row.entry._replace(seq=seq), before=before) == row.seal for seq, before in places)


def _flaw_of_anchors(kept: Sequence[Line]) -> Found | None:
    """The first anchor that is not what it was, or that is gone."""
    before = START
    made: dict[int, Line] = {}
    last = None
    for expected, last in enumerate(Anchor.objects.order_by("number").iterator(chunk_size=CHUNK), start=1):
        if last.number != expected or seal_of_anchor(last, before=before) != last.seal:
            return Found(Flaw.ANCHOR, None, expected, None)
        before = last.seal
        made[last.number] = line_of(last)
    if last is not None and digest_of(anchored_ends(up_to=last.number)) != last.digest:
        return Found(Flaw.ANCHOR, None, last.number, None)
    for line in sorted(kept, key=attrgetter("number")):
        if made.get(line.number) != line:
            return Found(Flaw.ANCHOR_LOST, None, line.number, None)
    return None
