"""One plain sentence for each cause of a change: short, neutral between the parents, with its date."""

import datetime as dt

from arrears.core import rates
from arrears.core.facts import Adjustment, AdjustmentKind, OpeningBalance, Payment, Route
from arrears.core.ledger import Movement
from arrears.core.postings import Post
from arrears.core.results import CauseKind, Kind, Part
from cases.core.facts import Decision, Schedule
from cms_tracker.days import day
from cms_tracker.money import pounds

Fact = OpeningBalance | Schedule | Decision | Adjustment | Payment

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_ADJUSTED = {
    Kind.CORRECTION_UP: "CMS corrected its record and added {amount} on {day}",
    Kind.CORRECTION_DOWN: "CMS corrected its record and took off {amount} on {day}",
    Kind.WRITE_OFF: "CMS wrote off {amount} on {day}",
    Kind.OFFSET: "{amount} was set off against what is owed on {day}",
    Kind.SETTLEMENT: "A settlement took off {amount} on {day}",
    Kind.VOLUNTARY_PAYMENT: "CMS accepted {amount} of voluntary payments on {day}",
    Kind.DIRECT_PAYMENT_ACCEPTED: "CMS accepted {amount} paid directly, on {day}",
}


def fell_due(movement: Movement, on: dt.date, given: Fact | None) -> str:
    """An instalment, an opening balance or an adjustment. ``given`` is the fact, where there is one."""
    amount = pounds(abs(movement.amount))
    kind = Kind(movement.cause.value)
    if kind is Kind.INSTALMENT:
        return f"{amount} fell due on {day(on)}."
    if kind is Kind.OPENING:
        source = given.source if isinstance(given, OpeningBalance) else ""
        return _with_reason(f"{amount} was carried over on {day(on)}", source)
    reason = given.reason.strip().rstrip(".") if isinstance(given, Adjustment) else ""
    if reason.startswith("CMS ") and kind is Kind.CORRECTION_UP:  # the reason is a sentence by itself
        return f"{reason}. That added {amount} on {day(on)}."
    return _with_reason(_ADJUSTED[kind].format(amount=amount, day=day(on)), reason)


def paid(payment: Payment, counted: int) -> str:
    """A payment, the day it was made, and what it counts for where that differs."""
    if payment.route is Route.VIA_CMS_RECEIVED:
        text = f"CMS passed on {pounds(payment.amount)} on {day(payment.paid_on)}"
        fee = rates.on(payment.paid_on).collection_fee_receiving_parent.percent
        text += f". Before the {fee} that CMS keeps, that is {pounds(counted)}"
    else:
        via = " to CMS" if payment.route is Route.VIA_CMS_PAID else ""
        text = f"A payment of {pounds(payment.amount)} was made{via} on {day(payment.paid_on)}"
    if payment.paid_to_cms_on is not None and payment.paid_to_cms_on != payment.paid_on:
        text += f". CMS had it from {day(payment.paid_to_cms_on)}, and it counts from then"
    return f"{text}."


def decided(decision: Decision, post: Post, parts: tuple[Part, ...]) -> str:
    """A decision that changed what had already fallen due, or that came before the first due date."""
    text = f"CMS decided on {day(decision.decided_on)} that {_what_applied(decision, post, parts)}."
    if decision.notified_on != decision.decided_on:
        text += f" The letter came on {day(decision.notified_on)}."
    reached = _span(parts)
    if post.amount > 0:
        return f"{text} For {reached}, that added {pounds(post.amount)}. No payment was missed for it."
    return f"{text} For {reached}, that took off {pounds(-post.amount)}. Too much had been asked for."


def _what_applied(decision: Decision, post: Post, parts: tuple[Part, ...]) -> str:
    """What a decision put in the place of what: its weekly amounts, or each payment where only that changed."""
    since = f"from {day(decision.effective_on)}"
    old = parts[0].old_weekly
    if post.kind is not Kind.RECALCULATION:
        return f"{pounds(decision.weekly)} a week applied {since}"
    if old == decision.weekly:
        return f"each payment {since} is a different one, at the same {pounds(decision.weekly)} a week"
    instead = f"instead of {pounds(old) if old else 'nothing'}"
    what = f"{pounds(decision.weekly)} a week applied" if decision.weekly else "nothing was to be paid"
    return f"{what} {since} {instead}"


def known_later(fact: Fact, kind: CauseKind, adds: int, amount: int) -> str:
    """A fact that only one of the two views knows."""
    effect = f"{'added' if amount >= 0 else 'took off'} {pounds(abs(amount))}"
    if kind is CauseKind.STRUCK_OUT and fact.struck_out is not None:
        if adds > 0:
            return f"{_name(fact)} was not struck out yet. That {effect}."
        text = f"{_name(fact)} was struck out as a slip on {day(fact.struck_out.on)}"
        return f"{_with_reason(text, fact.struck_out.reason)} That {effect}."
    if adds < 0:
        return f"{_name(fact)} was not known yet. That {effect}."
    if isinstance(fact, Decision):
        return f"{_name(fact)} became known on {day(fact.notified_on)}. That {effect}."
    recorded = f" on {day(fact.recorded_on)}" if isinstance(fact, Payment | Adjustment) else ""
    return f"{_name(fact)} was recorded{recorded}. That {effect}."


def fee(payment: Payment | None, amount: int) -> str:
    """Money that went to collection fees, or came back from them."""
    sum_of = pounds(abs(amount))
    if payment is not None:
        whole = f"the payment of {pounds(payment.amount)} on {day(payment.paid_on)}"
        if amount > 0:
            return f"{sum_of} of {whole} went to collection fees, which are owed to CMS and are not arrears."
        return f"{sum_of} of {whole} no longer goes to collection fees."
    if amount < 0:
        return f"A decision lowered the collection fees: {sum_of} came back and is credit."
    return f"{sum_of} that had come back from collection fees went to later ones."


def _name(fact: Fact) -> str:
    """A fact in a few words, to begin a sentence."""
    match fact:
        case Payment():
            return f"The payment of {pounds(fact.amount)} on {day(fact.paid_on)}"
        case Decision():
            return f"The decision of {pounds(fact.weekly)} a week from {day(fact.effective_on)}"
        case Schedule():
            return f"The payment dates from {day(fact.first_due_on)}"
        case OpeningBalance():
            return f"The {pounds(fact.amount)} carried over on {day(fact.on)}"
    return f"The {_WORDS[fact.kind]} of {pounds(fact.amount)} on {day(fact.on)}"


_WORDS = {kind: kind.value.replace("_", " ") for kind in AdjustmentKind} | {
    AdjustmentKind.CORRECTION_UP: "correction",
    AdjustmentKind.CORRECTION_DOWN: "correction",
}


def _span(parts: tuple[Part, ...]) -> str:
    """What a recalculation reaches: how many instalments, and how many days before the first."""
    before = sum(part.days for part in parts if part.due_on is None)
    reached = len({part.due_on for part in parts if part.due_on is not None})
    spans = []
    if before:
        spans.append(f"the {_count(before, 'day')} before the first due date")
    if reached:
        spans.append(f"the {_count(reached, 'payment')} already asked for")
    return " and ".join(spans)


def _count(number: int, noun: str) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return noun if number == 1 else f"{word} {noun}s"


def _with_reason(text: str, reason: str) -> str:
    """A sentence with the reason on the record, if there is one."""
    if not reason:
        return f"{text}."
    return f"{text}: {reason.strip().rstrip('.')}."
