"""A whole letter as it is frozen: the envelope that every kind has, and what its own kind states.

Figures are read off the engine's position; nothing here works out what is owed. Texts are those
the person typed, already printable. ``as_json`` and ``from_json`` are each other's reverse.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from cases.core.facts import Perspective
from correspondence.core.letters import codec, registry

_OLD_NAMES = ("missed", "call", "proof")  # where the first letters kept what they state


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A paragraph that the person wrote anew: ``key`` names the one it stands for; no ``text`` leaves it out."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything on the paper.

    ``sender_address`` is empty where the reader writes to the one they hold. ``addressee`` is empty
    for a page that is handed to anybody. ``for_whom`` is the parent where somebody else signs.
    ``replaces`` is the day of the letter that this one corrects. ``about`` is the kind's own part.
    """

    kind: str
    perspective: Perspective
    reference: str
    dated_on: dt.date
    sender: str
    sender_address: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    greeting: str = ""
    heading: str = ""
    reply_by: dt.date | None = None
    reply_why: str = ""
    for_whom: str = ""
    is_authority_enclosed: bool = False
    copies: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    replaces: dt.date | None = None
    edits: tuple[Edit, ...] = ()
    addition: str = ""
    about: Any = None

    @property
    def signs_for_another(self) -> bool:
        """Say whether somebody else than the parent signs."""
        return bool(self.for_whom)


def fingerprint(letter: Letter) -> str:
    """A short name of exactly this letter: it changes when anything on the paper would."""
    return hashlib.sha256(json.dumps(as_json(letter), sort_keys=True).encode()).hexdigest()[:32]


def as_json(letter: Letter) -> dict[str, Any]:
    """The letter as JSON: amounts in pence, days as ``YYYY-MM-DD``."""
    return {one.name: codec.to_json(getattr(letter, one.name)) for one in fields(letter)}


def from_json(value: Mapping[str, Any]) -> Letter:
    """Read a frozen letter. Raises ValueError where it is not one that we can write."""
    try:
        kind = registry.kind_of(str(value["kind"]))
        if kind is None:
            raise ValueError("no letter of ours")
        rest = codec.from_json(Letter, _envelope(value))
        return replace(rest, about=codec.from_json(kind.about, _about(value)))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not the facts of a letter") from error


def _about(value: Mapping[str, Any]) -> Any:
    """What the letter states; the first letters kept it under a name of its kind."""
    if "about" in value:
        return value["about"]
    (found,) = (value[name] for name in _OLD_NAMES if value.get(name))
    return found


def _envelope(value: Mapping[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(Letter)} - {"about"}
    found = {name: one for name, one in value.items() if name in names}
    if "reply_days" in value:  # the first letters kept the number of days, and no heading
        found["reply_why"] = f"which is {int(value['reply_days'])} working days from the date of this letter"
    return found
