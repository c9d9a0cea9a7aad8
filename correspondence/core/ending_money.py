"""Endings by money: a part payment, an offset, and CMS's own payment for its mistake, which ends nothing."""

from arrears.core import settlements
from arrears.core.event_values import EventKind
from arrears.core.facts import AdjustmentKind
from arrears.core.other_facts import OtherMoney, OtherMoneyKind, Settlement
from arrears.core.settlements import SettlementState
from cases.core.facts import Perspective
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from correspondence.core.ending_facts import (
    EndingFacts,
    EndingStanding,
    EndingState,
    begun,
    done,
    left_words,
    not_here,
    nothing_owed,
    owed_words,
    possible,
)
from correspondence.core.endings import EndingCode

#: Of several part payments the first of these is the one to speak of, and of those the latest.
_MOST_PRESSING = (
    SettlementState.NOT_PAID_IN_TIME,
    SettlementState.TO_BE_PAID,
    SettlementState.PARENT_AGREES,
    SettlementState.OFFERED,
    SettlementState.PAID,
    SettlementState.CANCELLED,
    SettlementState.REFUSED,
)
_CAME_TO_NOTHING = frozenset({SettlementState.CANCELLED, SettlementState.REFUSED})


def part_payment(facts: EndingFacts) -> EndingStanding:
    """Part payment in full and final settlement (CSA 1991, s.41D), by the settlements of the record."""
    code = EndingCode.PART_PAYMENT
    offers = [one for one in facts.seen.settlements if one.offered_on <= facts.on]
    found = [(settlements.standing(one, on=facts.on).state, one) for one in offers]
    found.sort(key=lambda pair: (_MOST_PRESSING.index(pair[0]), -pair[1].offered_on.toordinal(), pair[1].id))
    if found and found[0][0] not in _CAME_TO_NOTHING:
        state, one = found[0]
        return EndingStanding(
            code=code,
            state=EndingState.DONE if state is SettlementState.PAID else EndingState.UNDER_WAY,
            why=_settlement_words(one, state),
            on=one.pay_by or one.offered_on,
            amount=one.amount,
            settlement_id=one.id,
        )
    if facts.death is not None and facts.perspective is Perspective.RECEIVING:
        return not_here(code, say("The other parent has died. Ask CMS about what they left instead."))
    if not facts.owed:
        return not_here(code, nothing_owed(facts))
    if found:
        return possible(code, owed_words(facts, say("An earlier offer came to nothing. There can be a new one.")))
    return possible(code, owed_words(facts, say("No part payment is in your record.")))


def offset(facts: EndingFacts) -> EndingStanding:
    """An offset (SI 2009/3151, Part 2): what was asked and said, and what the figures have of it."""
    code, taken = EndingCode.OFFSET, facts.adjusted(AdjustmentKind.OFFSET)
    said = facts.last(EventKind.OFFSET_ASKED, EventKind.OFFSET_ACCEPTED, EventKind.OFFSET_REFUSED)
    if said is not None and said.kind is not EventKind.OFFSET_REFUSED and (taken is None or taken.on < said.on):
        if said.kind is EventKind.OFFSET_ASKED:
            return begun(code, say("It was asked for on {on}. No answer is in your record.", on=day(said.on)), said)
        why = say("CMS said yes on {on}. Your figures do not have it yet. Record what CMS set off.", on=day(said.on))
        return begun(code, why, said)
    if taken is not None:
        why = say("CMS set off {amount} on {on}.", amount=pounds(taken.amount), on=day(taken.on))
        return done(code, left_words(facts, why), on=taken.on, amount=taken.amount)
    if not facts.owed:
        return not_here(code, nothing_owed(facts))
    if said is not None:
        why = say("CMS said no on {on}. No appeal lies. You can complain, or ask again.", on=day(said.on))
        return possible(code, why, on=said.on)
    return possible(code, owed_words(facts, say("No offset is in your record.")))


def compensation(facts: EndingFacts) -> EndingStanding:
    """A consolatory payment: CMS's own money, which ends no arrears and takes nothing off them."""
    code, said, paid = EndingCode.COMPENSATION, facts.last(*_COMPENSATION), _consolatory(facts)
    if paid is not None and (said is None or said.kind is EventKind.COMPENSATION_ACCEPTED or paid.on >= said.on):
        why = say(
            "CMS paid {amount} on {on}. It takes nothing off the arrears.", amount=pounds(paid.amount), on=day(paid.on)
        )
        return done(code, why, on=paid.on, amount=paid.amount)
    if said is None:
        return possible(code, say("Nothing is asked for. It goes with a complaint about how CMS acted."))
    match said.kind:
        case EventKind.COMPENSATION_REFUSED:
            why = say("It was refused on {on}. The complaint can go on.", on=day(said.on))
            return possible(code, why, on=said.on)
        case EventKind.COMPENSATION_OFFERED:
            why = say("CMS offered it on {on}. The arrears stay, whatever you answer.", on=day(said.on))
        case EventKind.COMPENSATION_ACCEPTED:
            why = say("It was accepted on {on}. The payment is not in your record yet.", on=day(said.on))
        case _:
            why = say("It was asked for on {on}. No answer is in your record.", on=day(said.on))
    return begun(code, why, said)


_COMPENSATION = (
    EventKind.COMPENSATION_ASKED,
    EventKind.COMPENSATION_OFFERED,
    EventKind.COMPENSATION_ACCEPTED,
    EventKind.COMPENSATION_REFUSED,
)


def _consolatory(facts: EndingFacts) -> OtherMoney | None:
    kind = OtherMoneyKind.CONSOLATORY_PAYMENT
    found = [one for one in facts.seen.other_money if one.kind is kind and one.on <= facts.on]
    return max(found, key=lambda one: (one.on, one.id), default=None)


def _settlement_words(one: Settlement, state: SettlementState) -> str:
    amount, arrears = pounds(one.amount), pounds(one.arrears)
    by = day(one.pay_by) if one.pay_by else ""
    match state:
        case SettlementState.NOT_PAID_IN_TIME:
            return say(
                "{amount} was to be paid by {by}. Say if it was. If not, CMS may cancel it, and the arrears come back.",
                amount=amount,
                by=by,
            )
        case SettlementState.TO_BE_PAID if by:
            return say("CMS confirmed it. {amount} is to be paid by {by}.", amount=amount, by=by)
        case SettlementState.TO_BE_PAID:
            return say("CMS confirmed it. {amount} is to be paid. The record has no last day for it.", amount=amount)
        case SettlementState.PARENT_AGREES:
            return say("The receiving parent agreed. CMS has not confirmed it. Nothing is let go yet.")
        case SettlementState.PAID:
            return say(
                "{amount} was paid instead of {arrears}. The rest of that is not owed any more.",
                amount=amount,
                arrears=arrears,
            )
        case _:
            return say(
                "{amount} was offered instead of {arrears}. Nothing is agreed yet.", amount=amount, arrears=arrears
            )
