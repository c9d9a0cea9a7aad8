"""Supervision: which records are drawn, and what is looked at in each. No clock, no chance but the seed."""

import random
import tomllib
import uuid
from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

MOST_DRAWN = 10
MOST_IN_A_NOTE = 4_000
SEEDS = 2**31


class Answer(StrEnum):
    """What a supervisor says of one item."""

    YES = "yes"
    NO = "no"
    NOT_HERE = "not_here"


class Item(NamedTuple):
    """One thing to look at."""

    code: str
    question: str


class Checklist(NamedTuple):
    """What is looked at, and the day of this list."""

    version: str
    items: tuple[Item, ...]


def draw(case_ids: Collection[uuid.UUID], *, count: int, seed: int) -> list[uuid.UUID]:
    """Draw so many of these records, all of them where there are fewer. The same seed draws the same."""
    pool = sorted(set(case_ids))
    # Not a secret: whoever has the seed can see that nobody chose.
    return random.Random(seed).sample(pool, min(count, len(pool)))  # noqa: S311


@lru_cache(maxsize=1)
def checklist() -> Checklist:
    """The list as it stands."""
    text = resources.files(__package__).joinpath("checklist.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Checklist(str(data["version"]), tuple(Item(one["code"], one["question"]) for one in data["item"]))
