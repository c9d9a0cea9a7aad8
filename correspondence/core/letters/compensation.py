"""The request for a consolatory payment: for poor service, without a right to it, never set against arrears."""

from dataclasses import dataclass

from cases.core.facts import Nation
from correspondence.core.letters import complaining, happened
from correspondence.core.letters.asks import Answers, Ask, Lines, Money, Words
from correspondence.core.letters.complaining import About, Earlier
from correspondence.core.letters.happened import Event
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To
from correspondence.core.words import on_one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensation:
    """What the request states. ``cost`` is what it cost the person in all, as typed, in pence."""

    is_great_britain: bool
    grounds: About
    story: str
    events: tuple[Event, ...]
    complaints: tuple[Earlier, ...]
    effect: str
    cost: int | None
    costs: tuple[str, ...]
    asked: int | None


def _asks(record: Record) -> list[Ask]:
    return [
        *complaining.ask_grounds(),
        Words(
            name="story",
            label="What did CMS do wrong?",
            help="Say what CMS should have done, what it did, and how long it took.",
            needed="Say in a few sentences what CMS did wrong.",
            most=4000,
            rows=6,
        ),
        *happened.ask(record),
        *complaining.ask_complaints(record, label="Which complaints is it about?"),
        Words(
            name="effect",
            label="What has it meant for you and your child?",
            help="Like worry, illness, time, debts. This is what a consolatory payment is for.",
            needed="Say what it has meant for you.",
            most=3000,
            rows=5,
        ),
        Money(
            name="cost",
            label="What did it cost you, in all?",
            help="Only costs that came from the mistake, like bank charges. Not the maintenance itself.",
            what="the cost",
        ),
        Lines(
            name="costs",
            label="What were the costs?",
            help="One on each line, like “Bank charges in May 2025, £36”. Send copies.",
            most=10,
        ),
        Money(
            name="asked",
            label="How much do you ask for?",
            help="You can leave it to CMS.",
            what="the amount you ask for",
        ),
    ]


def _draft(record: Record, answers: Answers) -> Compensation:
    return Compensation(
        is_great_britain=record.nation is not Nation.NORTHERN_IRELAND,
        grounds=complaining.grounds(answers),
        story=complaining.text(answers, "story"),
        events=happened.chosen(record, answers, to=To.COMPLAINTS),
        complaints=complaining.complaints(record, answers),
        effect=complaining.text(answers, "effect"),
        cost=answers.number("cost"),
        costs=tuple(on_one_line(one) for one in answers.many("costs")),
        asked=answers.number("asked"),
    )


KIND = Kind(
    code="compensation",
    number=26,
    group=Group.CHALLENGE,
    title="Ask for a consolatory payment",
    purpose="Ask CMS to pay for the effect of its own poor service. There is no right to it. It is not maintenance.",
    needs="What CMS did wrong, and what it has meant for you.",
    never="It holds only the entries you choose. No bank details, no phone number, not where you live.",
    to=To.COMPLAINTS,
    senders=EVERYONE,
    about=Compensation,
    asks=_asks,
    draft=_draft,
    heading=lambda about: "Request for a consolatory payment",
)
