"""The number on every page of a bundle, and where documents go that are added later.

A bundle is numbered 1, 2, 3 without a gap. A later version never renumbers: whoever wrote "page 31"
still finds it there, and what comes in between is 31A, 31B and so on, as courts and tribunals do.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LABEL = re.compile(r"([1-9][0-9]*)([A-Z]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """A document in its place: how many pages it has, and the labels that it had in the version before."""

    key: str
    pages: int
    before: tuple[str, ...] = ()


def numbered(documents: Sequence[Sized]) -> dict[str, tuple[str, ...]]:
    """The label of every page, by document, in the order given.

    Where no document has labels from before, pages run from 1. Otherwise each keeps its own, and
    every further page takes the number of the page before it with the next letter that is free.
    """
    before = [label for one in documents for label in one.before]
    if not before:
        return _from_one(documents)
    used: dict[int, int] = {}
    for label in before:
        number, letter = parsed(label)
        used[number] = max(used.get(number, 0), letter)
    found: dict[str, tuple[str, ...]] = {}
    number = 1
    for one in documents:
        labels = list(one.before[: one.pages])
        if labels:
            number = parsed(labels[-1])[0]
        for _ in range(one.pages - len(labels)):
            used[number] = used.get(number, 0) + 1
            labels.append(f"{number}{letters(used[number])}")
        found[one.key] = tuple(labels)
    return found


def letters(place: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    text = ""
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def parsed(label: str) -> tuple[int, int]:
    """The number of a label and the place of its letters, 0 for none. Raises ValueError for anything else."""
    found = _LABEL.fullmatch(label)
    if found is None:
        raise ValueError("not the label of a page")
    place = 0
    for letter in found.group(2):
        place = place * 26 + ord(letter) - ord("A") + 1
    return int(found.group(1)), place


def spoken(labels: Sequence[str]) -> str:
    """The pages of a document as an index has them: ``12``, ``12 to 15``, ``12A``."""
    return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}" if labels else ""


def last_number(labels: Mapping[str, Sequence[str]]) -> str:
    """The highest plain number of a bundle: what "of 148" says."""
    return str(max((parsed(one)[0] for every in labels.values() for one in every), default=0))


def _from_one(documents: Sequence[Sized]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    page = 0
    for one in documents:
        found[one.key] = tuple(str(page + number) for number in range(1, one.pages + 1))
        page += one.pages
    return found
