"""A request to CMS to recover arrears from the estate of a paying parent who has died (SI 2009/3151, Part 3)."""

import datetime as dt
from dataclasses import dataclass

from cases.core.facts import Nation, Perspective
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core import contact_data
from correspondence.core.letters.asks import Answers, Ask, Day, Line, Lines, Words
from correspondence.core.letters.kind import Group, Kind, Record, To
from correspondence.core.words import on_one_line, printable


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateClaim:
    """What the request states. ``owed_at_death`` is what was unpaid on the day of the death, in pence.

    Nothing that would have fallen due after it is claimed.
    """

    died_on: dt.date
    owed_at_death: int
    name: str
    executor: str
    executor_address: tuple[str, ...]
    words: str
    is_great_britain: bool = True


def _asks(record: Record) -> list[Ask]:
    return [
        Line(name="name", label="The name of the parent who died", needed="Enter the name that CMS knows.", most=80),
        Day(
            name="died_on",
            label="When did they die?",
            what="the day of the death",
            needed="Enter the day of the death.",
        ),
        Line(name="executor", label="Who deals with the estate?", optional="if you know", most=120),
        Lines(name="executor_address", label="Their address", optional="if you know"),
        Words(
            name="words",
            label="Anything else CMS should know",
            help="For example: there is a house, or probate has been granted.",
        ),
    ]


def _draft(record: Record, answers: Answers) -> EstateClaim:
    died_on = answers.day("died_on")
    first = contact_data.estates_from()
    if died_on is None or died_on < first:
        raise Refusal(
            say("CMS can do this only where the parent died on or after {first}.", first=day(first)), field="died_on"
        )
    owed = record.at(died_on).outstanding
    if not owed:
        raise Refusal(say("Your record shows no arrears on that day."), field="died_on")
    return EstateClaim(
        died_on=died_on,
        owed_at_death=owed,
        name=on_one_line(answers.text("name")),
        executor=on_one_line(answers.text("executor")),
        executor_address=answers.many("executor_address"),
        words=printable(answers.text("words")).strip(),
        is_great_britain=record.nation is not Nation.NORTHERN_IRELAND,
    )


KIND = Kind(
    code="estate",
    number=37,
    group=Group.SETTLING,
    title="Claim from the estate of a parent who died",
    purpose="Ask CMS to recover the arrears from what the other parent left.",
    needs="The day of the death, and who deals with the estate if you know.",
    never="It does not say where you live unless you write it.",
    to=To.CMS,
    senders=frozenset({Perspective.RECEIVING}),
    about=EstateClaim,
    why_not=lambda record: "" if record.position.outstanding else "Your record shows no arrears today.",
    asks=_asks,
    draft=_draft,
    heading=lambda claim: f"The estate of {claim.name}",
)
