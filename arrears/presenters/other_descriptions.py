"""Claims, settlements, orders, other money, budgets and steps in words, line by line."""

from dataclasses import dataclass

from arrears.core import words
from arrears.core.facts import Plan
from arrears.core.other_facts import Budget, Claim, LiabilityOrder, OtherMoney, Settlement, Step
from arrears.core.step_rules import STEPS_OF
from cms_tracker.days import day
from cms_tracker.money import pounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """``what`` completes "Strike out …"; ``lines`` are label and value; ``page`` is the route it is listed on."""

    what: str
    lines: list[tuple[str, str]]
    page: str


def describe(fact: Claim | Settlement | LiabilityOrder | OtherMoney | Budget | Step) -> Description:
    """The fact as a person recorded it."""
    match fact:
        case Claim():
            lines = [
                ("Kind", words.CLAIMS[fact.kind]),
                ("Amount", pounds(fact.amount)),
                ("Paid on", day(fact.paid_on)),
                ("What for", fact.what),
            ]
            return Description(what="this claim", lines=lines, page="arrears:claims")
        case Settlement():
            lines = [
                ("Instead of", pounds(fact.arrears)),
                ("To be paid", pounds(fact.amount)),
                ("Offered on", day(fact.offered_on)),
            ]
            return Description(what="this settlement", lines=lines, page="arrears:other-money")
        case LiabilityOrder():
            lines = [
                ("Amount", pounds(fact.amount)),
                ("For", f"{day(fact.from_on)} to {day(fact.to_on)}"),
                ("Granted on", day(fact.granted_on)),
            ]
            return Description(what="this liability order", lines=lines, page="arrears:other-money")
        case OtherMoney():
            lines = [("Kind", words.OTHER_MONEY[fact.kind]), ("Amount", pounds(fact.amount)), ("Day", day(fact.on))]
            return Description(what="this entry", lines=[*lines, ("Reason", fact.reason)], page="arrears:other-money")
        case Budget():
            lines = [("As it was on", day(fact.on)), ("Lines", str(len(fact.lines)))]
            return Description(what="this budget", lines=lines, page="arrears:plans")
        case Step():
            lines = [("What happened", words.STEPS[fact.kind]), ("Day", day(fact.on))]
            if fact.amount is not None:
                lines.append(("Amount", pounds(fact.amount)))
            page = "arrears:plans" if fact.kind in STEPS_OF[Plan] else "arrears:other-money"
            return Description(what="this step", lines=[*lines, ("Note", fact.note)], page=page)
