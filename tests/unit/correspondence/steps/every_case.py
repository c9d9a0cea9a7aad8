"""Every combination of the facts that decide, facet by facet, and what each group of rules answers to it.

A group reads the ground and one facet. So what it can answer on a ground is the set of its answers over
all values of its facet, and two groups are free of each other on one ground: a pair of codes from two
groups meets in some case exactly where both are answered somewhere on the same ground.
"""

import itertools
from collections.abc import Iterator
from dataclasses import fields
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple, get_type_hints

from correspondence.core.steps import rules, snapshot
from correspondence.core.steps.fact import Fact
from correspondence.core.steps.rules import Do, No
from correspondence.core.steps.rules_of_challenge import challenged
from correspondence.core.steps.rules_of_collecting import collecting, planning
from correspondence.core.steps.rules_of_endings import endings, settling
from correspondence.core.steps.rules_of_money import money, papers, said, start
from correspondence.core.steps.snapshot import Ground

#: Each group with the name of its facet in the snapshot; what is always so has none.
GROUPS = {
    "papers": papers, "settling": settling, "plan": planning, "collecting": collecting, "endings": endings,
    "said": said, "money": money, "challenged": challenged, "start": start, "": rules.always,
}  # fmt: skip


class Answered(NamedTuple):
    """What one group answers to one value of its facet: the codes to do, the refusals, and the facts of both."""

    dos: frozenset[str]
    nos: frozenset[No]
    facts: frozenset[Fact]


def values(kind: type[Any]) -> Iterator[Any]:
    """Every value of a facet: the product of all values of its fields."""
    hints = get_type_hints(kind)
    choices = [_choices(hints[one.name]) for one in fields(kind)]
    names = [one.name for one in fields(kind)]
    for chosen in itertools.product(*choices):
        yield kind(**dict(zip(names, chosen, strict=True)))


def _choices(kind: type[Any]) -> list[Any]:
    if kind is bool:
        return [False, True]
    assert issubclass(kind, Enum), f"{kind} cannot be tried in every value"
    return list(kind)


def grounds() -> Iterator[Ground]:
    """Every ground there is."""
    return values(Ground)


@lru_cache(maxsize=1)
def everything() -> dict[Ground, dict[str, list[Answered]]]:
    """For each ground, what each group answers over all values of its facet."""
    facets = get_type_hints(snapshot.Snapshot)
    each = {name: list(values(facets[name])) if name else [] for name in GROUPS}
    return {
        ground: {
            name: list({_answered(rule(ground, one)) for one in each[name]}) if name else [_answered(rule(ground))]
            for name, rule in GROUPS.items()
        }
        for ground in grounds()
    }


def _answered(found: Iterator[Do | No]) -> Answered:
    every = list(found)
    return Answered(
        frozenset(one.code for one in every if isinstance(one, Do)),
        frozenset(one for one in every if isinstance(one, No)),
        frozenset(one.because for one in every),
    )
