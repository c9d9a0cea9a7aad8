"""Claims, settlements, orders and money kept apart as timeline items, each step on its own day."""

from collections.abc import Iterator

from arrears.core import step_words, words
from arrears.core.facts import CaseFacts
from arrears.core.other_facts import Claim, LiabilityOrder, OtherMoney, Settlement, Step
from arrears.core.transit_facts import Leg
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from correspondence.core.timeline import Item, Place, Topic, added


def other_items(facts: CaseFacts) -> Iterator[Item]:
    """Everything about money that is neither a payment nor a decision, struck-out entries among it."""
    for claim in facts.claims:
        yield _claim(claim)
        for step in claim.steps:
            yield _step(step, claim, say("Claim"), Place.CLAIM)
    for settlement in facts.settlements:
        yield _settlement(settlement)
        for step in settlement.steps:
            yield _step(step, settlement, say("Settlement"), Place.SETTLEMENT)
    yield from map(_order, facts.orders)
    yield from map(_apart, facts.other_money)
    yield from map(_leg, facts.transits)


def _claim(one: Claim) -> Item:
    return Item(
        topic=Topic.FIGURES,
        on=one.paid_on,
        title=say("Claimed as paid: {amount}", amount=pounds(one.amount)),
        lines=_said(one.what, one.note),
        added_on=added(one.recorded_on, one.paid_on),
        place=Place.CLAIM,
        id=one.id,
        struck_out=one.struck_out,
    )


def _settlement(one: Settlement) -> Item:
    by = say("To be paid by {pay_by}.", pay_by=day(one.pay_by)) if one.pay_by else ""
    return Item(
        topic=Topic.FIGURES,
        on=one.offered_on,
        title=say(
            "Settlement offered: {amount} instead of {arrears}", amount=pounds(one.amount), arrears=pounds(one.arrears)
        ),
        lines=_said(by, one.note),
        added_on=added(one.recorded_on, one.offered_on),
        place=Place.SETTLEMENT,
        id=one.id,
        struck_out=one.struck_out,
    )


def _step(step: Step, of: Claim | Settlement, name: str, place: Place) -> Item:
    return Item(
        topic=Topic.FIGURES,
        on=step.on,
        title=say(
            "{name} of {amount}: {sentence}", name=name, amount=pounds(of.amount), sentence=step_words.sentence(step)
        ),
        lines=_said(step.note),
        added_on=added(step.recorded_on, step.on),
        place=place,
        id=of.id,
        struck_out=step.struck_out or of.struck_out,
    )


def _order(one: LiabilityOrder) -> Item:
    return Item(
        topic=Topic.DECISIONS,
        on=one.granted_on,
        title=say("Liability order: {amount}", amount=pounds(one.amount)),
        lines=_said(
            say("For {from_on} to {to_on}.", from_on=day(one.from_on), to_on=day(one.to_on)), one.court, one.note
        ),
        place=Place.ORDER,
        id=one.id,
        struck_out=one.struck_out,
    )


def _apart(one: OtherMoney) -> Item:
    return Item(
        topic=Topic.FIGURES,
        on=one.on,
        title=f"{words.OTHER_MONEY[one.kind]}: {pounds(one.amount)}",
        lines=_said(say("Not part of the arrears."), one.reason, one.note),
        added_on=added(one.recorded_on, one.on),
        place=Place.OTHER_MONEY,
        struck_out=one.struck_out,
    )


def _leg(one: Leg) -> Item:
    amount = one.gross if one.gross is not None else one.net or 0
    return Item(
        topic=Topic.PAYMENTS,
        on=one.on,
        title=say("Money on its way: {amount}", amount=pounds(amount)),
        lines=_said(f"{words.LEGS[one.kind]}.", one.reference, one.note),
        added_on=added(one.recorded_on, one.on),
        place=Place.TRANSIT,
        id=str(one.number),
        struck_out=one.struck_out,
    )


def _said(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
