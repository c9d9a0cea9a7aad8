"""The money and the decisions of a record as timeline items, read off the engine's answers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from arrears.core.facts import CaseFacts, Observation, Payment, Plan, Route
from arrears.core.results import Beside, Instalment, Position, Status
from arrears.core.words import ADJUSTMENTS
from cases.core.facts import Decision, Perspective
from cases.core.words import FREQUENCIES, RATES, SERVICES
from cms_tracker.days import day, days
from cms_tracker.money import pounds
from correspondence.core.timeline import Item, Place, Topic, added

NAMED = 3  # dates of one payment; a large one may reach back over years of them


def decision_items(facts: CaseFacts) -> Iterator[Item]:
    """Decisions, services, payment dates, plans and amounts carried over."""
    yield from _decisions(facts.decisions)
    is_first = True
    for service in facts.services:
        name = SERVICES[service.type]
        yield Item(
            topic=Topic.DECISIONS, on=service.from_on, title=f"{name} began" if is_first else f"Moved to {name}",
            lines=_note(service.note), place=Place.DETAILS, struck_out=service.struck_out,
        )  # fmt: skip
        is_first = is_first and service.struck_out is not None
    for schedule in facts.schedules:
        yield Item(
            topic=Topic.DECISIONS, on=schedule.first_due_on,
            title=f"Payments due {FREQUENCIES[schedule.frequency].lower()} from this day",
            lines=_note(schedule.note), place=Place.DETAILS, struck_out=schedule.struck_out,
        )  # fmt: skip
    for opening in facts.openings:
        yield Item(
            topic=Topic.DECISIONS, on=opening.on, title=f"Carried over: {pounds(opening.amount)}",
            lines=tuple(filter(None, (opening.source, *_note(opening.note)))), place=Place.DETAILS,
            struck_out=opening.struck_out,
        )  # fmt: skip
    yield from map(_plan, facts.plans)


def figure_items(facts: CaseFacts, besides: Mapping[str, Beside]) -> Iterator[Item]:
    """Figures that CMS gave, each beside the record's own for that day; and changes CMS made to the balance.

    What follows from claims and settlements is said with them (claim_timeline.py).
    """
    for statement in facts.statements:
        beside = besides.get(statement.id)
        yield Item(
            topic=Topic.FIGURES,
            on=statement.stated_on,
            title=f"CMS gave a figure: {pounds(statement.amount)}",
            by="" if statement.as_at == statement.stated_on else f"for {day(statement.as_at)}",
            lines=tuple(filter(None, (statement.source, _beside(beside) if beside else "", *_note(statement.note)))),
            place=Place.FIGURES,
            struck_out=statement.struck_out,
        )
    for one in facts.adjustments:
        yield Item(
            topic=Topic.FIGURES, on=one.on, title=f"{ADJUSTMENTS[one.kind]}: {pounds(one.amount)}",
            lines=tuple(filter(None, (one.reason, *_note(one.note)))), added_on=added(one.recorded_on, one.on),
            place=Place.DETAILS, struck_out=one.struck_out,
        )  # fmt: skip


def payment_items(facts: CaseFacts, position: Position) -> Iterator[Item]:
    """Payments, and instalments that did not come in full by the day of ``position``."""
    covered = _covered(position.instalments)
    noted: dict[dt.date, Observation] = {one.due_on: one for one in facts.observations if one.struck_out is None}
    for payment in facts.payments:
        if payment.paid_on <= position.on:
            yield _payment(payment, covered[payment.id], facts.perspective)
    open_days = set()
    for instalment in position.instalments:
        if instalment.is_short:
            open_days.add(instalment.due_on)
            yield _not_in_full(instalment, noted.get(instalment.due_on), facts.perspective)
    for one in facts.observations:
        if one.due_on not in open_days or one.struck_out is not None:
            yield Item(
                topic=Topic.PAYMENTS, on=one.noted_on, title=f"You noted that nothing had come for {day(one.due_on)}",
                lines=_note(one.note), place=Place.PAYMENTS, is_minor=True, struck_out=one.struck_out,
            )  # fmt: skip


def _decisions(decisions: Iterable[Decision]) -> Iterator[Item]:
    before: int | None = None
    for one in decisions:
        if not one.weekly:
            title = "Nothing to be paid from this decision on"
        else:
            title = f"Weekly amount {'set at' if before is None else 'changed to'} {pounds(one.weekly)}"
        if one.struck_out is None:
            before = one.weekly
        counts = () if one.effective_on == one.notified_on else (f"It counts from {day(one.effective_on)}.",)
        yield Item(
            topic=Topic.DECISIONS, on=one.notified_on, title=title, by="the day you were told",
            lines=(*counts, *_note(one.note)), place=Place.DETAILS, struck_out=one.struck_out,
        )  # fmt: skip


def _plan(plan: Plan) -> Item:
    first = "" if plan.first_payment_on == plan.agreed_on else f" First paid {day(plan.first_payment_on)}."
    word = f" CMS calls it an {plan.cms_word}." if plan.cms_word else ""
    return Item(
        topic=Topic.DECISIONS,
        on=plan.agreed_on,
        title=f"Repayment plan: {pounds(plan.arrears_part)} {RATES[plan.frequency]} to the arrears",
        lines=(f"Each payment is {pounds(plan.total)} in all.{first}{word}", *_note(plan.note)),
        place=Place.PLANS,
        struck_out=plan.struck_out,
    )


def _beside(both: Beside) -> str:
    ours = f"Your record for that day says {pounds(both.ours)}."
    if not both.difference:
        return f"{ours} They agree."
    return f"{ours} The difference is {pounds(abs(both.difference))}."


class _Share(NamedTuple):
    """What one payment put towards one instalment, in pence."""

    instalment: Instalment
    amount: int


def _covered(instalments: Iterable[Instalment]) -> dict[str, list[_Share]]:
    found: dict[str, list[_Share]] = defaultdict(list)
    for instalment in instalments:
        for cover in instalment.covers:
            found[cover.payment_id].append(_Share(instalment, cover.amount))
    return found


def _payment(payment: Payment, covered: list[_Share], perspective: Perspective) -> Item:
    on_time = bool(covered) and all(one.instalment.status is Status.PAID_ON_TIME for one in covered)
    return Item(
        topic=Topic.PAYMENTS,
        on=payment.paid_on,
        title=_money(payment, perspective),
        lines=(*_towards(payment, covered), *_note(payment.note)),
        added_on=added(payment.recorded_on, payment.paid_on),
        place=Place.PAYMENT,
        id=payment.id,
        is_minor=on_time,
        struck_out=payment.struck_out,
        run_key=(", all on time", payment.amount) if on_time and payment.struck_out is None else None,
    )


def _money(payment: Payment, perspective: Perspective) -> str:
    amount = pounds(payment.amount)
    if perspective is Perspective.PAYING:
        return f"You paid {amount}" if payment.route is not Route.VIA_CMS_PAID else f"You paid CMS {amount}"
    return f"{amount} came" if payment.route is Route.DIRECT else f"{amount} came through CMS"


def _towards(payment: Payment, covered: list[_Share]) -> tuple[str, ...]:
    """What a payment that came late for anything was for, the largest part first."""
    late = [one for one in covered if one.instalment.due_on < payment.paid_on]
    if not late:
        return ()
    first, *others = sorted(covered, key=lambda one: (-one.amount, one.instalment.due_on))
    if not others:
        return (f"{_late(first, payment)}, for {day(first.instalment.due_on)}.",)
    is_most = 2 * first.amount > sum(one.amount for one in covered)
    said = [f"{'Most of it' if is_most else pounds(first.amount)} was for {_date(first, payment)}"]
    said += [f"{pounds(one.amount)} was for {_date(one, payment)}" for one in others[: NAMED - 1]]
    if rest := others[NAMED - 1 :]:
        what = f"{len(rest)} other dates" if len(rest) > 1 else _date(rest[0], payment)
        said.append(f"{pounds(sum(one.amount for one in rest))} was for {what}")
    return (f"{'. '.join(said)}.",)


def _date(share: _Share, payment: Payment) -> str:
    late = _late(share, payment)
    return f"{day(share.instalment.due_on)}, {late}" if late else day(share.instalment.due_on)


def _late(share: _Share, payment: Payment) -> str:
    """How late it came for that date; empty where it was not."""
    late = (payment.paid_on - share.instalment.due_on).days
    return f"{days(late)} late" if late > 0 else ""


def _not_in_full(one: Instalment, noted: Observation | None, perspective: Perspective) -> Item:
    due, is_paying = pounds(one.amount), perspective is Perspective.PAYING
    if one.status is Status.PART_PAID:
        title, run = f"{due} was due and is {pounds(one.outstanding)} short", ""
    elif noted is None:
        title, run = f"{due} was due and nothing is logged yet", " were due and nothing is logged yet"
    else:
        title = f"{due} was due and {'you have not paid it' if is_paying else 'nothing has come'}"
        run = f" were due and {'not paid' if is_paying else 'nothing has come'}"
    return Item(
        topic=Topic.PAYMENTS,
        on=one.due_on,
        title=title,
        lines=(f"You noted this on {day(noted.noted_on)}.",) if noted and noted.noted_on != one.due_on else (),
        place=Place.PAYMENTS,
        run_key=(run, one.amount) if run else None,
    )


def _note(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
