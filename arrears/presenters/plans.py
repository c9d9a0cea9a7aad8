"""A plan's verdict in words and in figures."""

import datetime as dt
import uuid
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from arrears.core import rates
from arrears.core.case_values import Proposal, ProposalAnswer
from arrears.core.plan_effects import longer_by
from arrears.core.plan_review import of_proposal, whole_cost
from arrears.core.rates import Rate
from arrears.core.results import Classification, PlanVerdict
from cases.core.facts import Frequency
from cases.core.words import RATES
from cms_tracker.days import day, days
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds, round_half_up

_KINDS = {
    Frequency.WEEKLY: "weekly",
    Frequency.FORTNIGHTLY: "fortnightly",
    Frequency.FOUR_WEEKLY: "four-weekly",
    Frequency.MONTHLY: "monthly",
}
_ANSWERS = Words({ProposalAnswer.AGREED: mark("agreed to it"), ProposalAnswer.REFUSED: mark("did not agree to it")})
_NUMBERS = Words({1: mark("One"), 2: mark("Two"), 3: mark("Three")})


class Tag(NamedTuple):
    """A status: its word, the shape of its icon and its colour, in that order of weight."""

    word: str
    shape: str
    tone: str


class Figure(NamedTuple):
    """One line of a plan: what it is, and the figure as written."""

    name: str
    value: str


class Card(NamedTuple):
    """One plan among others."""

    title: str
    tag: Tag
    meaning: str
    ask: str
    ask_for: str
    figures: list[Figure]
    cleared: int | None
    verdict: PlanVerdict


class Offer(NamedTuple):
    """A plan that a person keeps: its card, and how far it has come with CMS."""

    id: uuid.UUID
    card: Card
    terms: Proposal
    sent: str
    is_agreed: bool


_TAGS = {
    Classification.AGREEMENT: Tag(mark("Within two years"), "s-paid", "good"),
    Classification.ARRANGEMENT: Tag(mark("Longer than two years"), "s-long", "warn"),
    Classification.INSUFFICIENT: Tag(mark("Not enough"), "s-part", "off"),
    Classification.NOTHING_OWED: Tag(mark("Nothing owed"), "s-paid", "good"),
}


def card(verdict: PlanVerdict, *, title: str) -> Card:
    """Put one verdict into words and figures."""
    return Card(
        title=title,
        tag=_TAGS[verdict.classification],
        meaning=_meaning(verdict),
        ask=say("Nothing") if verdict.instalment <= 0 else pounds(verdict.instalment),
        ask_for=say("left for the arrears")
        if verdict.instalment <= 0
        else say("{rates} to the arrears", rates=RATES[verdict.frequency]),
        figures=_figures(verdict),
        cleared=_cleared(verdict),
        verdict=verdict,
    )


def offer(key: uuid.UUID, terms: Proposal) -> Offer:
    """A kept plan, and how far it has come."""
    said = say("Not sent to CMS yet.")
    if terms.sent_on is not None:
        said = say("Sent to CMS on {sent_on}. ", sent_on=day(terms.sent_on))
    if terms.answered_on is not None and terms.answer is not None:
        said += say(
            "CMS {answers} on {answered_on}.", answers=_ANSWERS[terms.answer], answered_on=day(terms.answered_on)
        )
    elif terms.sent_on is not None:
        said += say("No answer is on this record yet.")
    return Offer(key, card(of_proposal(terms), title=terms.label), terms, said, terms.answer is ProposalAnswer.AGREED)


def headline(cards: Sequence[Card]) -> str:
    """Say the main thing first: one plan's length and end, or how many stand side by side."""
    if len(cards) > 1:
        return say("{numbers} plans, side by side", numbers=_NUMBERS[len(cards)])
    verdict = cards[0].verdict
    if verdict.classification is Classification.NOTHING_OWED:
        return say("Nothing is owed, so there is nothing to plan")
    if verdict.classification is Classification.INSUFFICIENT:
        return say("This plan leaves nothing for the arrears")
    return say("This plan takes {payments}", payments=payments(verdict))


def lede(cards: Sequence[Card]) -> str:
    """One sentence under the headline."""
    verdict = cards[0].verdict
    if len(cards) > 1:
        names = {
            Classification.AGREEMENT: say("within two years"),
            Classification.ARRANGEMENT: say("longer than two years"),
        }
        parts = [
            f"{one.title}: {names.get(one.verdict.classification, one.tag.word.lower())}"
            + (f", {payments(one.verdict)}" if one.verdict.payments else "")
            for one in cards
        ]
        return ". ".join(parts) + "."
    if verdict.last_payment_on is None:
        return cards[0].meaning if not verdict.payments else say("It would not end in the life of a calendar.")
    return say(
        "It would end on {last_payment_on}{after}. {meaning}",
        last_payment_on=day(verdict.last_payment_on),
        after=_after(verdict),
        meaning=cards[0].meaning,
    )


