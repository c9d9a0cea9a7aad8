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
from cms_tracker.language import say
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
            topic=Topic.DECISIONS, on=service.from_on,
            title=say("{name} began", name=name) if is_first else say("Moved to {name}", name=name),
            lines=_note(service.note), place=Place.DETAILS, struck_out=service.struck_out,
        )  # fmt: skip
        is_first = is_first and service.struck_out is not None
    for schedule in facts.schedules:
        yield Item(
            topic=Topic.DECISIONS, on=schedule.first_due_on,
            title=say("Payments due {frequencies} from this day", frequencies=FREQUENCIES[schedule.frequency].lower()),
            lines=_note(schedule.note), place=Place.DETAILS, struck_out=schedule.struck_out,
        )  # fmt: skip
    for opening in facts.openings:
        yield Item(
            topic=Topic.DECISIONS, on=opening.on, title=say("Carried over: {amount}", amount=pounds(opening.amount)),
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
            title=say("CMS gave a figure: {amount}", amount=pounds(statement.amount)),
            by="" if statement.as_at == statement.stated_on else say("for {as_at}", as_at=day(statement.as_at)),
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
                topic=Topic.PAYMENTS, on=one.noted_on,
                title=say("You noted that nothing had come for {due_on}", due_on=day(one.due_on)),
                lines=_note(one.note), place=Place.PAYMENTS, is_minor=True, struck_out=one.struck_out,
            )  # fmt: skip


def _decisions(decisions: Iterable[Decision]) -> Iterator[Item]:
    before: int | None = None
    for one in decisions:
        if not one.weekly:
            title = say("Nothing to be paid from this decision on")
        else:
            title = say(
                "Weekly amount {part} {weekly}",
                part=say("set at") if before is None else say("changed to"),
                weekly=pounds(one.weekly),
            )
        if one.struck_out is None:
            before = one.weekly
        counts = (
            ()
            if one.effective_on == one.notified_on
            else (say("It counts from {effective_on}.", effective_on=day(one.effective_on)),)
        )
        yield Item(
            topic=Topic.DECISIONS, on=one.notified_on, title=title, by=say("the day you were told"),
            lines=(*counts, *_note(one.note)), place=Place.DETAILS, struck_out=one.struck_out,
        )  # fmt: skip


def _plan(plan: Plan) -> Item:
    first = (
        ""
        if plan.first_payment_on == plan.agreed_on
        else say(" First paid {first_payment_on}.", first_payment_on=day(plan.first_payment_on))
    )
    word = say(" CMS calls it an {cms_word}.", cms_word=plan.cms_word) if plan.cms_word else ""
    return Item(
        topic=Topic.DECISIONS,
        on=plan.agreed_on,
        title=say(
            "Repayment plan: {arrears_part} {rates} to the arrears",
            arrears_part=pounds(plan.arrears_part),
            rates=RATES[plan.frequency],
        ),
        lines=(
            say("Each payment is {total} in all.{first}{word}", total=pounds(plan.total), first=first, word=word),
            *_note(plan.note),
        ),
        place=Place.PLANS,
        struck_out=plan.struck_out,
    )


def _beside(both: Beside) -> str:
    ours = say("Your record for that day says {ours}.", ours=pounds(both.ours))
    if not both.difference:
        return say("{ours} They agree.", ours=ours)
    return say("{ours} The difference is {difference}.", ours=ours, difference=pounds(abs(both.difference)))


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
        run_key=(say(", all on time"), payment.amount) if on_time and payment.struck_out is None else None,
    )


def _money(payment: Payment, perspective: Perspective) -> str:
    amount = pounds(payment.amount)
    if perspective is Perspective.PAYING:
        return (
            say("You paid {amount}", amount=amount)
            if payment.route is not Route.VIA_CMS_PAID
            else say("You paid CMS {amount}", amount=amount)
        )
    return (
        say("{amount} came", amount=amount)
        if payment.route is Route.DIRECT
        else say("{amount} came through CMS", amount=amount)
    )


def _towards(payment: Payment, covered: list[_Share]) -> tuple[str, ...]:
    """What a payment that came late for anything was for, the largest part first."""
    late = [one for one in covered if one.instalment.due_on < payment.paid_on]
    if not late:
        return ()
    first, *others = sorted(covered, key=lambda one: (-one.amount, one.instalment.due_on))
    if not others:
        return (say("{late}, for {due_on}.", late=_late(first, payment), due_on=day(first.instalment.due_on)),)
    is_most = 2 * first.amount > sum(one.amount for one in covered)
    said = [
        say(
            "{part} was for {date}",
            part=say("Most of it") if is_most else pounds(first.amount),
            date=_date(first, payment),
        )
    ]
    said += [
        say("{amount} was for {date}", amount=pounds(one.amount), date=_date(one, payment))
        for one in others[: NAMED - 1]
    ]
    if rest := others[NAMED - 1 :]:
        what = say("{rest} other dates", rest=len(rest)) if len(rest) > 1 else _date(rest[0], payment)
        said.append(say("{sum} was for {what}", sum=pounds(sum(one.amount for one in rest)), what=what))
    return (f"{'. '.join(said)}.",)


def _date(share: _Share, payment: Payment) -> str:
    late = _late(share, payment)
    return f"{day(share.instalment.due_on)}, {late}" if late else day(share.instalment.due_on)


def _late(share: _Share, payment: Payment) -> str:
    """How late it came for that date; empty where it was not."""
    late = (payment.paid_on - share.instalment.due_on).days
    return say("{days} late", days=days(late)) if late > 0 else ""


def _not_in_full(one: Instalment, noted: Observation | None, perspective: Perspective) -> Item:
    due, is_paying = pounds(one.amount), perspective is Perspective.PAYING
    if one.status is Status.PART_PAID:
        title, run = say("{due} was due and is {outstanding} short", due=due, outstanding=pounds(one.outstanding)), ""
    elif noted is None:
        title, run = say("{due} was due and nothing is logged yet", due=due), say(" were due and nothing is logged yet")
    else:
        title = say(
            "{due} was due and {part}",
            due=due,
            part=say("you have not paid it") if is_paying else say("nothing has come"),
        )
        run = say(" were due and {part}", part=say("not paid") if is_paying else say("nothing has come"))
    return Item(
        topic=Topic.PAYMENTS,
        on=one.due_on,
        title=title,
        lines=(say("You noted this on {noted_on}.", noted_on=day(noted.noted_on)),)
        if noted and noted.noted_on != one.due_on
        else (),
        place=Place.PAYMENTS,
        run_key=(run, one.amount) if run else None,
    )


def _note(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
