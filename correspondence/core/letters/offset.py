"""A request to set money against arrears (SI 2009/3151, Part 2): debts both ways, or payments for the child's home."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cases.core.facts import Nation, Perspective
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import Answers, Ask, Day, Lines, Money, Option, Pick, Words
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To
from correspondence.core.words import printable


class Basis(StrEnum):
    """Why one sum can be set against the other."""

    BOTH_OWE = "both_parents_owe"
    HOME = "paid_for_the_home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """What the request states. ``amount`` pence, for ``from_on`` to ``to_on`` where they are known."""

    basis: Basis
    amount: int
    from_on: dt.date | None
    to_on: dt.date | None
    other_agrees: bool
    words: str
    evidence: tuple[str, ...]
    is_great_britain: bool = True


def _asks(record: Record) -> list[Ask]:
    home = (
        "I paid the mortgage, or a loan secured on the child’s home"
        if record.perspective is Perspective.PAYING
        else "The mortgage, or a loan secured on the child’s home, was paid for me"
    )
    return [
        Pick(
            name="basis",
            label="What should be set off?",
            needed="Choose one.",
            options=(
                Option(value=Basis.BOTH_OWE, label="Each of us owes the other child maintenance"),
                Option(value=Basis.HOME, label=home),
            ),
        ),
        Money(name="amount", label="How much?", needed="Enter the amount to set off."),
        Day(name="from_on", label="From", what="the first day", optional="if it is for a time"),
        Day(name="to_on", label="To", what="the last day", optional="if it is for a time"),
        Pick(
            name="agrees",
            label="Does the receiving parent agree?"
            if record.perspective is Perspective.PAYING
            else "Do you agree to it?",
            help="Payments for the home count only with the receiving parent’s agreement.",
            needed="Choose one.",
            options=(
                Option(value="yes", label="Yes"),
                Option(value="no", label="No, or not asked yet", is_ticked=True),
            ),
        ),
        Words(name="words", label="What CMS should know"),
        Lines(
            name="evidence", label="What you can send", help="One on each line, like: bank statements for 2025.", most=6
        ),
    ]


def _draft(record: Record, answers: Answers) -> Offset:
    from_on, to_on = answers.day("from_on"), answers.day("to_on")
    basis, agrees = Basis(answers.text("basis")), answers.is_yes("agrees")
    if basis is Basis.HOME and record.perspective is Perspective.RECEIVING and not agrees:
        raise Refusal(say("It counts only if you agree. If you do not, there is nothing to ask for."), field="agrees")
    return Offset(
        basis=basis,
        amount=answers.number("amount") or 0,
        from_on=min(from_on, to_on) if from_on and to_on else from_on,
        to_on=max(from_on, to_on) if from_on and to_on else to_on,
        other_agrees=agrees,
        words=printable(answers.text("words")).strip(),
        evidence=answers.many("evidence"),
        is_great_britain=record.nation is not Nation.NORTHERN_IRELAND,
    )


KIND = Kind(
    code="offset",
    number=36,
    group=Group.SETTLING,
    title="Ask for an offset",
    purpose="Ask CMS to set money that is owed the other way, or paid for the child’s home, against the arrears.",
    needs="The amount, what it was for, and something that shows it.",
    never="It holds no account number and no address unless you write it.",
    before="CMS asks the other parent about it.",
    to=To.CMS,
    senders=EVERYONE,
    about=Offset,
    asks=_asks,
    draft=_draft,
    heading=lambda offset: "Request to set off money against the arrears",
)
