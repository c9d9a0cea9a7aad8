"""The terms of a repayment plan as a letter states them, worked out by the engine's plan check."""

import datetime as dt
from dataclasses import dataclass

from arrears.core import plans
from arrears.core.position import next_due
from arrears.core.results import Classification
from cases.core.facts import Frequency
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import Answers, Ask, Day, Money, Option, Pick
from correspondence.core.letters.kind import Record

EVERY = {
    Frequency.WEEKLY: "every week",
    Frequency.FORTNIGHTLY: "every 2 weeks",
    Frequency.FOUR_WEEKLY: "every 4 weeks",
    Frequency.MONTHLY: "every month",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A plan in figures: pence and days.

    ``arrears`` is what it clears, on ``arrears_on``; ``is_by_record``: the record shows the same.
    Each payment is ``total``: ``part`` for the arrears and ``ongoing`` for what falls due.
    ``is_agreement``: the last payment falls within two years of the first (CMS policy, not law).
    """

    arrears: int
    arrears_on: dt.date
    part: int
    ongoing: int
    total: int
    every: str
    first_on: dt.date
    payments: int
    last_on: dt.date
    last: int
    is_agreement: bool
    two_years_on: dt.date
    needed_for_two_years: int
    is_by_record: bool

    @property
    def is_one_payment(self) -> bool:
        """Say whether the first payment is also the last."""
        return self.payments == 1


def asks_of(record: Record, *, arrears: int) -> list[Ask]:
    """The questions about a plan: what it clears, each payment, how often, from when."""
    due = next_due(record.facts, after=record.on, known_on=record.on)
    often = (
        Option(value=one.value, label=words.capitalize(), is_ticked=one is Frequency.MONTHLY)
        for one, words in EVERY.items()
    )
    return [
        Money(
            name="arrears",
            label="Arrears that the plan pays off",
            help="What your record shows today. Change it if you and CMS agree on another figure.",
            needed="Enter the arrears, like 1,200.00.",
            initial=arrears or None,
        ),
        Money(
            name="part",
            label="Towards the arrears in each payment",
            needed="Enter what goes to the arrears each time, like 50.00.",
        ),
        Money(
            name="ongoing",
            label="Regular maintenance in each payment",
            help="Enter 0 if nothing falls due any more. A plan has to cover regular maintenance too.",
            needed="Enter the regular maintenance, or 0.",
            at_least=0,
            initial=due.amount if due else 0,
        ),
        Pick(name="every", label="How often?", needed="Choose how often.", options=tuple(often)),
        Day(
            name="first_on",
            label="First payment on",
            what="the day of the first payment",
            is_ahead=True,
            needed="Enter the day of the first payment, like 1 2 2027.",
        ),
    ]


def terms_of(record: Record, answers: Answers) -> Terms:
    """The terms as they were answered. Raises Refusal where they are no plan that ends."""
    arrears, part = answers.number("arrears") or 0, answers.number("part") or 0
    ongoing, first_on = answers.number("ongoing") or 0, answers.day("first_on")
    if first_on is None or first_on < record.on:
        raise Refusal(say("The first payment has to be today or later."), field="first_on")
    if part > arrears:
        raise Refusal(say("One payment would be more than the arrears. Enter less."), field="part")
    frequency = Frequency(answers.text("every"))
    verdict = plans.check(
        arrears=arrears, first_payment_on=first_on, frequency=frequency, total=part + ongoing, ongoing=ongoing
    )
    if not verdict.payments or verdict.last_payment_on is None or verdict.last_payment is None:
        raise Refusal(say("This plan would never end. Enter more towards the arrears."), field="part")
    return Terms(
        arrears=arrears,
        arrears_on=record.on,
        part=part,
        ongoing=ongoing,
        total=part + ongoing,
        every=EVERY[frequency],
        first_on=first_on,
        payments=verdict.payments,
        last_on=verdict.last_payment_on,
        last=verdict.last_payment,
        is_agreement=verdict.classification is Classification.AGREEMENT,
        two_years_on=verdict.second_anniversary,
        needed_for_two_years=verdict.needed_for_two_years,
        is_by_record=arrears == record.position.outstanding,
    )
