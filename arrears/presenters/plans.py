"""A plan's verdict in words, in figures and as a bar."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from arrears.core import rates
from arrears.core.plan_review import Followed, PlanReview, whole_cost
from arrears.core.rates import Rate
from arrears.core.results import Classification, PlanState, PlanVerdict
from cases.core.facts import Frequency
from cases.core.roles import Role
from cases.core.words import RATES
from cms_tracker.days import day, days
from cms_tracker.money import pounds, round_half_up

_KINDS = {
    Frequency.WEEKLY: "weekly",
    Frequency.FORTNIGHTLY: "fortnightly",
    Frequency.FOUR_WEEKLY: "four-weekly",
    Frequency.MONTHLY: "monthly",
}
_GIVEN_TO = {Role.OWNER: "you", Role.HELPER: "the parent", Role.ADVISER: "your client"}
_NUMBERS = {1: "One", 2: "Two", 3: "Three"}
_LONGEST_AXIS = 25  # years; a longer bar is drawn full, its length stands beside it in words


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


class Bar(NamedTuple):
    """One bar: where it stands in the picture, in pixels down and percent across."""

    title: str
    length: str
    took: str
    ends: str
    width: str
    text_y: int
    bar_y: int
    mark_top: int
    mark_bottom: int


class Chart(NamedTuple):
    """How long each plan takes. Everything in it also stands in its table."""

    bars: list[Bar]
    two_years: str
    height: int
    axis_y: int
    middle: str
    middle_years: int
    years: int
    has_start: bool
    summary: str


class Standing(NamedTuple):
    """How a plan is kept, on two ledgers apart."""

    tag: Tag
    lines: list[str]


class CmsPlan(NamedTuple):
    """A plan that CMS put in place: its card, CMS's own word beside ours, and what the record adds."""

    card: Card
    review: PlanReview
    cms_word: str
    standing: Standing
    on_figures: list[str]
    compared: str


_TAGS = {
    Classification.AGREEMENT: Tag("Within two years", "s-paid", "good"),
    Classification.ARRANGEMENT: Tag("Longer than two years", "s-long", "warn"),
    Classification.INSUFFICIENT: Tag("Not enough", "s-part", "off"),
    Classification.NOTHING_OWED: Tag("Nothing owed", "s-paid", "good"),
}
_STATES = {
    PlanState.NOT_STARTED: Tag("Not begun yet", "s-due", ""),
    PlanState.KEPT: Tag("Kept so far", "s-paid", "good"),
    PlanState.AT_RISK: Tag("A payment is late", "s-late", "warn"),
    PlanState.BROKEN: Tag("Not kept", "s-missed", "off"),
    PlanState.VARIED: Tag("Replaced by a later plan", "s-due", ""),
    PlanState.COMPLETED: Tag("Completed", "s-paid", "good"),
}


def card(verdict: PlanVerdict, *, title: str) -> Card:
    """Put one verdict into words and figures."""
    return Card(
        title=title,
        tag=_TAGS[verdict.classification],
        meaning=_meaning(verdict),
        ask="Nothing" if verdict.instalment <= 0 else pounds(verdict.instalment),
        ask_for="left for the arrears" if verdict.instalment <= 0 else f"{RATES[verdict.frequency]} to the arrears",
        figures=_figures(verdict),
        cleared=_cleared(verdict),
        verdict=verdict,
    )


def headline(cards: Sequence[Card]) -> str:
    """Say the main thing first: one plan's length and end, or how many stand side by side."""
    if len(cards) > 1:
        return f"{_NUMBERS[len(cards)]} plans, side by side"
    verdict = cards[0].verdict
    if verdict.classification is Classification.NOTHING_OWED:
        return "Nothing is owed, so there is nothing to plan"
    if verdict.classification is Classification.INSUFFICIENT:
        return "This plan leaves nothing for the arrears"
    return f"This plan takes {payments(verdict)}"


