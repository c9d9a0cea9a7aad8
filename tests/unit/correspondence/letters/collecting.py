"""Records from which the letters about payments, plans and collecting can be made, and what a person answers."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from arrears.core.facts import Plan, PlanOrigin, Statement
from arrears.core.other_facts import Budget, BudgetCategory, BudgetLine, Every, LiabilityOrder
from cases.core.facts import Frequency, Perspective
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.letters.asks import Answer
from correspondence.core.letters.kind import Record, SentLetter
from tests.unit.arrears.build import case, day, decision, opening, payment, schedule, service
from tests.unit.correspondence.letters.build import record

ON = day("2025-07-10")
CASE_ID = uuid.UUID(int=100)


def contact(number: int, on: str, *promises: tuple[str, str | None], **more: object) -> ContactSeen:
    """A contact with CMS on a day; ``promises`` are (text, day)."""
    key = uuid.UUID(int=number)
    given: dict[str, object] = {
        "at_time": dt.time(10, 15), "kind": ContactKind.CALL, "direction": Direction.OUT, "party": "CMS",
        "spoke_to": "Daniel", "reference": f"C-{number}", "summary": "I asked about the arrears.",
    }  # fmt: skip
    made = tuple(
        PromiseSeen(
            id=uuid.UUID(int=1000 * number + place), case_id=CASE_ID, contact_id=key, made_on=day(on),
            party=str((given | more)["party"]),
            text=text, due_on=day(due) if due else None,
        )
        for place, (text, due) in enumerate(promises)
    )  # fmt: skip
    return ContactSeen(id=key, case_id=CASE_ID, at_date=day(on), promises=made, **(given | more))  # type: ignore[arg-type]


ASKED = contact(
    1, "2025-05-20", ("Write to the paying parent about April", "2025-06-03"), ("Send me a breakdown", None)
)
RANG = contact(
    2, "2025-06-12", ("Ring me back about the plan.", "2025-06-20"), direction=Direction.IN, spoke_to="Moira",
    reference="",
)  # fmt: skip
WROTE = contact(3, "2025-06-30", kind=ContactKind.LETTER, spoke_to="", reference="L-9")
REPORT = SentLetter(
    id=uuid.UUID(int=50), kind="missed-payments", heading="Report of a missed payment", dated_on=day("2025-04-14"),
    posted_on=day("2025-04-15"), reply_by=day("2025-05-08"), due_days=frozenset({day("2025-04-03")}),
)  # fmt: skip
UNSENT = replace(REPORT, id=uuid.UUID(int=51), posted_on=None)

KEPT = replace(
    ASKED,
    promises=(
        replace(ASKED.promises[0], outcome=PromiseResult.KEPT),
        replace(ASKED.promises[1], outcome=PromiseResult.NOT_KEPT),
    ),
)

BUDGET = Budget(
    on=day("2025-07-01"),
    id="budget",
    lines=(
        BudgetLine(category=BudgetCategory.WAGES, amount=33000, every=Every.WEEK),
        BudgetLine(category=BudgetCategory.RENT_OR_MORTGAGE, amount=65000, every=Every.MONTH),
        BudgetLine(category=BudgetCategory.ONGOING_MAINTENANCE, amount=26000, every=Every.MONTH),
        BudgetLine(category=BudgetCategory.FOOD_AND_HOUSEHOLD, amount=7500, every=Every.WEEK),
        BudgetLine(category=BudgetCategory.TRAVEL, amount=8000, every=Every.MONTH),
    ),
)
ORDER = LiabilityOrder(
    granted_on=day("2025-03-20"), from_on=day("2024-01-03"), to_on=day("2024-12-31"), amount=240000,
    applied_on=day("2025-02-10"), reference="LO-77", id="order",
)  # fmt: skip


def plan(part: str, *, on: str = "2025-05-03", **more: object) -> Plan:
    """A monthly plan of £260 and a part for arrears."""
    arrears_part = int(part) * 100
    given: dict[str, object] = {
        "agreed_on": day("2025-04-20"), "first_payment_on": day(on), "frequency": Frequency.MONTHLY,
        "total": 26000 + arrears_part, "arrears_part": arrears_part, "id": "plan",
    }  # fmt: skip
    return Plan(**(given | more))  # type: ignore[arg-type]


def owing(perspective: Perspective = Perspective.RECEIVING, **more: object) -> Record:
    """£2,400 carried over and £260 a month: February in full, March short, April missed."""
    facts = case(
        opening("2400", "2025-01-01"),
        decision("60.00", "2025-02-03"),
        schedule("monthly", "2025-02-03"),
        service("direct_pay", "2025-01-06"),
        payment("260.00", "2025-02-03", name="full"),
        payment("200.00", "2025-03-22", name="short"),
        perspective=perspective.value,
    )
    of = record(facts, ON, contacts=(WROTE, RANG, ASKED), letters=(UNSENT, REPORT))
    return replace(of, facts=replace(of.facts, **more))  # type: ignore[arg-type]


def with_figures(perspective: Perspective) -> Record:
    """The same, and two figures of CMS: the first agrees, the second does not."""
    given = tuple(
        Statement(stated_on=day(on), as_at=day(as_at), amount=amount, source=source, id=key)
        for key, on, as_at, amount, source in (
            ("agrees", "2025-02-12", "2025-02-10", 240000, ""),
            ("differs", "2025-06-16", "2025-06-10", 312000, "Letter of 16 June"),
        )
    )
    return owing(perspective, statements=given)


def long_plan(perspective: Perspective = Perspective.RECEIVING) -> Record:
    """A plan of £20 a month that is kept, and a figure of CMS for the time before it."""
    of = owing(
        perspective,
        plans=(plan("20"),),
        statements=(Statement(stated_on=day("2025-04-12"), as_at=day("2025-04-10"), amount=300000, id="given"),),
    )
    paid = tuple(payment("280.00", on, name=on) for on in ("2025-05-03", "2025-06-03", "2025-07-03"))
    return replace(of, facts=replace(of.facts, payments=(*of.facts.payments, *paid)))


def broken(perspective: Perspective = Perspective.RECEIVING) -> Record:
    """A plan of £40 a month: May in full, June short, July missed."""
    of = owing(perspective, plans=(plan("40", origin=PlanOrigin.SET_BY_CMS),))
    paid = (payment("300.00", "2025-05-03", name="may"), payment("220.00", "2025-06-03", name="june"))
    return replace(of, facts=replace(of.facts, payments=(*of.facts.payments, *paid)))


def enforcing(perspective: Perspective = Perspective.RECEIVING) -> Record:
    """Collect and Pay, and a liability order."""
    return owing(perspective, orders=(ORDER,), services=(service("collect_and_pay", "2025-01-06"),))


def hard_up(perspective: Perspective = Perspective.PAYING) -> Record:
    """The paying parent with a budget and a plan of £120 a month."""
    return owing(perspective, budgets=(BUDGET,), plans=(plan("120", on="2025-08-03"),))


#: The record from which a kind is made where the common one will not do, by its code.
EXAMPLES: dict[str, Callable[[Perspective], Record]] = {
    "chase-promise": owing,
    "move-to-collect": owing,
    "account-breakdown": with_figures,
    "plan-too-long": long_plan,
    "broken-plan": broken,
    "enforcement-delay": enforcing,
    "hardship": hard_up,
}

_EARLIER = (f"contact-{ASKED.id}", f"contact-{WROTE.id}", f"letter-{REPORT.id}")

#: What a person answers beyond what the form has chosen already, by the kind's code.
SAMPLES: dict[str, Callable[[Record], dict[str, Answer]]] = {
    "chase-promise": lambda of: {
        "earlier": (f"contact-{WROTE.id}",), "effect": "I could not pay for the school trip.", "will_complain": "yes",
    },
    "move-to-collect": lambda of: {
        "nothing_came": ("2025-04-03", "2025-05-03"), "said": "On 2 May 2025 he told me that he will not pay.",
    },
    "account-breakdown": lambda of: {"why": "The payment of February may have been left out."},
    "plan-too-long": lambda of: {
        "effect": "My son has no winter coat.\n\nMy daughter stopped her swimming lessons.",
        "hardship": "I am two months behind with the rent.", "means": "He bought a new van in May 2025.",
    },
    "broken-plan": lambda of: {"asks_collect": "yes", "hardship": "I had to borrow for the electricity."},
    "enforcement-delay": lambda of: {
        "earlier": _EARLIER, "waiting_since": day("2025-03-20"), "not_done": "No deduction from earnings has begun.",
        "hardship": "I have sold the car.",
    },
    "hardship": lambda of: {
        "offered": 3000, "reason": "My hours were cut from 40 to 30 a week on 1 June 2025.", "has_children": "yes",
        "papers": ("payslips", "bank"),
    },
}  # fmt: skip
