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
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds, round_half_up

Fact = OpeningBalance | Schedule | Decision | Adjustment | Payment

_NUMBERS = (
    mark("no"), mark("one"), mark("two"), mark("three"), mark("four"), mark("five"),
    mark("six"), mark("seven"), mark("eight"), mark("nine"), mark("ten"),
)  # fmt: skip

_ADJUSTED = Words(
    {
        Kind.CORRECTION_UP: mark("CMS corrected its record and added {amount} on {day}"),
        Kind.CORRECTION_DOWN: mark("CMS corrected its record and took off {amount} on {day}"),
        Kind.WRITE_OFF: mark("CMS wrote off {amount} on {day}"),
        Kind.OFFSET: mark("{amount} was set off against what is owed on {day}"),
        Kind.SETTLEMENT: mark("A settlement took off {amount} on {day}"),
        Kind.VOLUNTARY_PAYMENT: mark("CMS accepted {amount} of voluntary payments on {day}"),
        Kind.DIRECT_PAYMENT_ACCEPTED: mark("CMS accepted {amount} paid directly, on {day}"),
    }
)


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
        return say("{amount} fell due on {on}.", amount=amount, on=day(on))
    if kind is Kind.OPENING:
        source = given.source if isinstance(given, OpeningBalance) else ""
        return _with_reason(say("{amount} was carried over on {on}", amount=amount, on=day(on)), source)
    reason = given.reason.strip().rstrip(".") if isinstance(given, Adjustment) else ""
    if reason.startswith("CMS "):  # the reason is a sentence by itself
        return say(
            "{reason}. That {part} {amount} on {on}.",
            reason=reason,
            part=say("added") if movement.amount > 0 else say("took off"),
            amount=amount,
            on=day(on),
        )
    return _with_reason(_ADJUSTED[kind].format(amount=amount, day=day(on)), reason)


def paid(payment: Payment, counted: int) -> str:
    """A payment, the day it was made, and what it counts for where that differs."""
    if payment.route is Route.VIA_CMS_RECEIVED:
        text = say("CMS passed on {amount} on {paid_on}", amount=pounds(payment.amount), paid_on=day(payment.paid_on))
        fee = rates.on(payment.paid_on).collection_fee_receiving_parent.percent
        text += say(". Before the {fee} that CMS keeps, that is {counted}", fee=fee, counted=pounds(counted))
    else:
        via = say(" to CMS") if payment.route is Route.VIA_CMS_PAID else ""
        text = say(
            "A payment of {amount} was made{via} on {paid_on}",
            amount=pounds(payment.amount),
            via=via,
            paid_on=day(payment.paid_on),
        )
    if payment.paid_to_cms_on is not None and payment.paid_to_cms_on != payment.paid_on:
        text += say(
            ". CMS had it from {paid_to_cms_on}, and it counts from then", paid_to_cms_on=day(payment.paid_to_cms_on)
        )
    return f"{text}."


def decided(of: Telling, *, moved: int | None = None) -> str:
    """A decision that changed what had already fallen due, or that came before the first due date.

    ``moved`` is all that it moved by a later day, in pence, where that is meant: what fell due since
    it was told has its own amount, and is named apart.
    """
    decision = of.told.decision
    said = [
        say(
            "CMS decided on {decided_on} that {what_applied}.",
            decided_on=day(decision.decided_on),
            what_applied=_what_applied(of),
        )
    ]
    if decision.notified_on != decision.decided_on:
        said.append(say("The letter came on {notified_on}.", notified_on=day(decision.notified_on)))
    posted = of.post.amount if of.post else 0
    if posted > 0:
        said.append(
            say("For {span}, that added {posted}. No payment was missed for it.", span=_span(of), posted=pounds(posted))
        )
    if posted < 0:
        said.append(
            say(
                "For {span}, that took off {posted}. Too much had been asked for.",
                span=_span(of),
                posted=pounds(-posted),
            )
        )
    since = posted if moved is None else moved
    if since != posted:
        more = say("more") if since > posted else say("less")
        said.append(
            say(
                "What has fallen due since it was told comes to {since} {more}.",
                since=pounds(abs(since - posted)),
                more=more,
            )
        )
    return " ".join(said)


def _what_applied(of: Telling) -> str:
    """What a decision put in the place of what: its weekly amounts, or each payment where only that changed."""
    decision = of.told.decision
    since = say("from {effective_on}", effective_on=day(decision.effective_on))
    if of.told.stop < FAR:  # another decision, told before, has the days from then on
        since += say(" until {fromordinal}", fromordinal=day(dt.date.fromordinal(of.told.stop - 1)))
    if of.told is of.book.told[0]:
        return say("{weekly} a week applied {since}", weekly=pounds(decision.weekly), since=since)
    old = of.told.old.weekly if of.told.old else 0
    if old == decision.weekly:
        return _each_payment(since, of)
    instead = say("instead of {part}", part=pounds(old) if old else say("nothing"))
    what = (
        say("{weekly} a week applied", weekly=pounds(decision.weekly))
        if decision.weekly
        else say("nothing was to be paid")
    )
    return f"{what} {since} {instead}"


