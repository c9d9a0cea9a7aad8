"""Settlements in words: how each stands, and what is given up, before it is recorded."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from arrears.core import settlements
from arrears.core.other_facts import Settlement, StepKind
from arrears.core.settlements import SettlementStanding, SettlementState
from arrears.presenters.statuses import Tag
from arrears.presenters.steps import StepLine, lines
from cases.core.facts import Perspective
from cms_tracker.days import day, days
from cms_tracker.language import mark, say
from cms_tracker.money import pounds

_TAGS = {
    SettlementState.OFFERED: Tag(mark("Offered"), "s-due"),
    SettlementState.PARENT_AGREES: Tag(mark("Waiting for CMS"), "s-due"),
    SettlementState.REFUSED: Tag(mark("Refused"), "s-missed"),
    SettlementState.TO_BE_PAID: Tag(mark("To be paid"), "s-part", "warn"),
    SettlementState.NOT_PAID_IN_TIME: Tag(mark("Not paid in time"), "s-late", "off"),
    SettlementState.PAID: Tag(mark("Paid"), "s-paid", "good"),
    SettlementState.CANCELLED: Tag(mark("Cancelled by CMS"), "s-missed", "off"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementShown:
    """One settlement. ``is_over``: nothing more can come of it."""

    settlement: Settlement
    tag: Tag
    sentences: list[str]
    steps: list[StepLine]
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """What the page before it is recorded says: its heading, what follows, and the words on its button."""

    heading: str
    given_up: str
    facts: list[str]
    button: str


def shown(settlement: Settlement, *, known: Settlement, on: dt.date) -> SettlementShown:
    """One settlement as it stands on a day; ``known`` is the same one with the steps that count."""
    at = settlements.standing(known, on=on)
    return SettlementShown(
        settlement=settlement,
        tag=_TAGS[at.state],
        sentences=_sentences(settlement, at),
        steps=lines(settlement.steps),
        is_over=at.state in {SettlementState.REFUSED, SettlementState.CANCELLED, SettlementState.PAID},
    )


def all_shown(every: Sequence[Settlement], seen: Sequence[Settlement], *, on: dt.date) -> list[SettlementShown]:
    """Every settlement, the latest first."""
    known = {one.id: one for one in seen}
    ordered = sorted(every, key=lambda one: (one.offered_on, one.id), reverse=True)
    return [shown(one, known=known.get(one.id, one), on=on) for one in ordered]


def warned(before: settlements.Before, kind: StepKind, *, perspective: Perspective, is_own: bool) -> Warned:
    """What is given up, for somebody who stands to the case like this."""
    amount = pounds(before.given_up)
    if perspective is Perspective.RECEIVING and is_own:
        who, gives = say("You"), "give"
    else:
        who, gives = say("The receiving parent"), "gives"
    agreed = kind is StepKind.AGREED
    moved = say(
        "What is owed goes from {owed_before} to {owed_after}",
        owed_before=pounds(before.owed_before),
        owed_after=pounds(before.owed_after),
    )
    when = say("on {on}", on=day(before.on)) if agreed else say("if CMS confirms it")
    facts = [
        say(
            "{who} {gives} up {amount} for good. It is never collected, and nobody can ask for it again.",
            who=who,
            gives=gives,
            amount=amount,
        ),
        say("{moved}, {when}. The part payment is still to be paid, and comes off when it is.", moved=moved, when=when),
        say("Only arrears are settled. Maintenance that falls due from now on goes on, and so does any other debt."),
        say("Two must agree: the receiving parent, in writing, and CMS. Neither has to."),
        say("CMS should refuse if all of it is likely to be paid."),
        say(
            "It cannot be undone. Only CMS can cancel it, if the part payment is not paid. Then the arrears come back."
        ),
    ]
    button = (
        say("Record that CMS confirmed it: {amount} is given up", amount=amount)
        if agreed
        else say("Record the written agreement")
    )
    return Warned(
        heading=say("{amount} would be given up for good", amount=amount), given_up=amount, facts=facts, button=button
    )


def _sentences(one: Settlement, at: SettlementStanding) -> list[str]:
    amount, arrears, given_up = pounds(one.amount), pounds(one.arrears), pounds(at.given_up)
    lost = pounds(one.given_up)
    found = [say("{amount} instead of {arrears}: {lost} would be given up.", amount=amount, arrears=arrears, lost=lost)]
    last_day = day(one.pay_by) if one.pay_by else ""
    match at.state:
        case SettlementState.OFFERED:
            found.append(say("Nothing is settled. The receiving parent must agree in writing, and then CMS."))
        case SettlementState.PARENT_AGREES:
            found.append(say("The receiving parent agreed. Nothing changes until CMS confirms it in writing."))
        case SettlementState.REFUSED:
            found.append(say("It was refused. All of the arrears stay owed."))
        case SettlementState.TO_BE_PAID:
            if last_day:
                to_pay = say("{amount} is to be paid by {last_day}", amount=amount, last_day=last_day)
            else:
                to_pay = say("{amount} is to be paid", amount=amount)
            found = [say("CMS confirmed it. {given_up} is given up, and {to_pay}.", given_up=given_up, to_pay=to_pay)]
        case SettlementState.NOT_PAID_IN_TIME:
            late = days(at.days_late)
            found = [
                say("{amount} was to be paid by {last_day}, {late} ago.", amount=amount, last_day=last_day, late=late),
                say("Nothing here says that it was paid."),
                say("CMS may cancel the settlement. Then {given_up} is owed again.", given_up=given_up),
            ]
        case SettlementState.PAID:
            found = [say("It was paid. {given_up} was given up, for good.", given_up=given_up)]
        case SettlementState.CANCELLED:
            left = say(" {given_up} stays given up.", given_up=given_up) if at.given_up else ""
            found = [say("CMS cancelled it. What was given up is owed again.{left}", left=left)]
    if at.state in {SettlementState.TO_BE_PAID, SettlementState.PAID} and not at.has_consent:
        found.append(say("The written agreement of the receiving parent is not on this record."))
    return found
