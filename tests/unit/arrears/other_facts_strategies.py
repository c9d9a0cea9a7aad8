"""Random claims, settlements, orders, other money, budgets and steps, on dates that like to collide."""

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from arrears.core import step_checks
from arrears.core.facts import CaseFacts, Plan, PlanOrigin
from arrears.core.other_facts import (
    Budget,
    BudgetCategory,
    BudgetLine,
    Claim,
    ClaimKind,
    Every,
    LiabilityOrder,
    OtherMoney,
    OtherMoneyKind,
    Settlement,
    Step,
    StepKind,
)
from arrears.core.step_rules import STEPS_OF, Subject, with_amount
from arrears.core.transit_facts import Leg, LegKind, Way
from cases.core.facts import StruckOut

FIRST = dt.date(2023, 11, 20)
LAST = dt.date(2025, 4, 10)

days = st.integers(0, (LAST - FIRST).days).map(lambda number: FIRST + dt.timedelta(days=number))
amounts = st.one_of(st.sampled_from([1, 700, 6000, 26000]), st.integers(1, 60_000))
struck = st.one_of(st.none(), st.none(), st.none(), days.map(lambda day: StruckOut(on=day, reason="A slip")))


@st.composite
def steps(draw: st.DrawFn, of: Subject, most: int, name: str) -> tuple[Step, ...]:
    """Up to three steps that such a fact can have, in any order; their sums keep within ``most`` pence."""
    found: list[Step] = []
    for number in range(draw(st.integers(0, 3))):
        kind, on = draw(st.sampled_from(STEPS_OF[of])), draw(days)
        step = Step(
            kind=kind,
            on=on,
            recorded_on=draw(st.one_of(st.just(on), days)),
            amount=draw(st.integers(1, most)) if with_amount(of, kind) else None,
            struck_out=draw(struck),
            id=f"{name}-step-{number}",
        )
        if step_checks.sums([*found, step], most=most) is None:
            found.append(step)
    return tuple(found)


@st.composite
def claims(draw: st.DrawFn, number: int) -> Claim:
    """A payment that CMS was asked to count."""
    paid_on, amount, name = draw(days), draw(amounts), f"claim-{number}"
    return Claim(
        kind=draw(st.sampled_from(ClaimKind)),
        paid_on=paid_on,
        amount=amount,
        recorded_on=draw(st.one_of(st.just(paid_on), days)),
        what=draw(st.sampled_from(["", "School shoes"])),
        steps=draw(steps(Claim, amount, name)),
        struck_out=draw(struck),
        id=name,
    )


@st.composite
def settlements(draw: st.DrawFn, number: int) -> Settlement:
    """A part payment in full and final settlement."""
    offered_on, amount, name = draw(days), draw(amounts), f"settlement-{number}"
    gone = draw(st.integers(1, 60_000))
    return Settlement(
        offered_on=offered_on,
        arrears=amount + gone,
        amount=amount,
        pay_by=draw(st.one_of(st.none(), days)),
        recorded_on=draw(st.one_of(st.just(offered_on), days)),
        steps=draw(steps(Settlement, gone, name)),
        struck_out=draw(struck),
        id=name,
    )


@st.composite
def orders(draw: st.DrawFn, number: int) -> LiabilityOrder:
    """A liability order."""
    first, last = sorted((draw(days), draw(days)))
    return LiabilityOrder(
        granted_on=draw(days),
        from_on=first,
        to_on=last,
        amount=draw(amounts),
        applied_on=draw(st.one_of(st.none(), days)),
        struck_out=draw(struck),
        id=f"order-{number}",
    )


@st.composite
def other_money(draw: st.DrawFn, number: int) -> OtherMoney:
    """Money in a pot of its own."""
    on = draw(days)
    return OtherMoney(
        kind=draw(st.sampled_from(OtherMoneyKind)),
        on=on,
        amount=draw(amounts),
        recorded_on=draw(st.one_of(st.just(on), days)),
        struck_out=draw(struck),
        id=f"other-{number}",
    )


@st.composite
def budgets(draw: st.DrawFn, number: int) -> Budget:
    """A budget."""
    line = st.builds(BudgetLine, category=st.sampled_from(BudgetCategory), amount=amounts, every=st.sampled_from(Every))
    return Budget(
        on=draw(days), lines=tuple(draw(st.lists(line, max_size=4))), struck_out=draw(struck), id=f"budget-{number}"
    )


WAYS = tuple(Way)


@st.composite
def legs(draw: st.DrawFn, number: int, payments: tuple[str, ...] = ()) -> Leg:
    """One leg of one of three sums on their way; the legs of one sum go one way."""
    on, of = draw(days), draw(st.integers(1, 3))
    gross, net = draw(st.one_of(st.none(), amounts)), draw(st.one_of(st.none(), amounts))
    return Leg(
        number=of,
        kind=draw(st.sampled_from(LegKind)),
        way=WAYS[of % len(WAYS)],
        on=on,
        recorded_on=draw(st.one_of(st.just(on), days)),
        gross=draw(amounts) if gross is None and net is None else gross,
        fee=draw(st.one_of(st.none(), st.just(0), amounts)),
        net=net,
        reference=draw(st.sampled_from(["", "PAY 10"])),
        payment_id=draw(st.sampled_from(["", *payments])),
        struck_out=draw(struck),
        id=f"leg-{number}",
    )


@st.composite
def with_other_facts(draw: st.DrawFn, histories: st.SearchStrategy[CaseFacts]) -> CaseFacts:
    """A history with the other facts added, and steps and origins for its plans."""
    facts = draw(histories)

    def few(make: object) -> tuple[object, ...]:
        return tuple(draw(make(number)) for number in range(draw(st.integers(0, 2))))  # type: ignore[operator]

    plans = tuple(
        replace(plan, origin=draw(st.sampled_from(PlanOrigin)), steps=draw(steps(Plan, 1, plan.id)))
        for plan in facts.plans
    )
    return replace(
        facts,
        plans=plans,
        claims=few(claims),
        settlements=few(settlements),
        orders=few(orders),
        other_money=few(other_money),
        budgets=few(budgets),
        transits=few(lambda number: legs(number, tuple(one.id for one in facts.payments))),
    )


def moves_money(step: Step) -> bool:
    """Say whether a step is of a kind that moves the balance."""
    return step.kind in {StepKind.ACCEPTED, StepKind.WITHDRAWN, StepKind.AGREED, StepKind.CANCELLED}