def _each_payment(since: str, of: Telling) -> str:
    """A change of the payment alone, where the week stays the same: the letter states what each one is."""
    payments = {(part.old, part.new) for part in of.parts}
    if len(payments) == 1:
        old, new = (pounds(round_half_up(one)) for one in payments.pop())
        return say("each payment {since} is {new} instead of {old}", since=since, new=new, old=old)
    return say(
        "each payment {since} is a different one, at the same {weekly} a week",
        since=since,
        weekly=pounds(of.told.decision.weekly),
    )


def known_later(fact: Fact, kind: CauseKind, adds: int, amount: int) -> str:
    """A fact that only one of the two views knows."""
    effect = say("{part} {amount}", part=say("added") if amount >= 0 else say("took off"), amount=pounds(abs(amount)))
    if kind is CauseKind.STRUCK_OUT and fact.struck_out is not None:
        if adds > 0:
            return say("{name} was not struck out yet. That {effect}.", name=_name(fact), effect=effect)
        text = say("{name} was struck out as a slip on {on}", name=_name(fact), on=day(fact.struck_out.on))
        return say(
            "{with_reason} That {effect}.", with_reason=_with_reason(text, fact.struck_out.reason), effect=effect
        )
    if adds < 0:
        return say("{name} was not known yet. That {effect}.", name=_name(fact), effect=effect)
    recorded = (
        say(" on {recorded_on}", recorded_on=day(fact.recorded_on)) if isinstance(fact, Payment | Adjustment) else ""
    )
    return say("{name} was recorded{recorded}. That {effect}.", name=_name(fact), recorded=recorded, effect=effect)


def fee(payment: Payment | None, amount: int) -> str:
    """Money that went to collection fees, or came back from them."""
    sum_of = pounds(abs(amount))
    if payment is not None:
        whole = say("the payment of {amount} on {paid_on}", amount=pounds(payment.amount), paid_on=day(payment.paid_on))
        if amount > 0:
            return say(
                "{sum_of} of {whole} went to collection fees, which are owed to CMS and are not arrears.",
                sum_of=sum_of,
                whole=whole,
            )
        return say("{sum_of} of {whole} no longer goes to collection fees.", sum_of=sum_of, whole=whole)
    if amount < 0:
        return say("A decision lowered the collection fees: {sum_of} came back and is credit.", sum_of=sum_of)
    return say("{sum_of} that had come back from collection fees went to later ones.", sum_of=sum_of)


def _name(fact: Fact) -> str:
    """A fact in a few words, to begin a sentence."""
    match fact:
        case Payment():
            return say("The payment of {amount} on {paid_on}", amount=pounds(fact.amount), paid_on=day(fact.paid_on))
        case Decision():
            return say(
                "The decision of {weekly} a week from {effective_on}",
                weekly=pounds(fact.weekly),
                effective_on=day(fact.effective_on),
            )
        case Schedule():
            return say("The payment dates from {first_due_on}", first_due_on=day(fact.first_due_on))
        case OpeningBalance():
            return say("The {amount} carried over on {on}", amount=pounds(fact.amount), on=day(fact.on))
    return say("The {words} of {amount} on {on}", words=_WORDS[fact.kind], amount=pounds(fact.amount), on=day(fact.on))


_WORDS = Words(
    {
        AdjustmentKind.CORRECTION_UP: mark("correction"),
        AdjustmentKind.CORRECTION_DOWN: mark("correction"),
        AdjustmentKind.WRITE_OFF: mark("write-off"),
        AdjustmentKind.OFFSET: mark("offset"),
        AdjustmentKind.SETTLEMENT: mark("settlement"),
        AdjustmentKind.VOLUNTARY_PAYMENT: mark("voluntary payment"),
        AdjustmentKind.DIRECT_PAYMENT_ACCEPTED: mark("accepted direct payment"),
    }
)


def _span(of: Telling) -> str:
    """What a recalculation reaches: how many instalments, and which days before the first."""
    spans = [_days(part, of.book.first_due) for part in of.parts if part.due_on is None]
    reached = len({part.due_on for part in of.parts if part.due_on is not None})
    if reached:
        spans.append(say("the {payments} already asked for", payments=_payments(reached)))
    return say(" and ").join(spans)


def _days(part: Part, first_due: int) -> str:
    """Days before the first due date, by their own dates where they do not reach up to it."""
    count = say("the {days}", days=say("day") if part.days == 1 else say("{count} days", count=_number(part.days)))
    if part.to_on.toordinal() + 1 < first_due:
        count += say(" from {from_on} to {to_on},", from_on=day(part.from_on), to_on=day(part.to_on))
    return say("{days} before the first due date", days=count)


def _payments(number: int) -> str:
    return say("payment") if number == 1 else say("{count} payments", count=_number(number))


def _number(number: int) -> str:
    return say(_NUMBERS[number]) if number < len(_NUMBERS) else str(number)


def _with_reason(text: str, reason: str) -> str:
    """A sentence with the reason on the record, if there is one."""
    if not reason:
        return f"{text}."
    return f"{text}: {reason.strip().rstrip('.')}."
