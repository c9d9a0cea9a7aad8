"""The conflict check: what is compared between two clients of one organisation, and what can come of it."""

import datetime as dt
import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What the conflicts lead decided about two records."""

    NO_CONFLICT = "no_conflict"
    WALL = "wall"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody whom a client named at intake, as typed: adult or child, on either side."""

    name: str
    born_on: dt.date


def marks(*, reference: str, people: Iterable[Named], within: str, key: bytes) -> set[str]:
    """The keyed hashes by which two clients of one organisation may be found to stand on two sides.

    ``within`` names the organisation: the same person has another hash in another one. Whoever has
    the database and not the key learns nothing by trying names. A name counts with its day of birth
    only: by itself it would match strangers.
    """
    texts = {f"reference {reference}"}
    texts |= {f"person {_plain(one.name)} {one.born_on.isoformat()}" for one in people}
    return {hmac.new(key, f"{within} {text}".encode(), hashlib.sha256).hexdigest() for text in texts}


def _plain(name: str) -> str:
    """A name without capitals, accents, marks and the order of its parts."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join(sorted(kept.split()))
