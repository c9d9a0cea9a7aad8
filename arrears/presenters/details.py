"""The facts of a case as its details page lists them, each with its words and its mark."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from arrears.core import words as money_words
from arrears.core.facts import Adjustment, CaseFacts, OpeningBalance
from arrears.core.other_facts import Claim, LiabilityOrder, OtherMoney, Settlement
from cases.core import notes, words
from cases.core.facts import Decision, Schedule, ServicePeriod
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds

F = TypeVar("F", Decision, Schedule, ServicePeriod, OpeningBalance, Adjustment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Generic[F]):
    """A fact with the word for its kind, and whether the file marks it as inferred."""

    fact: F
    word: str
    inferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A claim, a settlement, an order or other money: its day, what it says, and the page with more.

    ``page`` is the route of its own page, which takes its id; the route of all of them where it has none.
    """

    fact: Claim | Settlement | LiabilityOrder | OtherMoney
    on: dt.date
    text: str
    page: str
    has_page: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Everything on the page that is a fact of its own and can be struck out."""

    decisions: list[Shown[Decision]]
    services: list[Shown[ServicePeriod]]
    schedules: list[Shown[Schedule]]
    openings: list[Shown[OpeningBalance]]
    adjustments: list[Shown[Adjustment]]
    apart: list[Apart]


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
        openings=_with_amount(((one, say("Carried over")) for one in facts.openings), marked),
        adjustments=_with_amount(((one, money_words.ADJUSTMENTS[one.kind]) for one in facts.adjustments), marked),
        apart=sorted(_apart(facts), key=lambda one: (one.on, one.fact.id)),
    )


def _apart(facts: CaseFacts) -> Iterator[Apart]:
    for claim in facts.claims:
        text = say("Claim: {amount}. {claims}", amount=pounds(claim.amount), claims=money_words.CLAIMS[claim.kind])
        yield Apart(fact=claim, on=claim.paid_on, text=text, page="arrears:claim")
    for deal in facts.settlements:
        text = say(
            "Settlement: {amount} instead of {arrears}", amount=pounds(deal.amount), arrears=pounds(deal.arrears)
        )
        yield Apart(fact=deal, on=deal.offered_on, text=text, page="arrears:settlement")
    for order in facts.orders:
        text = say(
            "Liability order: {amount} for {from_on} to {to_on}",
            amount=pounds(order.amount),
            from_on=day(order.from_on),
            to_on=day(order.to_on),
        )
        yield Apart(fact=order, on=order.granted_on, text=text, page="arrears:order")
    for money in facts.other_money:
        text = f"{money_words.OTHER_MONEY[money.kind]}: {pounds(money.amount)}"
        yield Apart(fact=money, on=money.on, text=text, page="arrears:other-money", has_page=False)


def _shown(fact: F, word: str) -> Shown[F]:
    return Shown(fact=fact, word=word, inferred=notes.is_inferred(fact.note))


M = TypeVar("M", OpeningBalance, Adjustment)


def _with_amount(pairs: Iterable[tuple[M, str]], marked: frozenset[int]) -> list[Shown[M]]:
    return [
        Shown(fact=one, word=word, inferred=notes.is_inferred(one.note) or one.amount in marked) for one, word in pairs
    ]
