"""A case as it is lived: fifty steps, one after another, each recording or striking out one fact.

Steps are drawn as plain numbers and read here, which is many times faster than drawing each field.
Whatever the numbers are, they make facts that may be recorded.
"""

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from arrears.core.facts import Adjustment, AdjustmentKind, AllocationPart, CaseFacts, OpeningBalance, Payment, Route
from arrears.core.other_facts import Claim, ClaimKind, Settlement, Step, StepKind
from arrears.core.walk import changed
from cases.core.facts import (
    AllocationRule,
    Decision,
    Frequency,
    Perspective,
    Schedule,
    ServicePeriod,
    ServiceType,
    StruckOut,
)
from tests.unit.arrears.oracle_values import counted

STEPS = 50
FIRST = dt.date(2024, 1, 8)
FREQUENCIES, ROUTES, KINDS = list(Frequency), list(Route), list(AdjustmentKind)
AMOUNTS = (1, 700, 4235, 6000, 6000, 8500, 12000, 26000)

Numbers = tuple[int, int, int, int]


class Life:
    """The facts of a case, step by step; ``today`` is the day of the last step."""

    def __init__(self, perspective: Perspective, rule: AllocationRule) -> None:
        self.today = FIRST
        self.facts = CaseFacts(perspective=perspective, allocation_rule=rule)
        self.number = 0

    def step(self, numbers: Numbers) -> None:
        """Let some days pass and record one fact, chosen by the first number."""
        what, pause, back, size = numbers
        self.today += dt.timedelta(days=pause)
        self.number += 1
        on = self.today - dt.timedelta(days=back)
        amount = AMOUNTS[size] if size < len(AMOUNTS) else size * 37
        makers = (
            self._payment, self._payment, self._payment, self._payment, self._said, self._decision, self._decision,
            self._schedule, self._service, self._opening, self._adjustment, self._claim, self._settlement, self._strike,
        )  # fmt: skip
        makers[what % len(makers)](on, amount, size)

    @property
    def id(self) -> str:
        """The name of this step's fact."""
        return f"step-{self.number:02}"

    def _payment(self, on: dt.date, amount: int, size: int) -> None:
        held = on + dt.timedelta(days=size % 9 - 4) if size % 5 == 0 else None
        self._add(
            "payments",
            Payment(
                paid_on=on,
                amount=amount,
                route=ROUTES[size % 3],
                recorded_on=self.today,
                paid_to_cms_on=held,
                id=self.id,
            ),
        )

    def _said(self, on: dt.date, amount: int, size: int) -> None:
        due = self.facts.schedules[0].first_due_on if self.facts.schedules else FIRST
        parts = (
            AllocationPart(due_on=due + dt.timedelta(days=7 * (size % 20)), amount=(amount + 1) // 2),
            AllocationPart(due_on=on + dt.timedelta(days=size % 15), amount=amount // 2),
        )
        payment = Payment(paid_on=on, amount=amount, route=ROUTES[size % 3], recorded_on=self.today, id=self.id)
        assert sum(part.amount for part in parts) <= counted(payment)
        self._add("payments", replace(payment, allocation=tuple(part for part in parts if part.amount)))

    def _decision(self, on: dt.date, amount: int, size: int) -> None:
        self._add(
            "decisions",
            Decision(
                weekly=0 if size % 7 == 0 else amount,
                effective_on=on,
                decided_on=on + dt.timedelta(days=size % 3),
                notified_on=self.today,
                instalment=amount * 3 if size % 6 == 1 else None,
                sequence=size % 2,
                id=self.id,
            ),
        )

    def _schedule(self, on: dt.date, _: int, size: int) -> None:
        if on not in {one.first_due_on for one in self.facts.schedules}:
            self._add("schedules", Schedule(frequency=FREQUENCIES[size % 4], first_due_on=on, id=self.id))

    def _service(self, on: dt.date, _: int, size: int) -> None:
        if on not in {one.from_on for one in self.facts.services}:
            kind = ServiceType.DIRECT_PAY if size % 3 == 0 else ServiceType.COLLECT_AND_PAY
            self._add("services", ServicePeriod(type=kind, from_on=on, id=self.id))

    def _opening(self, on: dt.date, amount: int, _: int) -> None:
        if all(one.struck_out for one in self.facts.openings):
            self._add("openings", OpeningBalance(on=on, amount=amount, id=self.id))

    def _adjustment(self, on: dt.date, amount: int, size: int) -> None:
        kind = KINDS[size % len(KINDS)]
        self._add("adjustments", Adjustment(kind=kind, on=on, amount=amount, recorded_on=self.today, id=self.id))

    def _claim(self, on: dt.date, amount: int, size: int) -> None:
        kind = list(ClaimKind)[size % 2]
        steps = self._answers(StepKind.ACCEPTED, StepKind.WITHDRAWN, amount, size)
        self._add(
            "claims", Claim(kind=kind, paid_on=on, amount=amount, recorded_on=self.today, steps=steps, id=self.id)
        )

    def _settlement(self, on: dt.date, amount: int, size: int) -> None:
        steps = self._answers(StepKind.AGREED, StepKind.CANCELLED, amount, size)
        self._add(
            "settlements",
            Settlement(
                offered_on=on, arrears=amount * 2, amount=amount, recorded_on=self.today, steps=steps, id=self.id
            ),
        )

    def _answers(self, yes: StepKind, back: StepKind, amount: int, size: int) -> tuple[Step, ...]:
        later = self.today + dt.timedelta(days=size)
        steps = [Step(kind=yes, on=self.today, recorded_on=self.today, amount=amount, id=f"{self.id}-yes")]
        if size % 2:
            steps.append(Step(kind=back, on=later, recorded_on=later, amount=amount, id=f"{self.id}-back"))
        return tuple(steps)

    def _strike(self, _: dt.date, __: int, size: int) -> None:
        ids = [one.id for name in LISTS for one in getattr(self.facts, name) if one.struck_out is None]
        if ids:
            self.facts = struck(self.facts, ids[size % len(ids)], on=self.today)

    def _add(self, name: str, fact: object) -> None:
        self.facts = replace(self.facts, **{name: (*getattr(self.facts, name), fact)})


LISTS = ("services", "decisions", "schedules", "openings", "payments", "adjustments", "claims", "settlements")


def struck(facts: CaseFacts, fact_id: str, *, on: dt.date) -> CaseFacts:
    """The same facts with one of them struck out on a day."""
    return changed(
        facts,
        lambda one: replace(one, struck_out=StruckOut(on=on, reason="A slip")) if one.id == fact_id else one,
    )


numbers = st.tuples(  # what, days since the step before, days back, size: days that like to coincide
    st.integers(0, 13),
    st.one_of(st.just(0), st.integers(0, 14)),
    st.one_of(st.sampled_from([0, 28]), st.integers(-10, 90)),
    st.one_of(st.just(3), st.integers(0, 40)),
)


@st.composite
def lives(draw: st.DrawFn, steps: int = STEPS) -> CaseFacts:
    """A case of so many steps."""
    life = Life(draw(st.sampled_from(Perspective)), draw(st.sampled_from(AllocationRule)))
    for one in draw(st.lists(numbers, min_size=steps, max_size=steps)):
        life.step(one)
    return life.facts


moments = st.integers(-60, 460).map(lambda number: FIRST + dt.timedelta(days=number))
looks = st.one_of(moments.map(lambda day: (day, day)), st.tuples(moments, moments))
