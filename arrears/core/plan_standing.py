"""How a repayment plan is being kept (rules section 5), on two ledgers that are never mixed.

A missed ongoing instalment is never reported as a missed arrears payment, nor the reverse. What
CMS does about a late payment is its own choice; the working days of grace are our rule (dated, in
rates.toml), and only tell "at risk" from "broken".
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from arrears.core import rates
from arrears.core.facts import CaseFacts, Plan, PlanOrigin
from arrears.core.ledger import known
from arrears.core.other_facts import Step, StepKind
from arrears.core.plan_results import PlannedPayment, PlannedState, PlanStanding
from arrears.core.plans import payments_by
from arrears.core.position import position
from arrears.core.results import CoverKind, Entry, Instalment, Kind, PlanState, Position
from arrears.core.schedule import nth_due
from cases.core.calendar import add_working_days
from cases.core.facts import Nation

_ENDING = frozenset({StepKind.VARIED, StepKind.COMPLETED, StepKind.ENDED})
_ONE_DAY = dt.timedelta(days=1)
_Money = list[tuple[dt.date, int]]


def grace_until(due_on: dt.date, *, nation: Nation) -> dt.date:
    """The last day on which a payment due on ``due_on`` still counts as kept here."""
    return _grace_until(due_on, int(rates.on(due_on).plan_grace_working_days.value), nation)


def standing(
    facts: CaseFacts, plan: Plan, *, on: dt.date, known_on: dt.date, nation: Nation, until: dt.date | None = None
) -> PlanStanding:
    """Judge a plan on a day: kept, at risk, broken, varied (another took its place) or completed.

    Ongoing: every instalment due since the plan's first payment is covered. Arrears: what went from
    payments to older amounts covers the arrears part of each payment that fell due. A plan that was
    replaced is judged to the day before its successor began; one that CMS ended, to that day. A
    plan that a court ordered asks for arrears only, and is judged on those alone. No plan is judged
    beyond ``until``, the last day of which the record speaks; what ended it is seen up to ``on``.
    """
    seen = known(facts, known_on)
    end = _end_of(seen, plan, on)
    if until is not None and until < end.judged_on:
        end = replace(end, judged_on=until)
    hold = _on_hold_since(plan, on)
    if end.judged_on < plan.first_payment_on:
        state = PlanState.VARIED if end.varied else PlanState.NOT_STARTED
        return PlanStanding(
            state=state, ongoing=state, arrears=state, ended_on=end.on, ended_by=end.by, on_hold_since=hold
        )  # fmt: skip
    at = position(facts, on=end.judged_on, known_on=known_on)
    run = _run(at, plan, before=_before(seen, plan), day=end.judged_on, nation=nation)
    return replace(
        _judged(run, plan, nation, varied=end.varied), ended_on=end.on, ended_by=end.by, on_hold_since=hold
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """What took a plan out of force by a day, if anything did, and the last day on which it is judged."""

    judged_on: dt.date
    on: dt.date | None = None
    by: StepKind | None = None
    varied: bool = False


def _end_of(seen: CaseFacts, plan: Plan, on: dt.date) -> _End:
    replaced_on, said = _replaced_on(seen, plan, on), _ended_by(plan, on)
    if said is not None and (replaced_on is None or said.on < replaced_on):
        varied = replaced_on is not None or said.kind is StepKind.VARIED
        return _End(judged_on=said.on, on=said.on, by=said.kind, varied=varied)
    if replaced_on is not None:
        return _End(judged_on=replaced_on - _ONE_DAY, on=replaced_on, varied=True)
    return _End(judged_on=on)


def _judged(run: "_Run", plan: Plan, nation: Nation, *, varied: bool) -> PlanStanding:
    """The two ledgers of a plan as it ran, apart, and what they come to together."""
    arrears, arrears_until = _arrears_state(run)
    ongoing, ongoing_until = _ongoing_state(run, nation)
    judged = [(arrears, arrears_until)]
    if plan.origin is not PlanOrigin.COURT_ORDER:
        judged.append((ongoing, ongoing_until))
    state = _worst([one for one, _ in judged])
    asked = sum(one.asked for one in run.payments)
    return PlanStanding(
        state=PlanState.VARIED if varied else state,
        ongoing=ongoing,
        arrears=arrears,
        ongoing_short=sum(one.outstanding for one in run.short),
        fees_short=sum(one.fee_outstanding for one in run.instalments if one.due_on < run.day),
        arrears_asked=asked,
        arrears_paid=run.paid,
        came_ahead=max(run.paid - asked, 0),
        left=run.left,
        payments_due=len(run.payments),
        came_late=sum(one.state is PlannedState.LATE for one in run.payments),
        at_risk_until=min((until for one, until in judged if one is state and until), default=None),
        completed_on=run.completed_on,
        payments=run.payments,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A plan as it ran to ``day``: its payments, and apart from them the instalments of its time."""

    day: dt.date
    payments: tuple[PlannedPayment, ...]
    instalments: tuple[Instalment, ...]
    paid: int
    left: int
    completed_on: dt.date | None

    @property
    def short(self) -> list[Instalment]:
        """The instalments whose day is over and that are not covered."""
        return [one for one in self.instalments if one.outstanding and one.due_on < self.day]


