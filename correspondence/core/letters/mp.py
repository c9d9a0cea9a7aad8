"""The letter to the Member of Parliament: what is owed, what was tried, what is asked, and leave to share it.

A complaint about a government department reaches the Parliamentary Ombudsman through an MP, after
the Independent Case Examiner. Northern Ireland has its own ombudsman for its departments.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cases.core.facts import Nation, ServiceType
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.letters import complaining, happened
from correspondence.core.letters.asks import Answers, Ask, Day, Line, Option, PickMany, Words, yes_no
from correspondence.core.letters.complaining import Owed, Stated
from correspondence.core.letters.happened import Event
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To, no_reply
from correspondence.core.words import on_one_line


class Help(StrEnum):
    """What the MP is asked to do."""

    RAISE = "raise"
    REPLY = "reply"
    FIGURES = "figures"
    STEPS = "steps"
    MEET = "meet"


_HELP = {
    Help.RAISE: "Raise it with CMS, and send me the answer",
    Help.REPLY: "Ask CMS to answer my complaint",
    Help.FIGURES: "Ask CMS for a full account of the figures",
    Help.STEPS: "Ask CMS what has been done on the arrears, and what comes next",
    Help.MEET: "Meet me, or see me at a surgery",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMember:
    """What the letter states. ``examined_on`` is set where a referral to the ombudsman is asked for."""

    reader: str
    is_northern_ireland: bool
    service: ServiceType | None
    owed: Owed | None
    figure: Stated | None
    story: str
    effect: str
    events: tuple[Event, ...]
    help: tuple[Help, ...]
    own: str
    examined_on: dt.date | None


def _asks(record: Record) -> list[Ask]:
    is_northern = record.nation is Nation.NORTHERN_IRELAND
    member = "MP or MLA" if is_northern else "MP"
    return [
        Line(
            name="reader",
            label=f"The name of your {member}",
            help="As it stands on the website of Parliament" + (" or the Assembly." if is_northern else "."),
            needed=f"Enter the name of your {member}.",
            most=80,
        ),
        Words(
            name="story",
            label="What is the problem?",
            help="A few sentences. The figures and the list of what you tried come below.",
            needed="Say in a few sentences what the problem is.",
            most=3000,
            rows=6,
        ),
        *complaining.ask_owed(record),
        *complaining.ask_figure(record),
        *happened.ask(record, label="What have you tried?"),
        Words(name="effect", label="What has it meant for you and your child?", most=1500, rows=4),
        PickMany(
            name="help",
            label="What do you ask for?",
            options=tuple(
                Option(value=one.value, label=label, is_ticked=one is Help.RAISE) for one, label in _HELP.items()
            ),
        ),
        Words(name="own", label="Something else you ask for", most=600, rows=3),
        *_ombudsman(),
    ]


def _ombudsman() -> list[Ask]:
    return [
        yes_no(
            "ombudsman",
            "Has the Independent Case Examiner answered, and do you want the Ombudsman to look at it?",
            help="The Ombudsman comes after the Examiner, and cannot look at what a tribunal can decide.",
        ),
        Day(
            name="examined_on",
            label="When did the Examiner answer?",
            needed="Enter the day of the Examiner’s answer.",
            what="the day of the answer",
            opened_by=("ombudsman", "yes"),
        ),
    ]


def _draft(record: Record, answers: Answers) -> ToMember:
    chosen = tuple(Help(one) for one in answers.many("help"))
    own = complaining.text(answers, "own")
    examined_on = answers.day("examined_on") if answers.is_yes("ombudsman") else None
    if not chosen and not own and examined_on is None:
        raise Refusal(say("Choose at least one, or say what you ask for."), field="help")
    return ToMember(
        reader=on_one_line(answers.text("reader")),
        is_northern_ireland=record.nation is Nation.NORTHERN_IRELAND,
        service=record.service,
        owed=complaining.owed(record, answers),
        figure=complaining.figure(record, answers),
        story=complaining.text(answers, "story"),
        effect=complaining.text(answers, "effect"),
        events=happened.chosen(record, answers, to=To.MP),
        help=chosen,
        own=own,
        examined_on=examined_on,
    )


def _enclosures(about: ToMember) -> tuple[str, ...]:
    return (f"The Independent Case Examiner’s answer of {day(about.examined_on)}",) if about.examined_on else ()


KIND = Kind(
    code="mp",
    number=25,
    group=Group.CHALLENGE,
    title="Write to your MP",
    purpose="Ask your MP to raise your case, or to send your complaint to the Ombudsman. It gives leave to share it.",
    needs="Your MP’s name. Your MP needs an address to see that you live in the constituency.",
    never="It names nobody else, and holds no phone number. Your address only if you write it for the reply.",
    before="An MP’s office may ask CMS about your case. Do this only if it is safe for you.",
    to=To.MP,
    senders=EVERYONE,
    about=ToMember,
    asks=_asks,
    draft=_draft,
    heading=lambda about: "My case with the Child Maintenance Service",
    reader=lambda about: str(about.reader),
    reply=no_reply,
    enclosures=_enclosures,
)
