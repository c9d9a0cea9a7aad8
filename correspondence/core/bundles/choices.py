"""What a person chose to put into a bundle, and in which order. Everything has a sensible beginning."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from correspondence.core.bundles.purposes import Purpose, Section, template_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """One bundle as it is put together.

    ``sections`` are those that are in, in order. ``letters`` and ``exhibits`` are the keys that are
    in, in order; ``left_out`` the contacts that stay out of a period that is in. Names are empty
    where the parties stand by their role only. ``since`` None: from the beginning. ``hides`` takes
    what is to be kept out of documents out of this one too.
    """

    purpose: Purpose
    until: dt.date
    sections: tuple[Section, ...]
    since: dt.date | None = None
    letters: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()
    your_name: str = ""
    their_name: str = ""
    hides: bool = True

    def has(self, section: Section) -> bool:
        """Say whether a section is in."""
        return section in self.sections

    def in_period(self, on: dt.date) -> bool:
        """Say whether a day lies in the period of the bundle."""
        return (self.since is None or self.since <= on) and on <= self.until


def begin(purpose: Purpose, *, until: dt.date, letters: Sequence[str], exhibits: Sequence[str]) -> Choices:
    """What a new bundle begins with: the sections of its purpose, and everything that belongs into them."""
    sections = template_of(purpose).sections
    return Choices(
        purpose=purpose, until=until, sections=sections, letters=tuple(letters), exhibits=tuple(exhibits)
    )  # fmt: skip


def next_version(before: Choices, *, until: dt.date, letters: Sequence[str], exhibits: Sequence[str]) -> Choices:
    """What the next version of a bundle begins with: all that it had, and every letter and file of a section it has."""
    return replace(
        before, until=until, letters=tuple(ordered(letters, before.letters)),
        exhibits=tuple(ordered(exhibits, before.exhibits)),
    )  # fmt: skip


def ordered(every: Sequence[str], chosen: Sequence[str]) -> list[str]:
    """Every key, those that are chosen first and in their order."""
    return [*(key for key in chosen if key in set(every)), *(key for key in every if key not in set(chosen))]


def moved(keys: Sequence[str], key: str, *, by: int) -> tuple[str, ...]:
    """The keys with one of them ``by`` places further on (negative: back); at an end it stays there."""
    every = list(keys)
    if key in every:
        at = every.index(key)
        every.insert(max(0, min(len(every) - 1, at + by)), every.pop(at))
    return tuple(every)


def as_json(choices: Choices) -> dict[str, Any]:
    """The choices as they are kept in a row."""
    return {
        "purpose": choices.purpose.value,
        "since": choices.since.isoformat() if choices.since else None,
        "until": choices.until.isoformat(),
        "sections": [one.value for one in choices.sections],
        "letters": list(choices.letters),
        "exhibits": list(choices.exhibits),
        "left_out": sorted(choices.left_out),
        "your_name": choices.your_name,
        "their_name": choices.their_name,
        "hides": choices.hides,
    }


def from_json(value: Mapping[str, Any]) -> Choices:
    """What ``as_json`` wrote."""
    return Choices(
        purpose=Purpose(value["purpose"]),
        since=dt.date.fromisoformat(value["since"]) if value["since"] else None,
        until=dt.date.fromisoformat(value["until"]),
        sections=tuple(map(Section, value["sections"])),
        letters=tuple(value["letters"]),
        exhibits=tuple(value["exhibits"]),
        left_out=frozenset(value["left_out"]),
        your_name=value["your_name"],
        their_name=value["their_name"],
        hides=value["hides"],
    )
