"""Claims, settlements, orders, other money, budgets and steps in words, line by line."""

from dataclasses import dataclass

from arrears.core import words
from arrears.core.facts import Plan
from arrears.core.other_facts import Budget, Claim, LiabilityOrder, OtherMoney, Settlement, Step
from arrears.core.transit_facts import Leg
from arrears.core.walk import Subject
from cms_tracker.days import day
from cms_tracker.language import mark, say
from cms_tracker.money import pounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """One fact, for the page that strikes it out.

    ``what`` completes "Strike out …"; ``lines`` are label and value; ``page`` is the route it is listed
    on, of the fact ``key`` where it has one. ``instead`` says what to do where it is no slip, ``besides``
    what changes that is no figure.
    """

    what: str
    lines: list[tuple[str, str]]
    page: str
    key: str = ""
    instead: str = mark("If CMS changed its mind, add a new decision instead.")
    besides: str = ""


def describe(fact: Claim | Settlement | LiabilityOrder | OtherMoney | Budget | Leg) -> Description:
    """The fact as a person recorded it."""
    match fact:
        case Claim():
            return _claim(fact)
        case Settlement():
            return _settlement(fact)
        case LiabilityOrder():
            lines = [
                (say("Amount"), pounds(fact.amount)),
                (say("For"), say("{from_on} to {to_on}", from_on=day(fact.from_on), to_on=day(fact.to_on))),
                (say("Granted on"), day(fact.granted_on)),
            ]
            return Description(
                what=say("this liability order"),
                lines=lines,
                page="arrears:other-money",
                instead=say("If a court made a new order, add the new one and leave this one."),
                besides=say("It is no longer checked against your record."),
            )
        case OtherMoney():
            lines = [
                (say("Kind"), words.OTHER_MONEY[fact.kind]),
                (say("Amount"), pounds(fact.amount)),
                (say("Day"), day(fact.on)),
            ]
            return Description(
                what=say("this entry"),
                lines=[*lines, (say("Reason"), fact.reason)],
                page="arrears:other-money",
                instead=say("If CMS took a charge back, add that as an entry of its own instead."),
            )
        case Budget():
            return _budget(fact)
        case Leg():
            return _leg(fact)


def _claim(fact: Claim) -> Description:
    lines = [
        (say("Kind"), words.CLAIMS[fact.kind]),
        (say("Amount"), pounds(fact.amount)),
        (say("Paid on"), day(fact.paid_on)),
        (say("What for"), fact.what),
    ]
    return Description(
        what=say("this claim"),
        lines=lines,
        page="arrears:claims",
        instead=say("If CMS refused it, or took back what it had accepted, add that to the claim instead."),
        besides=say("What was said of it no longer counts either.") if fact.steps else "",
    )


def _settlement(fact: Settlement) -> Description:
    lines = [
        (say("Instead of"), pounds(fact.arrears)),
        (say("To be paid"), pounds(fact.amount)),
        (say("Offered on"), day(fact.offered_on)),
    ]
    return Description(
        what=say("this settlement"),
        lines=lines,
        page="arrears:other-money",
        instead=say("If it was refused, or CMS cancelled it, add that to the settlement instead."),
        besides=say("What was said of it no longer counts either.") if fact.steps else "",
    )


def _budget(fact: Budget) -> Description:
    return Description(
        what=say("this budget"),
        lines=[(say("As it was on"), day(fact.on)), (say("Lines"), str(len(fact.lines)))],
        page="arrears:plans",
        instead=say("If the money has changed since, make a new budget instead."),
    )


def _leg(fact: Leg) -> Description:
    amount = fact.gross if fact.gross is not None else fact.net or 0
    return Description(
        what=say("this step"),
        lines=[
            (say("What happened"), words.LEGS[fact.kind]),
            (say("Amount"), pounds(amount)),
            (say("Day"), day(fact.on)),
        ],
        page="arrears:transit",
        key=str(fact.number),
        instead=say("If the money moved on, add that as a new step instead."),
        besides=say("Where the money has got to is shown without it."),
    )


def describe_step(fact: Step, subject: Subject) -> Description:
    """A step as a person recorded it, with what it was said of; it leads back to that."""
    match subject:
        case Claim():
            of, page, besides = (
                say(
                    "The claim of {amount} paid on {paid_on}",
                    amount=pounds(subject.amount),
                    paid_on=day(subject.paid_on),
                ),
                "claim",
                "",
            )
        case Settlement():
            of = say(
                "The settlement of {amount} instead of {arrears}",
                amount=pounds(subject.amount),
                arrears=pounds(subject.arrears),
            )
            page, besides = "settlement", ""
        case Plan():
            of, page = say("The plan agreed on {agreed_on}", agreed_on=day(subject.agreed_on)), "plan"
            besides = say("The plan is shown as if this had not been said.")
    lines = [(say("Said of"), of), (say("What happened"), words.STEPS[fact.kind]), (say("Day"), day(fact.on))]
    if fact.amount is not None:
        lines.append((say("Amount"), pounds(fact.amount)))
    # A plan that was struck out has no page any more, only its line in the list.
    is_listed = page == "plan" and subject.struck_out is not None
    return Description(
        what=say("this step"),
        lines=[*lines, (say("Note"), fact.note)],
        page="arrears:plans" if is_listed else f"arrears:{page}",
        key="" if is_listed else subject.id,
        instead=say("If something else happened later, add that as a new step instead."),
        besides=besides,
    )
