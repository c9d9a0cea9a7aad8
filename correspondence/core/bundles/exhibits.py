"""What a bundle can be made of: the letters, files and contacts of a record, as they are offered and put in."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from correspondence.core.bundles.purposes import Section

TEXTS = frozenset({"text/plain", "message/rfc822"})
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One thing that can be put in: its key, what a list calls it, and its day."""

    key: str
    label: str
    on: dt.date
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCopy(Offered):
    """A letter with its words; ``sha256`` is the hash of what was kept when it was made."""

    html: str
    sha256: str
    posted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit(Offered):
    """A file that was handed in. ``stored_as`` and ``sha256`` are those of the sealed original."""

    media_type: str
    stored_as: str
    sha256: str

    @property
    def is_picture(self) -> bool:
        """Say whether it has pixels only, so that nobody can search it for words."""
        return self.media_type in PICTURES

    @property
    def is_text(self) -> bool:
        """Say whether it is words only, so that they can be cleaned."""
        return self.media_type in TEXTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Everything of a record that a bundle can be made of, each list in the order of the days."""

    letters: tuple[LetterCopy, ...]
    exhibits: tuple[Exhibit, ...]
    contacts: tuple[Offered, ...]


def picked(every: Sequence[Offered], keys: Sequence[str]) -> list[Offered]:
    """Those with these keys, in the order of the keys; a key that is gone is left out."""
    by_key: Mapping[str, Offered] = {one.key: one for one in every}
    return [by_key[key] for key in keys if key in by_key]


def section_letters(sections: Sequence[Section], taken: Mapping[str, str]) -> dict[Section, str]:
    """The letter of each section: those that an earlier version gave stay, the others follow."""
    found: dict[Section, str] = {}
    used = set(taken.values())
    for section in sections:
        letter = taken.get(section.value) or next(one for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if one not in used)
        used.add(letter)
        found[section] = letter
    return found


def next_mark(letter: str, marks: Sequence[str]) -> str:
    """The mark of one more document of a section: D1, D2."""
    numbers = [int(one[1:]) for one in marks if one[:1] == letter and one[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1}"
