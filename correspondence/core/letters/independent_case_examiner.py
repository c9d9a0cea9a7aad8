"""The complaint to the Independent Case Examiner, after CMS's final response; about service, never about an amount."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from arrears.core.case_values import ClockKind, ContactKind, Direction
from cases.core.facts import Nation
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.clock_rules import Reading, rules
from correspondence.core.clocks import count
from correspondence.core.contact_data import KnownRule
from correspondence.core.contacts import CMS, ContactSeen
from correspondence.core.letters import complaining, happened
from correspondence.core.letters.asks import Answers, Ask, Day, Line, Option, Pick, PickMany, Words, yes_no
from correspondence.core.letters.complaining import About, Earlier, Owed
from correspondence.core.letters.happened import Event
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To, no_reply
from correspondence.core.words import on_one_line

_OTHER = "other"
_MOST_LETTERS = 8


class Outcome(StrEnum):
    """What the Examiner is asked to bring about."""

    APOLOGY = "apology"
    REASONS = "reasons"
    PUT_RIGHT = "put_right"
    ANSWER = "answer"
    PAYMENT = "payment"


_OUTCOMES = {
    Outcome.REASONS: "An explanation of what went wrong",
    Outcome.ANSWER: "An answer to the points that CMS left open",
    Outcome.PUT_RIGHT: "That CMS does what it should have done",
    Outcome.APOLOGY: "An apology",
    Outcome.PAYMENT: "A consolatory payment",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToExaminer:
    """What the letter states. ``months`` is the time limit from ``final_on``, ``last_on`` its last day."""

    final_on: dt.date
    months: int
    last_on: dt.date
    late_because: str
    is_northern_ireland: bool
    national_insurance: str
    grounds: About
    complaints: tuple[Earlier, ...]
    story: str
    events: tuple[Event, ...]
    owed: Owed | None
    remains: str
    outcomes: tuple[Outcome, ...]
    adjustments: str

    @property
    def is_in_time(self) -> bool:
        """Say whether the letter is within the time limit."""
        return not self.late_because

    @property
    def enclosures(self) -> tuple[str, ...]:
        """What goes with it: the final response, and the complaints that the letter names."""
        letters = (f"My letter of {day(one.dated_on)}, “{one.heading}”" for one in self.complaints)
        return (f"The final response, which reached me on {day(self.final_on)}", *letters)


def _limit() -> Reading:
    (found,) = rules()[ClockKind.EXAMINER].readings
    return found


def _from_cms(record: Record) -> list[ContactSeen]:
    """Letters and messages that came from CMS, latest first."""
    written = {ContactKind.LETTER, ContactKind.ONLINE}
    found = [one for one in record.standing_contacts if one.kind in written and one.direction is Direction.IN]
    return [one for one in found if one.party == CMS][:_MOST_LETTERS]


def _asks(record: Record) -> list[Ask]:
    return [*_when(record), *_what(record), *_wanted()]


def _when(record: Record) -> list[Ask]:
    return [
        yes_no(
            "is_final",
            "Have you had CMS’s final response?",
            help="It says that you can go to the Independent Case Examiner.",
            is_yes=True,
        ),
        *_which(record),
        Words(
            name="late_because",
            label=f"Why you could not write within {_limit().count} months",
            help="Only if it is later than that. The Examiner decides whether to take it.",
            optional="only if it is late",
        ),
    ]


def _what(record: Record) -> list[Ask]:
    return [
        *complaining.ask_grounds(),
        *complaining.ask_complaints(record, label="Which of your letters go with it?", help="Send copies."),
        Words(
            name="story",
            label="What happened?",
            help="The facts, simply and in order. The Examiner knows nothing of your case yet.",
            needed="Say in a few sentences what happened.",
            most=4000,
            rows=7,
        ),
        *happened.ask(record),
        *complaining.ask_owed(record),
        Words(
            name="remains",
            label="What did the final response not put right?",
            needed="Say what the final response did not put right.",
            rows=5,
        ),
    ]


def _wanted() -> list[Ask]:
    return [
        PickMany(
            name="outcomes",
            label="What do you ask for?",
            needed="Choose at least one.",
            options=tuple(
                Option(value=one.value, label=label, is_ticked=one is Outcome.REASONS)
                for one, label in _OUTCOMES.items()
            ),
        ),
        Line(
            name="national_insurance",
            label="Your National Insurance number",
            help="The Examiner asks for it.",
            most=13,
        ),
        Line(name="adjustments", label="Anything you need", help="Like large print.", most=200),
    ]


def _which(record: Record) -> list[Ask]:
    letters = _from_cms(record)
    if not letters:
        return [_final_on(opened_by=None)]
    options = [
        Option(value=str(one.id), label=f"{day(one.at_date)}: {' '.join(one.summary.split())[:80] or one.title}")
        for one in letters
    ]
    other = Option(value=_OTHER, label="One that is not in my log")
    return [
        Pick(
            name="final",
            label="Which is the final response?",
            needed="Choose the letter that is the final response.",
            options=(*options, other),
        ),
        _final_on(opened_by=("final", _OTHER)),
    ]


def _final_on(*, opened_by: tuple[str, str] | None) -> Day:
    return Day(
        name="final_on",
        label="When did the final response reach you?",
        needed="Enter the day on which the final response reached you.",
        what="the day of the final response",
        opened_by=opened_by,
    )


def _draft(record: Record, answers: Answers) -> ToExaminer:
    if not answers.is_yes("is_final"):
        raise Refusal(
            say("The Examiner only takes a complaint that has had a final response. Ask CMS for one first."),
            field="is_final",
        )
    final_on = _final_day(record, answers)
    last_on = count(_limit(), final_on, nation=record.nation)
    late = complaining.text(answers, "late_because")
    if record.on > last_on and not late:
        ended = f"The {_limit().count} months ended on {day(last_on)}."
        raise Refusal(say("{ended} Say why this is late.", ended=ended), field="late_because")
    return ToExaminer(
        final_on=final_on,
        months=_limit().count,
        last_on=last_on,
        late_because=late if record.on > last_on else "",
        is_northern_ireland=record.nation is Nation.NORTHERN_IRELAND,
        national_insurance=on_one_line(answers.text("national_insurance")).upper(),
        grounds=complaining.grounds(answers),
        complaints=complaining.complaints(record, answers),
        story=complaining.text(answers, "story"),
        events=happened.chosen(record, answers, to=To.ICE),
        owed=complaining.owed(record, answers),
        remains=complaining.text(answers, "remains"),
        outcomes=tuple(Outcome(one) for one in answers.many("outcomes")),
        adjustments=on_one_line(answers.text("adjustments")).rstrip("."),
    )


def _final_day(record: Record, answers: Answers) -> dt.date:
    for one in _from_cms(record):
        if str(one.id) == answers.text("final"):
            return one.at_date
    found = answers.day("final_on")
    if found is None:
        raise Refusal(say("Enter the day on which the final response reached you."), field="final_on")
    return found


def _rule() -> KnownRule:
    found = _limit()
    return KnownRule(
        text=f"The time limit is {found.says}. The Examiner looks at service: delay, mistakes in procedure, poor "
        "treatment. The Examiner cannot collect arrears, choose what is done to collect them, or decide what a "
        "tribunal can decide.",
        source=found.source,
        checked=found.checked,
    )


KIND = Kind(
    code="independent-case-examiner",
    number=24,
    group=Group.CHALLENGE,
    title="Go to the Independent Case Examiner",
    purpose="Ask somebody independent of CMS to look at your complaint, after CMS’s final response. It is free.",
    needs="The final response, and the day it reached you.",
    never="It holds only the entries you choose. No phone number. Your address only if you write it for the reply.",
    to=To.ICE,
    senders=EVERYONE,
    about=ToExaminer,
    asks=_asks,
    draft=_draft,
    heading=lambda about: "Complaint about the Child Maintenance Service",
    reply=no_reply,
    enclosures=lambda about: tuple(about.enclosures),
    rule=_rule(),
)
