"""One plain sentence for each cause of a change: short, neutral between the parents, with its date."""

import datetime as dt
from typing import NamedTuple

from arrears.core import rates
from arrears.core.facts import Adjustment, AdjustmentKind, OpeningBalance, Payment, Route
from arrears.core.ledger import Movement
from arrears.core.postings import Book, Post, Told
from arrears.core.results import CauseKind, Kind, Part
from arrears.core.schedule import FAR
from cases.core.facts import Decision, Schedule
from cms_tracker.days import day
from cms_tracker.money import pounds, round_half_up

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


class Telling(NamedTuple):
    """A decision as it was told, the entry that it posts (None: there is none), and the working of that entry."""

    told: Told
    post: Post | None
    parts: tuple[Part, ...]
    book: Book


def continued(sentence: str) -> str:
    """A sentence as it follows a colon; a name keeps its capital."""
    return sentence if sentence.startswith("CMS") else sentence[0].lower() + sentence[1:]


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
    if reason.startswith("CMS "):  # the reason is a sentence by itself
        return f"{reason}. That {'added' if movement.amount > 0 else 'took off'} {amount} on {day(on)}."
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


def decided(of: Telling, *, moved: int | None = None) -> str:
    """A decision that changed what had already fallen due, or that came before the first due date.

    ``moved`` is all that it moved by a later day, in pence, where that is meant: what fell due since
    it was told has its own amount, and is named apart.
    """
    decision = of.told.decision
    said = [f"CMS decided on {day(decision.decided_on)} that {_what_applied(of)}."]
    if decision.notified_on != decision.decided_on:
        said.append(f"The letter came on {day(decision.notified_on)}.")
    posted = of.post.amount if of.post else 0
    if posted > 0:
        said.append(f"For {_span(of)}, that added {pounds(posted)}. No payment was missed for it.")
    if posted < 0:
        said.append(f"For {_span(of)}, that took off {pounds(-posted)}. Too much had been asked for.")
    since = posted if moved is None else moved
    if since != posted:
        more = "more" if since > posted else "less"
        said.append(f"What has fallen due since it was told comes to {pounds(abs(since - posted))} {more}.")
    return " ".join(said)


def _what_applied(of: Telling) -> str:
    """What a decision put in the place of what: its weekly amounts, or each payment where only that changed."""
    decision = of.told.decision
    since = f"from {day(decision.effective_on)}"
    if of.told.stop < FAR:  # another decision, told before, has the days from then on
        since += f" until {day(dt.date.fromordinal(of.told.stop - 1))}"
    if of.told is of.book.told[0]:
        return f"{pounds(decision.weekly)} a week applied {since}"
    old = of.told.old.weekly if of.told.old else 0
    if old == decision.weekly:
        return _each_payment(since, of)
    instead = f"instead of {pounds(old) if old else 'nothing'}"
    what = f"{pounds(decision.weekly)} a week applied" if decision.weekly else "nothing was to be paid"
    return f"{what} {since} {instead}"


def _each_payment(since: str, of: Telling) -> str:
    """A change of the payment alone, where the week stays the same: the letter states what each one is."""
    payments = {(part.old, part.new) for part in of.parts}
    if len(payments) == 1:
        old, new = (pounds(round_half_up(one)) for one in payments.pop())
        return f"each payment {since} is {new} instead of {old}"
    return f"each payment {since} is a different one, at the same {pounds(of.told.decision.weekly)} a week"


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


_WORDS = {
    AdjustmentKind.CORRECTION_UP: "correction",
    AdjustmentKind.CORRECTION_DOWN: "correction",
    AdjustmentKind.WRITE_OFF: "write-off",
    AdjustmentKind.OFFSET: "offset",
    AdjustmentKind.SETTLEMENT: "settlement",
    AdjustmentKind.VOLUNTARY_PAYMENT: "voluntary payment",
    AdjustmentKind.DIRECT_PAYMENT_ACCEPTED: "accepted direct payment",
}


def _span(of: Telling) -> str:
    """What a recalculation reaches: how many instalments, and which days before the first."""
    spans = [_days(part, of.book.first_due) for part in of.parts if part.due_on is None]
    reached = len({part.due_on for part in of.parts if part.due_on is not None})
    if reached:
        spans.append(f"the {_count(reached, 'payment')} already asked for")
    return " and ".join(spans)


def _days(part: Part, first_due: int) -> str:
    """Days before the first due date, by their own dates where they do not reach up to it."""
    count = f"the {_count(part.days, 'day')}"
    if part.to_on.toordinal() + 1 < first_due:
        count += f" from {day(part.from_on)} to {day(part.to_on)},"
    return f"{count} before the first due date"


def _count(number: int, noun: str) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return noun if number == 1 else f"{word} {noun}s"


def _with_reason(text: str, reason: str) -> str:
    """A sentence with the reason on the record, if there is one."""
    if not reason:
        return f"{text}."
    return f"{text}: {reason.strip().rstrip('.')}."