def differences(cards: Sequence[Card]) -> list[str]:
    """What each plan would change about the first one: how many payments longer or shorter."""
    found = []
    for one in cards[1:]:
        count = longer_by(cards[0].verdict, one.verdict)
        if count is not None:
            change = (
                say(
                    "{count_of} {part}",
                    count_of=count_of(abs(count), "payment"),
                    part=say("longer") if count > 0 else say("shorter"),
                )
                if count
                else say("as long")
            )
            found.append(
                say(
                    "{title} is {change} {part} {title_2}.",
                    title=one.title,
                    change=change,
                    part=say("as") if not count else say("than"),
                    title_2=cards[0].title,
                )
            )
    return found


def payments(verdict: PlanVerdict) -> str:
    """Write how many payments there are: ``97 monthly payments``."""
    count = verdict.payments or 0
    return say(
        "{count_of} {kinds} {part}",
        count_of=f"{count:,}",
        kinds=_KINDS[verdict.frequency],
        part=say("payment") if count == 1 else say("payments"),
    )


def two_year_rule(on: dt.date) -> Rate:
    """The two-year line with its source and the day it was checked."""
    rate: Rate = rates.on(on).agreement_limit_years
    return rate


def share_rule(on: dt.date) -> Rate:
    """The share of income that CMS usually expects at most, with its source."""
    rate: Rate = rates.on(on).usual_share_of_net_income
    return rate


def count_of(count: int, one: str) -> str:
    """Write a number of things: ``1 payment``, ``1,024 payments``."""
    return f"{count:,} {one if count == 1 else one + 's'}"


def span(first: dt.date, last: dt.date) -> str:
    """Write the time between two days in years and months: ``9 years and 9 months``."""
    months = (last.year - first.year) * 12 + last.month - first.month - (1 if last.day < first.day else 0)
    years, months = divmod(months, 12)
    parts = [
        f"{count} {name if count == 1 else name + 's'}" for count, name in ((years, "year"), (months, "month")) if count
    ]
    if not parts:
        return days((last - first).days)
    return " and ".join(parts)


def _meaning(verdict: PlanVerdict) -> str:
    if verdict.classification is Classification.AGREEMENT:
        return say("Within two years: CMS calls this an agreement.")
    if verdict.classification is Classification.ARRANGEMENT:
        return say("Long repayment plan: longer than two years. CMS calls this an arrangement.")
    if verdict.classification is Classification.NOTHING_OWED:
        return say("There are no arrears to clear.")
    lacks = (
        say("does not cover ongoing maintenance and any fee")
        if verdict.instalment < 0
        else say("leaves no arrears part")
    )
    return say("Each payment {lacks}. It is short by {short_by}.", lacks=lacks, short_by=pounds(verdict.short_by or 0))


def _figures(verdict: PlanVerdict) -> list[Figure]:
    """The lines of a card, in the order in which a person asks for them."""
    found = [Figure(say("Owed at the start"), pounds(verdict.arrears))]
    if verdict.payments:
        found.append(Figure(say("Payments"), f"{verdict.payments:,}"))
        found.append(
            Figure(
                say("Ends on"), day(verdict.last_payment_on) if verdict.last_payment_on else say("After the year 9999")
            )
        )
        found.append(Figure(say("Last payment"), pounds(verdict.last_payment or 0)))
    if verdict.short_by:
        found.append(Figure(say("Short by, each payment"), pounds(verdict.short_by)))
    if verdict.total is not None:
        found.append(Figure(say("Whole payment"), pounds(verdict.total)))
    if verdict.arrears:
        found.append(Figure(say("Two years would need"), pounds(verdict.needed_for_two_years)))
        found.append(Figure(say("Left at two years"), pounds(verdict.left_at_two_years)))
    if verdict.review_on is not None and verdict.arrears:
        needed = verdict.needed_by_review
        name = say("To clear by {review_on}", review_on=day(verdict.review_on))
        found.append(Figure(name, say("No payment falls by then") if needed is None else pounds(needed)))
    if verdict.share_of_net_income is not None:
        name = say("Share of net income") if verdict.total is not None else say("Arrears part, share of net income")
        found.append(Figure(name, f"{round_half_up(verdict.share_of_net_income * 100):,}%"))
    cost = whole_cost(verdict)
    if cost is not None and cost != verdict.arrears and verdict.last_payment_on is not None:
        name = say("With ongoing maintenance until {year}", year=verdict.last_payment_on.year)
        found.append(Figure(name, pounds(cost)))
    return found


def _cleared(verdict: PlanVerdict) -> int | None:
    """The whole percent of the arrears that is gone at two years."""
    if not verdict.arrears or verdict.classification is Classification.INSUFFICIENT:
        return None
    share = round_half_up(Fraction((verdict.arrears - verdict.left_at_two_years) * 100, verdict.arrears))
    return min(share, 99) if verdict.left_at_two_years else 100


def _after(verdict: PlanVerdict) -> str:
    last = verdict.last_payment_on
    if last is None or last == verdict.first_payment_on:
        return ""
    return say(", {span} after it began", span=span(verdict.first_payment_on, last))
