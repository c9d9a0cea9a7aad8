"""A file of evidence as the pages, the timeline and the bundle see it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cases.core.facts import StruckOut
from cases.core.shared_copies import CopySeen
from cms_tracker.language import Words, mark, say
from correspondence.core.timeline import Item, Place, Topic, added

_WHAT = Words({
    "application/pdf": mark("PDF"), "image/jpeg": mark("Photo"), "image/png": mark("Picture"),
    "image/webp": mark("Picture"),
    "text/plain": mark("Text"), "message/rfc822": mark("E-mail"),
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSeen:
    """A file on the record. ``copy`` is what may leave the record; the original is for its owner alone.

    ``stored_as`` is empty where only what was typed came with a case file.
    """

    id: uuid.UUID
    case_id: uuid.UUID
    shows: str
    happened_on: dt.date
    recorded_on: dt.date
    name: str
    media_type: str
    size: int
    sha256: str
    stored_as: str = ""
    contact_id: uuid.UUID | None = None
    letter_id: uuid.UUID | None = None
    note: str = ""
    copy: CopySeen | None = None
    struck_out: StruckOut | None = None

    @property
    def what(self) -> str:
        """What kind of file it is, in a word."""
        return what_file(self.media_type)

    @property
    def is_here(self) -> bool:
        """Whether the file itself is kept in this record."""
        return bool(self.stored_as)


def what_file(media_type: str) -> str:
    """What kind of file a media type is, in a word."""
    return _WHAT[media_type]


def evidence_items(files: Iterable[EvidenceSeen]) -> Iterator[Item]:
    """Files that stand on their own, on the day that they are from. The others are with their contact or letter."""
    for one in files:
        if one.contact_id is None and one.letter_id is None:
            yield Item(
                topic=Topic.EVIDENCE,
                on=one.happened_on,
                title=say("File: {shows}", shows=one.shows),
                lines=(one.note,) if one.note else (),
                added_on=added(one.recorded_on, one.happened_on),
                place=Place.EVIDENCE,
                id=str(one.id),
                struck_out=one.struck_out,
            )


def standing(files: Iterable[EvidenceSeen]) -> list[EvidenceSeen]:
    """Those that nobody has struck out, in the order in which what they show happened."""
    return sorted(
        (one for one in files if one.struck_out is None), key=lambda one: (one.happened_on, one.recorded_on, one.id)
    )