def _run(at: Position, plan: Plan, *, before: Plan | None, day: dt.date, nation: Nation) -> _Run:
    old = _in_scope(at.entries, plan)
    money = _money(old, plan, before)
    paid, left = sum(amount for _, amount in money), sum(entry.outstanding for entry in old)
    completed_on = None if left else _last_cover(old, plan.first_payment_on)
    instalments = tuple(one for one in at.instalments if plan.first_payment_on <= one.due_on <= (completed_on or day))
    rows = _payments(plan, money, instalments, owed=paid + left, day=day, nation=nation)
    return _Run(
        day=day, payments=tuple(rows), instalments=instalments, paid=paid, left=left, completed_on=completed_on
    )  # fmt: skip


def _in_scope(entries: Sequence[Entry], plan: Plan) -> list[Entry]:
    """The arrears that a plan pays off: what fell due before it, and what was added while it ran.

    What CMS adds once everything is covered belongs to no plan that is over.
    """
    found: list[Entry] = []
    for entry in entries:
        if entry.amount <= 0 or _is_ongoing(entry, plan):
            continue
        later = entry.on >= plan.first_payment_on
        if later and found and not any(one.outstanding for one in found) and _last_cover(found) < entry.on:
            break
        found.append(entry)
    return found


def _last_cover(entries: Iterable[Entry], earliest: dt.date = dt.date.min) -> dt.date:
    """The day on which the last of these was covered."""
    return max((cover.on for entry in entries for cover in entry.covers), default=earliest)


def _money(old: Iterable[Entry], plan: Plan, before: Plan | None) -> _Money:
    """What payments paid off the arrears of a plan, day by day.

    It counts from the day the plan was agreed. Between that day and the first payment two things
    are no part of it: an instalment that fell due then, and what the plan before still asked for.
    """
    start = min(plan.agreed_on, plan.first_payment_on)
    every = sorted(
        (cover.on, cover.amount, entry.on)
        for entry in old
        for cover in entry.covers
        if cover.kind is not CoverKind.CREDIT
    )
    owing = _still_asked(every, plan, before, start)
    found: _Money = []
    for on, amount, owed_from in every:
        if on < start or (on < plan.first_payment_on and owed_from >= start):
            continue
        used = min(owing, amount) if on < plan.first_payment_on else 0
        owing -= used
        if amount > used:
            found.append((on, amount - used))
    return found


def _still_asked(
    every: list[tuple[dt.date, int, dt.date]], plan: Plan, before: Plan | None, start: dt.date
) -> int:  # fmt: skip
    """What the plan before asked for until this one's first payment, and had not had when this was agreed."""
    if before is None:
        return 0
    due = payments_by(before.first_payment_on, before.frequency, plan.first_payment_on - _ONE_DAY)
    begun = min(before.agreed_on, before.first_payment_on)
    had = sum(amount for on, amount, owed_from in every if begun <= on < start and owed_from < before.first_payment_on)
    return max(before.arrears_part * due - had, 0)


def _payments(
    plan: Plan, money: _Money, instalments: Sequence[Instalment], *, owed: int, day: dt.date, nation: Nation
) -> Iterator[PlannedPayment]:
    """Each payment that fell due, with the money that came laid against them in order."""
    if not plan.arrears_part:
        return
    due = payments_by(plan.first_payment_on, plan.frequency, day)
    days = [nth_due(plan.first_payment_on, plan.frequency, place) for place in range(due)]
    came = _laid_out(money, plan.arrears_part, heaps=due)
    dues = [one.due_on for one in instalments]
    for place, due_on in enumerate(days):
        asked = min(plan.arrears_part, owed - plan.arrears_part * place)
        if asked <= 0:
            return
        after = bisect_left(dues, days[place + 1]) if place + 1 < due else len(dues)
        beside = instalments[bisect_left(dues, due_on) : after]
        amount, last = came[place] if place < len(came) else (0, None)
        grace = grace_until(due_on, nation=nation)
        yield PlannedPayment(
            number=place + 1,
            due_on=due_on,
            asked=asked,
            came=amount,
            came_on=last,
            grace_until=grace,
            state=_planned_state(due_on, grace, day, short=asked - amount, last=last),
            ongoing_due=sum(one.amount for one in beside),
            ongoing_short=sum(one.outstanding for one in beside),
        )


