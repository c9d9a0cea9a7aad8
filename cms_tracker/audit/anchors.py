"""Anchors: how far every chain had come, written down once a day, so that a tail that is cut off is missed.

An anchor is one line of text. Kept elsewhere (a log that is sent away, a sheet of paper), it shows
later that nothing up to it has gone, even if somebody emptied the tables of anchors too.
"""

import datetime as dt
import uuid
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, Q

from cms_tracker.audit.chain import START, seal_of_words
from cms_tracker.audit.models import Anchor, AnchoredEnd, Event
from cms_tracker.audit.writing import BATCH

End = tuple[int, str]  # the number of the last event of a chain, and its seal


class Line(NamedTuple):
    """An anchor as it is written out."""

    number: int
    chains: int
    events: int
    seal: str

    def __str__(self) -> str:
        return f"audit anchor {self.number}: {self.events} events in {self.chains} chains, seal {self.seal}"

    @classmethod
    def read(cls, text: str) -> "Line | None":
        """The anchor in a line of a log, wherever it stands there; None where there is none."""
        words = text.partition("audit anchor ")[2].replace(":", "").replace(",", "").split()
        if len(words) < 8 or not all(word.isascii() and word.isdigit() for word in (words[0], words[1], words[4])):
            return None
        return cls(number=int(words[0]), events=int(words[1]), chains=int(words[4]), seal=words[7])


@transaction.atomic
def anchor(*, at: dt.datetime) -> Line:
    """Write down how far every chain has come by now."""
    before = Anchor.objects.select_for_update().order_by("-number").first()
    number = before.number + 1 if before else 1
    known = anchored_ends()
    grown = {
        chain: seq
        for chain, seq in Event.objects.order_by().values_list("chain").annotate(last=Max("seq"))
        if seq > known.get(chain, (0, START))[0]
    }
    ends = known | _ends(grown)
    AnchoredEnd.objects.bulk_create(
        (AnchoredEnd(anchor=number, chain=chain, seq=ends[chain][0], seal=ends[chain][1]) for chain in grown),
        batch_size=BATCH,
    )
    values = {"chains": len(ends), "events": sum(seq for seq, _ in ends.values()), "digest": digest_of(ends)}
    made = Anchor(number=number, at=at, **values)
    made.seal = seal_of_anchor(made, before=before.seal if before else START)
    made.save(force_insert=True)
    return line_of(made)


def latest() -> Line | None:
    """The last anchor, or None where none was made yet."""
    found = Anchor.objects.order_by("-number").first()
    return line_of(found) if found else None


def latest_at() -> dt.datetime | None:
    """When the last anchor was made, or None where none was."""
    return Anchor.objects.order_by("-number").values_list("at", flat=True).first()


def is_made_since(moment: dt.datetime) -> bool:
    """Whether there is an anchor that is as young as this."""
    return Anchor.objects.filter(at__gt=moment).exists()


def line_of(one: Anchor) -> Line:
    """An anchor as it is written out."""
    return Line(number=one.number, chains=one.chains, events=one.events, seal=one.seal)


def anchored_ends(*, up_to: int | None = None) -> dict[uuid.UUID, End]:
    """Where each chain ended by the last anchor, or by the one of this number."""
    rows = AnchoredEnd.objects.order_by("anchor").values_list("chain", "seq", "seal")
    if up_to is not None:
        rows = rows.filter(anchor__lte=up_to)
    return {chain: (seq, seal) for chain, seq, seal in rows.iterator(chunk_size=5000)}


def digest_of(ends: dict[uuid.UUID, End]) -> str:
    """One figure for the ends of all chains."""
    return seal_of_words([[chain.hex, *ends[chain]] for chain in sorted(ends)])


def seal_of_anchor(one: Anchor, *, before: str) -> str:
    """The seal of an anchor after the one before."""
    moment = one.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return seal_of_words(before, one.number, moment, one.chains, one.events, one.digest)


def _ends(grown: dict[uuid.UUID, int]) -> dict[uuid.UUID, End]:
    """The ends of these chains, read a batch at a time."""
    found: dict[uuid.UUID, End] = {}
    chains = list(grown.items())
    for start in range(0, len(chains), 200):
        some = Q()
        for chain, seq in chains[start : start + 200]:
            some |= Q(chain=chain, seq=seq)
        rows = Event.objects.filter(some).values_list("chain", "seq", "seal")
        found |= {chain: (seq, seal) for chain, seq, seal in rows}
    return found
