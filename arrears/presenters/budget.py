"""What a budget leaves, and the offer it would carry, in words. Calm where it leaves nothing."""

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from arrears.core import rates
from arrears.core.affordability import INCOME, OTHER, PRIORITY, Affordability, Offer, afford, monthly
from arrears.core.other_facts import Budget, BudgetCategory, BudgetLine
from arrears.core.words import BUDGET_CATEGORIES, EVERY_SHORT
from arrears.presenters.plans import Card, card
from arrears.presenters.rates import ShownRate, shown
from cases.core.words import RATES
from cms_tracker.language import say
from cms_tracker.money import pounds, round_half_up


class LineRow(NamedTuple):
    """One line: what it is, as it was typed, and by the month."""

    name: str
    typed: str
    monthly: str


class Group(NamedTuple):
    """Lines that belong together, and what they come to each month."""

    title: str
    total: str
    rows: list[LineRow]


class Kept(NamedTuple):
    """A budget in a list, with what it leaves."""

    budget: Budget
    left: str


class Answer(NamedTuple):
    """A budget by the month. ``has_left``: something is left to offer; ``card`` is the plan that it would make."""

    headline: str
    lede: str
    has_left: bool
    groups: list[Group]
    offer_lines: list[str]
    card: Card | None
    share: ShownRate


def answer(lines: Sequence[BudgetLine], offer: Offer | None, *, arrears: int | None, on: dt.date) -> Answer:
    """A budget and what it carries, in words. ``arrears`` in pence, None where it was not said."""
    budget = afford(lines)
    return Answer(
        headline=_headline(budget),
        lede=_lede(budget, offer, arrears),
        has_left=budget.surplus > 0,
        groups=[
            _group(say("Money in"), lines, INCOME),
            _group(say("Bills that come first"), lines, PRIORITY),
            _group(say("Everything else"), lines, OTHER),
        ],
        offer_lines=_offer_lines(offer, on) if offer else [],
        card=card(offer.verdict, title=say("What this budget leaves")) if offer and offer.verdict else None,
        share=shown(rates.on(on).usual_share_of_net_income, on=on),
    )


def kept(budgets: Iterable[Budget]) -> list[Kept]:
    """Each budget of a record with what it leaves."""
    return [Kept(one, _headline(afford(one.lines))) for one in budgets]


def _headline(budget: Affordability) -> str:
    left = round_half_up(budget.surplus)
    if budget.surplus > 0:
        return say("{left} a month is left", left=pounds(left))
    if budget.surplus < 0:
        return say("{left} a month is missing", left=pounds(-left))
    return say("Nothing is left over")


def _lede(budget: Affordability, offer: Offer | None, arrears: int | None) -> str:
    if budget.after_priority < 0:
        return say("The bills that come first are more than what comes in. Free debt advice is the next step.")
    if budget.surplus <= 0:
        return say("More goes out than comes in, or as much. Free debt advice is the next step, before any offer.")
    if arrears == 0:
        return say("Nothing is owed, so there is nothing to offer.")
    if offer is None:
        return say("That is too little for a payment.")
    return say(
        "The most that this budget leaves for the arrears is {part} {rates}.",
        part=pounds(offer.part),
        rates=RATES[offer.frequency],
    )


def _offer_lines(offer: Offer, on: dt.date) -> list[str]:
    every, ongoing, total = RATES[offer.frequency], pounds(offer.ongoing), pounds(offer.total)
    found = [
        say("With {ongoing} of ongoing maintenance, the whole payment would be {total} {every}.",
            ongoing=ongoing, total=total, every=every)
        if offer.ongoing
        else say("This budget has no ongoing maintenance in it. If any is due, it must be covered first: add it above.")
    ]  # fmt: skip
    usual = rates.on(on).usual_share_of_net_income
    percent = f"{round_half_up(offer.share * 100):,}"
    found.append(say("The whole payment would take {percent}% of what comes in.", percent=percent))
    found[-1] += " " + _beside_the_usual(offer).format(usual=usual.percent, most=pounds(offer.usual_most), every=every)
    if offer.verdict is not None:
        needed = offer.verdict.needed_for_two_years
        more = pounds(needed - offer.part)
        words = say("To clear it within two years would need {needed} {every} for the arrears.")
        if needed > offer.part:
            words = say(
                "To clear it within two years would need {needed} {every} for the arrears: "
                "{more} more than is left. CMS can accept a longer plan."
            )
        found.append(words.format(needed=pounds(needed), every=every, more=more))
    return found


def _beside_the_usual(offer: Offer) -> str:
    if offer.total > offer.usual_most:
        return say("That is above the {usual} of net income that CMS usually expects at most, {most} {every}.")
    return say("That is within the {usual} of net income that CMS usually expects at most, {most} {every}.")


def _group(title: str, lines: Iterable[BudgetLine], of: Sequence[BudgetCategory]) -> Group:
    kept = [one for category in of for one in lines if one.category is category]
    total = sum((monthly(one) for one in kept), Fraction(0))
    rows = [
        LineRow(
            BUDGET_CATEGORIES[one.category],
            f"{pounds(one.amount)} {EVERY_SHORT[one.every]}",
            pounds(round_half_up(monthly(one))),
        )
        for one in kept
    ]
    return Group(title, pounds(round_half_up(total)), rows)
