"""The paying parent's offer of a repayment plan, with the budget that it rests on."""

import datetime as dt
from dataclasses import dataclass

from arrears.core import words as money_words
from arrears.core.affordability import INCOME, afford, monthly
from arrears.core.other_facts import Budget
from cases.core.facts import Perspective
from cms_tracker.days import day
from cms_tracker.money import round_half_up
from correspondence.core.letters.asks import Answers, Ask, Option, Pick, Words, yes_no
from correspondence.core.letters.kind import Group, Kind, Record, To
from correspondence.core.letters.plan_terms import Terms, asks_of, terms_of
from correspondence.core.words import printable

NO_BUDGET = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a budget by the month, in pence."""

    label: str
    amount: int
    is_income: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """A budget by the month, in pence, each figure rounded once. ``left`` may be below nothing."""

    on: dt.date
    lines: tuple[Line, ...]
    income: int
    outgoings: int
    left: int

    @property
    def money_in(self) -> tuple[Line, ...]:
        """What comes in."""
        return tuple(one for one in self.lines if one.is_income)

    @property
    def money_out(self) -> tuple[Line, ...]:
        """What goes out."""
        return tuple(one for one in self.lines if not one.is_income)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOffer:
    """What the offer states. ``pays_meanwhile``: he pays it from the first day, before CMS answers."""

    terms: Terms
    means: Means | None
    reason: str
    pays_meanwhile: bool


def budgets_of(record: Record) -> list[Budget]:
    """The budgets on the record, the latest first."""
    return sorted(record.known.budgets, key=lambda one: one.on, reverse=True)


def budget_ask(record: Record) -> list[Ask]:
    """The question which budget goes into the letter; none where the record has none."""
    found = budgets_of(record)
    if not found:
        return []
    options = [
        Option(value=one.id, label=f"My budget of {day(one.on)}", is_ticked=place == 0)
        for place, one in enumerate(found)
    ]
    none = Option(value=NO_BUDGET, label="No budget in this letter")
    return [Pick(name="budget", label="Which budget?", needed="Choose one.", options=(*options, none))]


def means_of(record: Record, answers: Answers) -> Means | None:
    """The chosen budget by the month, or None."""
    chosen = next((one for one in budgets_of(record) if one.id == answers.text("budget")), None)
    if chosen is None:
        return None
    sums = afford(chosen.lines)
    return Means(
        on=chosen.on,
        lines=tuple(
            Line(
                label=money_words.BUDGET_CATEGORIES[one.category],
                amount=round_half_up(monthly(one)),
                is_income=one.category in INCOME,
            )
            for one in chosen.lines
        ),
        income=round_half_up(sums.income),
        outgoings=round_half_up(sums.priority + sums.other),
        left=round_half_up(sums.surplus),
    )


def _asks(record: Record) -> list[Ask]:
    return [
        *asks_of(record, arrears=record.position.outstanding),
        *budget_ask(record),
        Words(
            name="reason",
            label="Why this is what you can pay",
            help="In your own words. Leave it empty if the budget says it.",
            most=2000,
        ),
        yes_no("meanwhile", "Do you pay this from the first day, while CMS decides?", is_yes=True),
    ]


def _draft(record: Record, answers: Answers) -> PlanOffer:
    return PlanOffer(
        terms=terms_of(record, answers),
        means=means_of(record, answers),
        reason=printable(answers.text("reason")).strip(),
        pays_meanwhile=answers.is_yes("meanwhile"),
    )


KIND = Kind(
    code="plan-offer",
    number=30,
    group=Group.PLANS,
    title="Offer a repayment plan",
    purpose="Offer CMS a plan for the arrears, with your budget: each payment, how many, and when it ends.",
    needs="The arrears, what you can pay, and from when. A budget in your record makes it stronger.",
    never="It holds no account number, no employer and no address unless you write it.",
    before="CMS tells the other parent about a plan that you ask for, and they can object.",
    to=To.CMS,
    senders=frozenset({Perspective.PAYING}),
    about=PlanOffer,
    why_not=lambda record: "" if record.position.outstanding else "Your record shows no arrears today.",
    asks=_asks,
    draft=_draft,
    heading=lambda offer: "My offer of a plan to repay the arrears",
)