def lede(cards: Sequence[Card]) -> str:
    """One sentence under the headline."""
    verdict = cards[0].verdict
    if len(cards) > 1:
        names = {Classification.AGREEMENT: "within two years", Classification.ARRANGEMENT: "longer than two years"}
        parts = [
            f"{one.title}: {names.get(one.verdict.classification, one.tag.word.lower())}"
            + (f", {payments(one.verdict)}" if one.verdict.payments else "")
            for one in cards
        ]
        return ". ".join(parts) + "."
    if verdict.last_payment_on is None:
        return cards[0].meaning if not verdict.payments else "It would not end in the life of a calendar."
    return f"It would end on {day(verdict.last_payment_on)}{_after(verdict)}. {cards[0].meaning}"


def payments(verdict: PlanVerdict) -> str:
    """Write how many payments there are: ``97 monthly payments``."""
    count = verdict.payments or 0
    return f"{count:,} {_KINDS[verdict.frequency]} {'payment' if count == 1 else 'payments'}"


def chart(cards: Sequence[Card]) -> Chart | None:
    """Draw how long each plan with an end takes, beside the line of two years. None where none ends."""
    ending = [(one, one.verdict.last_payment_on) for one in cards if one.verdict.last_payment_on is not None]
    if not ending:
        return None
    days = [(last - one.verdict.first_payment_on).days for one, last in ending]
    years = min(max(3, -(-max(days) * 4 // 1461)), _LONGEST_AXIS)
    bars = [
        Bar(
            title=one.title,
            length=payments(one.verdict),
            took=span(one.verdict.first_payment_on, last),
            ends=day(last),
            width=_percent(Fraction(length * 4, years * 1461)),
            text_y=15 + 46 * place,
            bar_y=23 + 46 * place,
            mark_top=19 + 46 * place,
            mark_bottom=41 + 46 * place,
        )
        for place, ((one, last), length) in enumerate(zip(ending, days, strict=True))
    ]
    middle = (years + 2) // 2
    return Chart(
        bars=bars,
        two_years=_percent(Fraction(2, years)),
        height=40 + 46 * len(bars),
        axis_y=32 + 46 * len(bars),
        middle=_percent(Fraction(middle, years)) if years >= 6 else "",
        middle_years=middle,
        years=years,
        has_start=years <= 10,
        summary=" ".join(f"{bar.title}: {bar.length}, until {bar.ends}." for bar in bars),
    )


def cms_plan(review: PlanReview, *, reader: Role) -> CmsPlan:
    """A plan on the record, in words for somebody who stands to the case like this."""
    plan = review.plan
    return CmsPlan(
        card=card(review.verdict, title=f"Plan of {plan.first_payment_on:%B %Y}"),
        review=review,
        cms_word=plan.cms_word,
        standing=_standing(review),
        on_figures=[
            f"On the figure given to {_GIVEN_TO[reader]}, {pounds(one.statement.amount)} "
            f"({day(one.statement.stated_on)}), the same payments would be {one.verdict.payments:,} from the start."
            for one in review.on_figures
            if one.verdict.payments
        ],
        compared=_compared(review, review.followed),
    )


def two_year_rule(on: dt.date) -> Rate:
    """The two-year line with its source and the day it was checked."""
    rate: Rate = rates.on(on).agreement_limit_years
    return rate


def share_rule(on: dt.date) -> Rate:
    """The share of income that CMS usually expects at most, with its source."""
    rate: Rate = rates.on(on).usual_share_of_net_income
    return rate


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
        return "Within two years: CMS calls this an agreement."
    if verdict.classification is Classification.ARRANGEMENT:
        return "Long repayment plan: longer than two years. CMS calls this an arrangement."
    if verdict.classification is Classification.NOTHING_OWED:
        return "There are no arrears to clear."
    lacks = "does not cover ongoing maintenance and any fee" if verdict.instalment < 0 else "leaves no arrears part"
    return f"Each payment {lacks}. It is short by {pounds(verdict.short_by or 0)}."


def _figures(verdict: PlanVerdict) -> list[Figure]:
    """The lines of a card, in the order in which a person asks for them."""
    found = [Figure("Owed at the start", pounds(verdict.arrears))]
    if verdict.payments:
        found.append(Figure("Payments", f"{verdict.payments:,}"))
        found.append(
            Figure("Ends on", day(verdict.last_payment_on) if verdict.last_payment_on else "After the year 9999")
        )
        found.append(Figure("Last payment", pounds(verdict.last_payment or 0)))
    if verdict.short_by:
        found.append(Figure("Short by, each payment", pounds(verdict.short_by)))
    if verdict.total is not None:
        found.append(Figure("Whole payment", pounds(verdict.total)))
    if verdict.arrears:
        found.append(Figure("Two years would need", pounds(verdict.needed_for_two_years)))
        found.append(Figure("Left at two years", pounds(verdict.left_at_two_years)))
    if verdict.review_on is not None and verdict.arrears:
        needed = verdict.needed_by_review
        name = f"To clear by {day(verdict.review_on)}"
        found.append(Figure(name, "No payment falls by then" if needed is None else pounds(needed)))
    if verdict.share_of_net_income is not None:
        name = "Share of net income" if verdict.total is not None else "Arrears part, share of net income"
        found.append(Figure(name, f"{round_half_up(verdict.share_of_net_income * 100):,}%"))
    cost = whole_cost(verdict)
    if cost is not None and cost != verdict.arrears:
        found.append(Figure("Paid by the end, in all", pounds(cost)))
    return found


def _cleared(verdict: PlanVerdict) -> int | None:
    """The whole percent of the arrears that is gone at two years."""
    if not verdict.arrears or verdict.classification is Classification.INSUFFICIENT:
        return None
    share = round_half_up(Fraction((verdict.arrears - verdict.left_at_two_years) * 100, verdict.arrears))
    return min(share, 99) if verdict.left_at_two_years else 100


def _standing(review: PlanReview) -> Standing:
    at = review.standing
    lines = []
    if at.payments_due:
        due = f"{at.payments_due:,} {'payment' if at.payments_due == 1 else 'payments'}"
        by = "" if at.ended_on else f" by {day(review.stands_on)}"
        lines.append(
            f"{due} fell due{by}: {pounds(at.arrears_paid)} of {pounds(at.arrears_asked)} came for the arrears."
        )
        lines.append(
            f"Ongoing maintenance is short by {pounds(at.ongoing_short)}."
            if at.ongoing_short
            else "Ongoing maintenance was covered in that time."
        )
    if at.ended_on is not None:
        lines.append(f"A later plan took its place on {day(at.ended_on)}.")
    return Standing(_STATES[at.state], lines)


def _compared(review: PlanReview, followed: Followed | None) -> str:
    """Say what a plan changed about the one before it."""
    if followed is None or followed.verdict.payments is None or review.verdict.payments is None:
        return ""
    before = f"At {pounds(followed.plan.arrears_part)} {RATES[followed.plan.frequency]}, as before,"
    if followed.longer_by is None or not followed.longer_by:
        ends = followed.verdict.last_payment_on
        return f"{before} it would have ended on {day(ends)}." if ends else ""
    count = abs(followed.longer_by)
    words = f"{count:,} {'payment' if count == 1 else 'payments'} {'longer' if followed.longer_by > 0 else 'shorter'}"
    return f"{before} {followed.verdict.payments:,} payments were left. This plan made it {words}."


def _after(verdict: PlanVerdict) -> str:
    last = verdict.last_payment_on
    if last is None or last == verdict.first_payment_on:
        return ""
    return f", {span(verdict.first_payment_on, last)} after it began"


def _percent(share: Fraction) -> str:
    """Write a share of the picture's width as a percentage with two decimals, at most all of it."""
    hundredths = min(round_half_up(share * 10_000), 10_000)
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