def _laid_out(money: _Money, part: int, *, heaps: int) -> list[tuple[int, dt.date]]:
    """Money in the order in which it came, in so many heaps of one arrears part: how much, the day of its last."""
    found: list[tuple[int, dt.date]] = []
    held = part
    for on, amount in money:
        rest = amount
        while rest:
            if held == part:
                if len(found) == heaps:
                    return found
                found.append((0, on))
                held = 0
            used = min(part - held, rest)
            held, rest = held + used, rest - used
            found[-1] = (held, on)
    return found


def _planned_state(
    due_on: dt.date, grace: dt.date, day: dt.date, *, short: int, last: dt.date | None
) -> PlannedState:  # fmt: skip
    if not short and last is not None:
        if last <= due_on:
            return PlannedState.IN_TIME
        return PlannedState.IN_GRACE if last <= grace else PlannedState.LATE
    if day <= due_on:
        return PlannedState.DUE
    if day <= grace:
        return PlannedState.WAITING
    return PlannedState.MISSED if last is None else PlannedState.SHORT


def _arrears_state(run: _Run) -> tuple[PlanState, dt.date | None]:
    """How the arrears part stands, and until when it may still come."""
    if not run.left:
        return PlanState.COMPLETED, None
    states = {one.state for one in run.payments}
    if states & {PlannedState.SHORT, PlannedState.MISSED}:
        return PlanState.BROKEN, None
    until = min((one.grace_until for one in run.payments if one.state is PlannedState.WAITING), default=None)
    return (PlanState.AT_RISK, until) if until else (PlanState.KEPT, None)


def _ongoing_state(run: _Run, nation: Nation) -> tuple[PlanState, dt.date | None]:
    """How ongoing maintenance stands, and until when it may still come."""
    until = min((grace_until(one.due_on, nation=nation) for one in run.short), default=None)
    if until is None:
        return PlanState.KEPT, None
    return (PlanState.AT_RISK, until) if run.day <= until else (PlanState.BROKEN, None)


def _worst(states: Sequence[PlanState]) -> PlanState:
    order = (PlanState.BROKEN, PlanState.AT_RISK, PlanState.COMPLETED)
    return next((one for one in order if one in states), PlanState.KEPT)


def _order(plan: Plan) -> tuple[dt.date, dt.date]:
    return (plan.agreed_on, plan.first_payment_on)


def _replaced_on(seen: CaseFacts, plan: Plan, on: dt.date) -> dt.date | None:
    """The first payment of the next plan, if that has come."""
    first = min((one.first_payment_on for one in seen.plans if _order(one) > _order(plan)), default=None)
    return first if first is not None and first <= on else None


def _ended_by(plan: Plan, on: dt.date) -> Step | None:
    """What CMS said that took a plan out of force, the first of it."""
    said = [step for step in plan.steps if step.kind in _ENDING and step.on <= on]
    return min(said, key=lambda one: one.on, default=None)


def _before(seen: CaseFacts, plan: Plan) -> Plan | None:
    """The plan that this one took the place of."""
    return max((one for one in seen.plans if _order(one) < _order(plan)), key=_order, default=None)


def _on_hold_since(plan: Plan, on: dt.date) -> dt.date | None:
    """The day on which a court was asked to look at it, where that is the last thing that is known of it."""
    steps = sorted((step for step in plan.steps if step.on <= on), key=lambda one: (one.on, one.recorded_on))
    return steps[-1].on if steps and steps[-1].kind is StepKind.APPEALED else None


def _is_ongoing(entry: Entry, plan: Plan) -> bool:
    return entry.kind is Kind.INSTALMENT and entry.on >= plan.first_payment_on


@lru_cache(maxsize=4096)
def _grace_until(due_on: dt.date, count: int, nation: Nation) -> dt.date:
    try:
        return add_working_days(due_on, count, nation=nation)
    except OverflowError:  # the last days of the calendar
        return dt.date.max
