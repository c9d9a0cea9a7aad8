"""One record from which every kind of letter can be made, and what a person would answer in each."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace

from arrears.core.case_values import ContactKind, Direction
from arrears.core.facts import Plan, Statement
from arrears.core.other_facts import Budget, BudgetCategory, BudgetLine, Every, Settlement, Step, StepKind
from cases.core.facts import Frequency, Perspective
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.letters.asks import Answer
from correspondence.core.letters.kind import Record, SentLetter
from tests.unit.arrears.build import case, day, decision, payment, schedule, service
from tests.unit.correspondence.letters import collecting
from tests.unit.correspondence.letters.build import record

ON = day("2025-07-10")
CALL_ID, PROMISE_ID, CASE_ID = (uuid.UUID(int=place) for place in (1, 2, 3))

CALL = ContactSeen(
    id=CALL_ID, case_id=CASE_ID, at_date=day("2025-06-20"), at_time=dt.time(10, 15), kind=ContactKind.CALL,
    direction=Direction.OUT, party="CMS", spoke_to="Daniel", reference="C-20", summary="I asked about the arrears.",
    promises=(
        PromiseSeen(
            id=PROMISE_ID, case_id=CASE_ID, contact_id=CALL_ID, made_on=day("2025-06-20"), party="CMS",
            text="Ring me back", due_on=day("2025-06-27"),
        ),
    ),
)  # fmt: skip

LETTERS = (
    SentLetter(
        id=uuid.UUID(int=11), kind="complaint", heading="Complaint", dated_on=day("2025-03-03"),
        posted_on=day("2025-03-04"), reply_by=day("2025-03-24"),
    ),
    SentLetter(
        id=uuid.UUID(int=12), kind="missed-payments", heading="Report of a missed payment", dated_on=day("2025-04-14"),
        posted_on=day("2025-04-14"), reply_by=day("2025-05-08"), due_days=frozenset({day("2025-04-03")}),
    ),
)  # fmt: skip

BUDGET = Budget(
    on=day("2025-07-01"),
    id="budget",
    lines=(
        BudgetLine(category=BudgetCategory.WAGES, amount=42000, every=Every.WEEK),
        BudgetLine(category=BudgetCategory.RENT_OR_MORTGAGE, amount=70000, every=Every.MONTH),
        BudgetLine(category=BudgetCategory.ONGOING_MAINTENANCE, amount=26000, every=Every.MONTH),
        BudgetLine(category=BudgetCategory.FOOD_AND_HOUSEHOLD, amount=8500, every=Every.WEEK),
    ),
)

OFFERED = Settlement(
    offered_on=day("2025-06-01"), arrears=80000, amount=50000, recorded_on=day("2025-06-01"),
    pay_by=day("2025-08-01"), id="offered",
)  # fmt: skip

LATE = Settlement(
    offered_on=day("2025-01-10"), arrears=30000, amount=20000, recorded_on=day("2025-01-10"),
    pay_by=day("2025-05-01"), id="late",
    steps=(Step(kind=StepKind.AGREED, on=day("2025-02-01"), recorded_on=day("2025-02-01"), amount=10000, id="late-1"),),
)  # fmt: skip


def example(perspective: Perspective, *, collects: bool = False) -> Record:
    """A record of five months with something of everything."""
    facts = case(
        decision("60.00", "2025-01-03"),
        decision("75.00", "2025-03-03", told="2025-05-20"),
        schedule("monthly", "2025-02-03"),
        service("collect_and_pay" if collects else "direct_pay", "2025-01-06"),
        payment("260.00", "2025-02-03", name="full"),
        payment("200.00", "2025-03-22", name="short"),
        perspective=perspective.value,
    )
    plan = Plan(
        agreed_on=day("2025-05-01"), first_payment_on=day("2025-05-15"), frequency=Frequency.MONTHLY, total=28000,
        arrears_part=2000, id="plan", cms_word="agreement",
    )  # fmt: skip
    stated = Statement(
        stated_on=day("2025-06-02"), as_at=day("2025-06-01"), amount=100000, source="Letter of 2 June", id="stated"
    )
    whole = replace(facts, plans=(plan,), statements=(stated,), budgets=(BUDGET,), settlements=(OFFERED, LATE))
    return record(whole, ON, contacts=(CALL,), letters=LETTERS)


_PLAN = {"arrears": 120000, "part": 6000, "ongoing": 26000, "every": "monthly", "first_on": day("2025-08-03")}

EVENTS = (f"c-{CALL_ID}", f"p-{PROMISE_ID}", f"l-{LETTERS[1].id}")

_STORY = {
    "says_owed": "yes",
    "grounds": ("delay", "figure"), "other_ground": "The tone of a call", "effect": "I could not pay the rent in May.",
    "story": "I asked for an account.\n\nNobody answered.", "put_right": "A meeting with a manager.",
}  # fmt: skip

_ACTION = {"action": "A deduction from my earnings", "action_on": day("2025-06-25")}

#: What a person answers beyond what the form has chosen already, by the kind's code.
SAMPLES: dict[str, Callable[[Record], dict[str, Answer]]] = {
    "missed-payments": lambda of: {"nothing_came": ("2025-05-03",), "ask_collect": "yes"},
    "proof-of-payment": lambda of: {"payments": ("full", "short"), "shows_towards": "yes"},
    "plan-offer": lambda of: _PLAN | {"reason": "My hours were cut in May."},
    "joint-plan": lambda of: _PLAN | {"other": "Paul Reed"},
    "part-payment-offer": lambda of: {"comes_from": "savings", "reason": "I cannot work this year."},
    "part-payment-reply": lambda of: {"answer": "i_agree", "words": "Only if it is paid in one sum."},
    "part-payment-chase": lambda of: {"words": "I have heard nothing since."},
    "write-off-reply": lambda of: {
        "notice_on": day("2025-06-20"), "received_on": day("2025-06-23"), "amount": 45000,
        "from_on": day("2014-01-06"), "to_on": day("2016-02-01"), "notice_reason": "The case has closed.",
        "words": "The paying parent has work.", "welfare": "It would pay for school shoes.",
    },
    "offset": lambda of: {
        "basis": "paid_for_the_home", "amount": 30000, "evidence": ("Bank statements",),
    } | ({"agrees": "yes"} if of.perspective is Perspective.RECEIVING else {}),
    "estate": lambda of: {"name": "P. Reed", "died_on": day("2025-06-01"), "executor": "A solicitor"},
    "csa-debt": lambda of: {"amount": 130000, "told_on": day("2025-05-05"), "words": "I have the old letters."},
    "variation": lambda of: {
        "grounds": ("contact",) if of.perspective is Perspective.PAYING else ("unearned",),
        "weekly": 2500 if of.perspective is Perspective.PAYING else 6000,
        "words": "It began in May.", "evidence": ("What shows it, since May",),
    },
    "change-of-circumstances": lambda of: {
        "what": ("nights",), "from_on": day("2025-07-01"), "words": "Three nights a week since July.",
    } | ({"before": 40000, "now": 28000} if of.perspective is Perspective.PAYING else {}),
    "subject-access": lambda of: {
        "since": day("2024-02-01"), "calls": (str(CALL_ID),), "national_insurance": "qq 12 34 56 c",
        "born_on": day("1989-04-09"),
    },
    "complaint": lambda of: _STORY | {
        "events": EVENTS, "figure": "stated", "also_decision": "yes", "decision": "decision 75.00 2025-03-03",
        "why_wrong": "It counts two nights, and there were three.", "late_because": "The letter came while I was ill.",
    },
    "complaint-escalation": lambda of: {
        "unanswered": "Nobody has told me how the figure came about.", "events": EVENTS, "answer": "came",
        "replied_on": day("2025-04-01"), "put_right": "A meeting with a manager.",
    },
    "independent-case-examiner": lambda of: _STORY | {
        "events": EVENTS, "final_on": day("2025-05-30"), "remains": "It does not explain the figure.",
        "national_insurance": "QQ123456C", "adjustments": "Large print.",
    },
    "mp": lambda of: _STORY | {
        "reader": "Jane Smith MP", "events": EVENTS, "figure": "stated", "help": ("raise", "figures"),
        "own": "Please ask the minister.", "ombudsman": "yes", "examined_on": day("2025-06-30"),
    },
    "mandatory-reconsideration": lambda of: {
        "faults": ("income", "nights"), "other_fault": "The rounding", "why_wrong": "My payslips show less.",
        "should_be": 6850, "evidence": ("Payslips, March to May 2025",), "to_come": "A letter from the school",
        "late_because": "The letter came while I was ill.",
    },
    "compensation": lambda of: _STORY | {
        "events": EVENTS, "cost": 3600, "costs": ("Bank charges in May 2025, £36",), "asked": 15000,
    },
    "parallel-action": lambda of: {
        "why": "There is a second job since May.", "effect": "There is no money for shoes.", "mp": "Jane Smith MP",
        "events": EVENTS, "says_owed": "yes",
    } | (_ACTION if of.perspective is Perspective.PAYING else {}),
    "authority": lambda of: {
        "representative": "Ada Ward", "organisation": "Citizens Advice Leeds", "address": ("1 High Street", "Leeds"),
        "until": "day", "ends_on": day("2026-01-31"), "attorney": "yes", "attorney_on": day("2020-03-02"),
    },
} | collecting.SAMPLES  # fmt: skip


def example_for(code: str, perspective: Perspective) -> Record:
    """A record from which a kind can be made: the common one, unless its own has to be another."""
    return collecting.EXAMPLES.get(code, example)(perspective)
