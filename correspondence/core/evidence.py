"""A file of evidence as the pages, the timeline and the bundle see it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from cases.core.facts import StruckOut
from cases.core.shared_copies import CopySeen

_WHAT = {
    "application/pdf": "PDF", "image/jpeg": "Photo", "image/png": "Picture", "image/webp": "Picture",
    "text/plain": "Text", "message/rfc822": "E-mail",
}  # fmt: skip


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
        return _WHAT[self.media_type]

    @property
    def is_here(self) -> bool:
        """Whether the file itself is kept in this record."""
        return bool(self.stored_as)


def standing(files: Iterable[EvidenceSeen]) -> list[EvidenceSeen]:
    """Those that nobody has struck out, in the order in which what they show happened."""
    return sorted(
        (one for one in files if one.struck_out is None), key=lambda one: (one.happened_on, one.recorded_on, one.id)
    )
