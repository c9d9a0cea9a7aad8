"""The paying parent cannot pay the amount towards arrears: his budget, what he can pay, and since when.

What is taken must leave enough to live on, and priority bills come first (GOV.UK, Unpaid child
maintenance: if you cannot pay the full amount). Ongoing maintenance is always covered: another
letter is for income that has changed.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from arrears.core import affordability, plan_review, plans
from arrears.core.affordability import INCOME, PRIORITY, Affordability
from arrears.core.other_facts import Budget, BudgetLine
from arrears.core.plan_effects import WEEKS
from arrears.core.plan_review import PlanReview
from arrears.core.words import BUDGET_CATEGORIES
from cases.core.facts import Frequency, Nation, Perspective
from cases.core.words import RATES
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds, round_half_up
from cms_tracker.refusal import Refusal
from correspondence.core.letters import plan_length
from correspondence.core.letters.asks import Answers, Ask, Day, Money, Option, Pick, PickMany, Words, yes_no
from correspondence.core.letters.kind import Group, Kind, Record, To
from correspondence.core.letters.plan_length import Length
from correspondence.core.words import printable

NO_PLAN = "none"
_PAPERS = {
    "payslips": "Payslips",
    "benefits": "Benefit letters",
    "bank": "Bank statements",
    "rent": "Tenancy agreement or mortgage statement",
    "bills": "Household bills",
    "debts": "Letters about other debts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRow:
    """A line of the budget by the month, in pence, rounded once."""

    what: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardship:
    """What the request states. Amounts in pence.

    ``asked`` is what CMS asks for now towards arrears, each time; ``offered`` what can be paid from
    ``from_on``; ``length`` what that comes to on what is ``owed``. The budget is by the month, of ``budget_on``.
    """

    owed: int
    frequency: Frequency
    asked: int
    asked_since: dt.date | None
    ongoing: int
    offered: int
    length: Length
    reason: str
    budget_on: dt.date
    income: tuple[BudgetRow, ...]
    priority: tuple[BudgetRow, ...]
    other: tuple[BudgetRow, ...]
    income_sum: int
    priority_sum: int
    other_sum: int
    surplus: int
    has_children: bool
    is_great_britain: bool
    papers: tuple[str, ...] = ()

    @property
    def each(self) -> str:
        """How often, as it follows an amount: "a month"."""
        return RATES[self.frequency]

    @property
    def lacking(self) -> int:
        """What is missing each month, in pence; 0 where the budget leaves something."""
        return max(-self.surplus, 0)

    @property
    def whole(self) -> int:
        """The whole payment that is offered each time, maintenance that falls due included."""
        return self.offered + self.ongoing


def _running(record: Record) -> list[PlanReview]:
    return [one for one in plan_length.reviews(record) if plan_length.is_running(one)]


def _budgets(record: Record) -> list[Budget]:
    return sorted((one for one in record.known.budgets if one.lines), key=lambda one: (one.on, one.id), reverse=True)


def _asks(record: Record) -> list[Ask]:
    return [
        *_about_now(record),
        _budget_to_choose(record),
        *_about_the_offer(record),
        yes_no("has_children", "Do children live with you?", help="CMS must think of their welfare as well."),
        PickMany(
            name="papers",
            label="What you send with it",
            help="Copies, never the only one you have. Cover account numbers that nobody needs.",
            options=tuple(Option(value=key, label=words) for key, words in _PAPERS.items()),
        ),
    ]


def _about_now(record: Record) -> list[Ask]:
    """What CMS asks for now: a plan of the record, or two amounts a month."""
    return [
        plan_length.pick(
            _running(record),
            label="What does CMS ask for now?",
            also=(Option(value=NO_PLAN, label="An amount a month that is not in your record"),),
        ),
        Money(
            name="asked",
            label="How much a month, for arrears?",
            help="Only the part for arrears, without the maintenance that falls due.",
            needed="Enter what CMS asks for each month towards arrears.",
            what="what CMS asks for",
            opened_by=("plan", NO_PLAN),
        ),
        Money(
            name="ongoing",
            label="How much a month, for the maintenance that falls due?",
            help="With its fee, if you pay through CMS. You go on paying this in full.",
            needed="Enter the maintenance that falls due each month.",
            what="the maintenance that falls due",
            opened_by=("plan", NO_PLAN),
        ),
    ]


def _budget_to_choose(record: Record) -> Pick:
    budgets = _budgets(record)
    return Pick(
        name="budget",
        label="Which budget goes with it?",
        help=_budget_help(budgets),
        needed="Choose a budget.",
        options=tuple(
            Option(value=one.id, label=f"Your budget of {day(one.on)}", is_ticked=place == 0)
            for place, one in enumerate(budgets[:12])
        ),
    )


def _about_the_offer(record: Record) -> list[Ask]:
    return [
        Money(
            name="offered",
            label="How much can you pay towards arrears each time?",
            help="As often as you pay now. Choose an amount that you can keep to.",
            needed="Enter what you can pay towards arrears.",
            what="what you can pay",
        ),
        Day(
            name="from_on",
            label="From when?",
            needed="Enter the day of the first lower payment.",
            what="the first lower payment",
            is_ahead=True,
            initial=_next_payment(record),
        ),
        Words(
            name="reason",
            label="Why you cannot pay the amount",
            help="What has changed, and since when.",
            needed="Say why you cannot pay the amount.",
            most=3000,
            rows=5,
        ),
    ]


def _budget_help(budgets: list[Budget]) -> str:
    if not budgets:
        return ""
    left = _pence(affordability.afford(budgets[0].lines).surplus)
    if left < 0:
        return f"The newest is {pounds(-left)} a month short before anything goes to arrears."
    return f"The newest leaves {pounds(left)} a month for arrears."


def _next_payment(record: Record) -> dt.date | None:
    running = _running(record)
    terms = plan_review.from_now_on(record.facts, running[0], known_on=record.on) if running else None
    return terms.next_on if terms and terms.next_on > record.on else None


def _draft(record: Record, answers: Answers) -> Hardship:
    frequency, asked, ongoing, since = _asked(record, answers)
    budget = next((one for one in _budgets(record) if one.id == answers.text("budget")), None)
    if budget is None:
        raise Refusal(say("Choose a budget."), field="budget")
    reason = printable(answers.text("reason")).strip()
    if not reason:
        raise Refusal(say("Say why you cannot pay the amount."), field="reason")
    found = affordability.afford(budget.lines)
    offered, from_on = answers.number("offered") or 0, answers.day("from_on") or record.on
    _refuse_bad_offer(offered, asked, found, frequency)
    verdict = plans.check(
        arrears=record.position.outstanding, first_payment_on=from_on, frequency=frequency, instalment=offered
    )
    return Hardship(
        owed=record.position.outstanding,
        frequency=frequency,
        asked=asked,
        asked_since=since,
        ongoing=ongoing,
        offered=offered,
        length=plan_length.length_of(verdict),
        reason=reason,
        budget_on=budget.on,
        income=_rows(budget, lambda one: one.category in INCOME),
        priority=_rows(budget, lambda one: one.category in PRIORITY),
        other=_rows(budget, lambda one: one.category not in {*INCOME, *PRIORITY}),
        income_sum=_pence(found.income),
        priority_sum=_pence(found.priority),
        other_sum=_pence(found.other),
        surplus=_pence(found.surplus),
        has_children=answers.is_yes("has_children"),
        is_great_britain=record.nation is not Nation.NORTHERN_IRELAND,
        papers=tuple(words for key, words in _PAPERS.items() if key in answers.many("papers")),
    )


def _asked(record: Record, answers: Answers) -> tuple[Frequency, int, int, dt.date | None]:
    """How often, what towards arrears, what for the maintenance that falls due, and since when."""
    if answers.text("plan") == NO_PLAN:
        return Frequency.MONTHLY, answers.number("asked") or 0, answers.number("ongoing") or 0, None
    review = plan_length.chosen(_running(record), answers.text("plan"))
    if review is None:
        raise Refusal(say("Choose what CMS asks for now."), field="plan")
    terms = plan_length.terms_of(review)
    return terms.frequency, terms.arrears_part, terms.ongoing, terms.first_payment_on


def _refuse_bad_offer(offered: int, asked: int, budget: Affordability, frequency: Frequency) -> None:
    """Refuse an offer that is none, or that the budget cannot carry."""
    if offered >= asked:
        raise Refusal(say("This is not less than the {asked} that CMS asks for.", asked=pounds(asked)), field="offered")
    if not budget.ongoing:
        raise Refusal(say("This budget has no line for ongoing child maintenance. Add it first."), field="budget")
    left = int(max(budget.surplus, Fraction(0)) * WEEKS[frequency] / WEEKS[Frequency.MONTHLY])
    if 0 < left < offered:
        words = f"Your budget leaves {pounds(left)} {RATES[frequency]}. Offer that or less, or change the budget."
        raise Refusal(words, field="offered")


def _rows(budget: Budget, is_here: Callable[[BudgetLine], bool]) -> tuple[BudgetRow, ...]:
    return tuple(
        BudgetRow(what=BUDGET_CATEGORIES[one.category], amount=_pence(affordability.monthly(one)))
        for one in budget.lines
        if is_here(one)
    )


def _pence(amount: Fraction) -> int:
    return round_half_up(amount)


def _why_not(record: Record) -> str:
    if not record.position.outstanding:
        return "Your record shows nothing owed, so there is no amount towards arrears to lower."
    if not _budgets(record):
        return "First write down your budget. The letter shows it to CMS."
    return ""


KIND = Kind(
    code="hardship",
    number=16,
    group=Group.PLANS,
    title="Say that you cannot pay the amount for arrears",
    purpose="Show CMS your budget, say what you can pay towards the arrears, and keep paying that meanwhile.",
    needs="A budget in your record, and what CMS asks for now.",
    never="No employer, no account number and nothing about a partner, unless you write it yourself.",
    before="CMS may ask you to prove each line of the budget, so check it first. Keep paying what you can: "
    "asking does not stop CMS from collecting.",
    to=To.CMS,
    senders=frozenset({Perspective.PAYING}),
    about=Hardship,
    why_not=_why_not,
    asks=_asks,
    draft=_draft,
    heading=lambda about: "I cannot pay the amount that you ask towards arrears",
    enclosures=lambda about: about.papers,
)
