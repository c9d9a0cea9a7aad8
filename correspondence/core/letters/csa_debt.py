"""A debt of the closed Child Support Agency schemes of 1993 and 2003: an account of it, or its collection."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cases.core.facts import Perspective
from correspondence.core.letters.asks import Answers, Ask, Day, Money, Option, Pick, Words
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To
from correspondence.core.words import printable


class Wanted(StrEnum):
    """What the letter asks for."""

    ACCOUNT = "an_account_of_it"
    COLLECT = "collect_it"
    RECORDS = "what_is_held"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldDebt:
    """What the letter states. ``amount`` pence as told on ``told_on``, where it was."""

    wanted: Wanted
    amount: int | None
    told_on: dt.date | None
    from_on: dt.date | None
    to_on: dt.date | None
    words: str


def _asks(record: Record) -> list[Ask]:
    options = [
        Option(value=Wanted.ACCOUNT, label="How the debt is made up, line by line", is_ticked=True),
        Option(value=Wanted.RECORDS, label="Whether there is a debt at all, and what is held about it"),
    ]
    if record.perspective is Perspective.RECEIVING:
        options.insert(1, Option(value=Wanted.COLLECT, label="That it is collected"))
    return [
        Pick(name="wanted", label="What do you ask for?", needed="Choose one.", options=tuple(options)),
        Money(name="amount", label="The amount you were told", optional="if you were told one"),
        Day(name="told_on", label="Told on", what="the day you were told", optional="if you know"),
        Day(name="from_on", label="The debt is from", what="the first day", optional="if you know"),
        Day(name="to_on", label="to", what="the last day", optional="if you know"),
        Words(name="words", label="What CMS should know", help="For example: what was paid, or an old case number."),
    ]


def _draft(record: Record, answers: Answers) -> OldDebt:
    return OldDebt(
        wanted=Wanted(answers.text("wanted")),
        amount=answers.number("amount"),
        told_on=answers.day("told_on"),
        from_on=answers.day("from_on"),
        to_on=answers.day("to_on"),
        words=printable(answers.text("words")).strip(),
    )


KIND = Kind(
    code="csa-debt",
    number=38,
    group=Group.SETTLING,
    title="An old Child Support Agency debt",
    purpose="Ask how a debt from before 2012 is made up, what is held about it, or for it to be collected.",
    needs="What you know of the debt: the amount, the dates, an old letter.",
    never="It does not say where you live unless you write it.",
    to=To.CMS,
    senders=EVERYONE,
    about=OldDebt,
    asks=_asks,
    draft=_draft,
    heading=lambda debt: "Arrears from the Child Support Agency",
)
