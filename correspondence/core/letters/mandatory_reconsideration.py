"""The request for mandatory reconsideration of a decision about the amount; never of how arrears are collected."""

from dataclasses import dataclass
from enum import StrEnum

from cases.core.facts import Perspective
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.contact_data import KnownRule
from correspondence.core.letters import challenged
from correspondence.core.letters.asks import Answers, Ask, Line, Lines, Money, Option, PickMany
from correspondence.core.letters.challenged import Challenged
from correspondence.core.letters.complaining import About
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To
from correspondence.core.words import on_one_line


class Fault(StrEnum):
    """What of a calculation is wrong."""

    INCOME = "income"
    NIGHTS = "nights"
    CHILDREN = "children"
    OTHER_CHILDREN = "other_children"
    DATES = "dates"
    ARITHMETIC = "arithmetic"


_FAULTS = {
    Fault.INCOME: "the income that was used",
    Fault.NIGHTS: "the nights that a child stays with the paying parent",
    Fault.CHILDREN: "the children it counts",
    Fault.OTHER_CHILDREN: "other children who were or were not taken into account",
    Fault.DATES: "the date from which it counts",
    Fault.ARITHMETIC: "the arithmetic",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconsideration:
    """What the request states. ``should_be`` is the weekly amount that the person thinks right, in pence."""

    challenged: Challenged
    faults: About
    should_be: int | None
    evidence: tuple[str, ...]
    to_come: str


def _fault(record: Record, fault: Fault) -> str:
    is_own_nights = fault is Fault.NIGHTS and record.perspective is Perspective.PAYING
    return "the nights that a child stays with me" if is_own_nights else _FAULTS[fault]


def _asks(record: Record) -> list[Ask]:
    decision, why, late = challenged.asks(record)
    return [
        decision,
        PickMany(
            name="faults",
            label="What is wrong in it?",
            options=tuple(Option(value=one.value, label=_fault(record, one).capitalize()) for one in Fault),
        ),
        Line(name="other_fault", label="Something else, in a few words", most=100),
        why,
        Money(
            name="should_be",
            label="What should it be a week?",
            help="Only if you know. CMS works it out again either way.",
            what="the weekly amount",
            at_least=0,
        ),
        Lines(
            name="evidence",
            label="What do you send with it?",
            help="One document on each line, like “Payslips, March to May 2025”. Send copies.",
            most=10,
        ),
        Line(name="to_come", label="What will you send later?", help="Like “A letter from the school”.", most=200),
        late,
    ]


def _draft(record: Record, answers: Answers) -> Reconsideration:
    faults = tuple(_fault(record, Fault(one)) for one in answers.many("faults"))
    other = on_one_line(answers.text("other_fault")).rstrip(".")
    if not faults and not other:
        raise Refusal(say("Choose at least one, or say what else is wrong."), field="faults")
    return Reconsideration(
        challenged=challenged.challenged(record, answers),
        faults=About(listed=faults, other=other),
        should_be=answers.number("should_be"),
        evidence=tuple(on_one_line(one) for one in answers.many("evidence")),
        to_come=on_one_line(answers.text("to_come")).rstrip("."),
    )


def _rule() -> KnownRule:
    found = challenged.limit()
    return KnownRule(
        text="This is for a decision about the amount. How arrears are collected cannot be reconsidered: complain "
        f"about that instead. The legal time limit is {found.says}. CMS can take a late request if there is a reason.",
        source=found.source,
        checked=found.checked,
    )


KIND = Kind(
    code="mandatory-reconsideration",
    number=22,
    group=Group.CHALLENGE,
    title="Ask CMS to look at a decision again",
    purpose="Ask for a mandatory reconsideration of a decision about the amount. It comes before any appeal.",
    needs="A decision in your record.",
    never="It does not say where you live, and holds no phone number and no bank details.",
    before="CMS may tell the other parent. The new amount can be higher or lower.",
    to=To.CMS,
    senders=EVERYONE,
    about=Reconsideration,
    why_not=lambda record: (
        "" if record.known.decisions else "Enter the decision first. The letter is made from its dates and amounts."
    ),
    asks=_asks,
    draft=_draft,
    heading=lambda about: "Request for mandatory reconsideration",
    enclosures=lambda about: tuple(about.evidence),
    rule=_rule(),
)
