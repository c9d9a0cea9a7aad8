"""The facts of a case as its details page lists them, each with its words and its mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from arrears.core import words as money_words
from arrears.core.facts import Adjustment, CaseFacts, OpeningBalance
from cases.core import notes, words
from cases.core.facts import Decision, Schedule, ServicePeriod

F = TypeVar("F", Decision, Schedule, ServicePeriod, OpeningBalance, Adjustment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Generic[F]):
    """A fact with the word for its kind, and whether the file marks it as inferred."""

    fact: F
    word: str
    inferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Everything on the page that is a fact of its own and can be struck out."""

    decisions: list[Shown[Decision]]
    services: list[Shown[ServicePeriod]]
    schedules: list[Shown[Schedule]]
    openings: list[Shown[OpeningBalance]]
    adjustments: list[Shown[Adjustment]]


def details(facts: CaseFacts, *, note: str) -> Details:
    """The facts to list. ``note`` is the note of the whole file, which may mark amounts as inferred."""
    marked = notes.inferred_amounts(note)

    def amounts(decision: Decision) -> set[int | None]:
        return {decision.weekly, decision.instalment}

    return Details(
        decisions=[
            Shown(
                fact=one,
                word=words.reason(one.reason),
                inferred=notes.is_inferred(one.note) or bool(marked & amounts(one)),
            )
            for one in facts.decisions
        ],
        services=[_shown(one, words.SERVICES[one.type]) for one in facts.services],
        schedules=[_shown(one, words.FREQUENCIES[one.frequency]) for one in facts.schedules],
        openings=_with_amount(((one, "Carried over") for one in facts.openings), marked),
        adjustments=_with_amount(((one, money_words.ADJUSTMENTS[one.kind]) for one in facts.adjustments), marked),
    )


def _shown(fact: F, word: str) -> Shown[F]:
    return Shown(fact=fact, word=word, inferred=notes.is_inferred(fact.note))


M = TypeVar("M", OpeningBalance, Adjustment)


def _with_amount(pairs: Iterable[tuple[M, str]], marked: frozenset[int]) -> list[Shown[M]]:
    return [
        Shown(fact=one, word=word, inferred=notes.is_inferred(one.note) or one.amount in marked) for one, word in pairs
    ]
