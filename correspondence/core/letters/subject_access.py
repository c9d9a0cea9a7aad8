"""The request for one's own data: UK GDPR Article 15 with the Data Protection Act 2018, never the 1998 Act."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from arrears.core.case_values import ClockKind, ContactKind, Direction
from cases.core.facts import Nation
from cms_tracker.days import clock
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.clock_rules import rules
from correspondence.core.clocks import count
from correspondence.core.contacts import CMS, ContactSeen
from correspondence.core.letters.asks import Answers, Ask, Day, Line, Option, Pick, PickMany
from correspondence.core.letters.call_follow_up import label_of
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, ReplyBy, To
from correspondence.core.words import on_one_line

MOST_CALLS = 20
SHOWN_AT_ONCE = 8


class Holding(StrEnum):
    """A sort of data that CMS holds about a parent."""

    PAYMENTS = "payments"
    CALCULATIONS = "calculations"
    NOTICES = "notices"
    NOTES = "notes"
    RECORDINGS = "recordings"
    COLLECTION = "collection"


_LABELS = {
    Holding.PAYMENTS: "Every payment due and received, and how it was used",
    Holding.CALCULATIONS: "Calculations, with what they rest on",
    Holding.NOTICES: "Decisions, notices, plans, letters and messages",
    Holding.NOTES: "The notes on my account",
    Holding.RECORDINGS: "Recordings and notes of calls with me",
    Holding.COLLECTION: "What was done to collect arrears, as far as it concerns me",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call whose recording is asked for."""

    on: dt.date
    at: dt.time | None
    is_mine: bool
    spoke_to: str
    reference: str

    @property
    def clock(self) -> str:
        """The time as people say it; empty where only the day is known."""
        return clock(self.at) if self.at else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAccess:
    """What the request states. ``since`` None: the whole time of the case."""

    is_northern_ireland: bool
    holdings: tuple[Holding, ...]
    calls: tuple[Call, ...]
    since: dt.date | None
    national_insurance: str
    born_on: dt.date | None
    is_on_paper: bool


def _calls(record: Record) -> list[ContactSeen]:
    return [one for one in record.standing_contacts if one.kind is ContactKind.CALL and one.party == CMS]


def _asks(record: Record) -> list[Ask]:
    return [
        PickMany(
            name="holdings",
            label="What do you want a copy of?",
            needed="Choose at least one.",
            options=tuple(Option(value=one.value, label=_LABELS[one], is_ticked=True) for one in Holding),
        ),
        Day(
            name="since",
            label="From which day?",
            help="Leave it empty for the whole time of your case.",
            what="the day",
        ),
        *_which_calls(record),
        *_who_and_how(),
    ]


def _which_calls(record: Record) -> list[Ask]:
    calls = _calls(record)
    if not calls:
        return []
    options = tuple(
        Option(value=str(one.id), label=label_of(one), is_older=place >= SHOWN_AT_ONCE)
        for place, one in enumerate(calls)
    )
    return [
        PickMany(
            name="calls",
            label="Which calls matter most?",
            help="Each one is named in the letter, so that its recording can be found.",
            options=options,
            most=MOST_CALLS,
            older="older call,older calls",
            back_to=calls[-1].at_date,
        )
    ]


def _who_and_how() -> list[Ask]:
    return [
        Line(
            name="national_insurance",
            label="Your National Insurance number",
            help="It helps them find you, and shows that it is you who asks.",
            most=13,
        ),
        Day(name="born_on", label="Your date of birth", help="It helps to show who you are.", what="the day"),
        Pick(
            name="paper",
            label="How do you want it?",
            needed="Choose one.",
            options=(
                Option(value="yes", label="On paper", is_ticked=True),
                Option(value="no", label="As files"),
            ),
        ),
    ]


def _draft(record: Record, answers: Answers) -> SubjectAccess:
    holdings = tuple(Holding(one) for one in answers.many("holdings"))
    if not holdings:
        raise Refusal(say("Choose at least one."), field="holdings")
    chosen = answers.many("calls")
    return SubjectAccess(
        is_northern_ireland=record.nation is Nation.NORTHERN_IRELAND,
        holdings=holdings,
        calls=tuple(_call(one) for one in reversed(_calls(record)) if str(one.id) in chosen),
        since=answers.day("since"),
        national_insurance=on_one_line(answers.text("national_insurance")).upper(),
        born_on=answers.day("born_on"),
        is_on_paper=answers.text("paper") != "no",
    )


def _call(one: ContactSeen) -> Call:
    return Call(
        on=one.at_date,
        at=one.at_time,
        is_mine=one.direction is Direction.OUT,
        spoke_to=on_one_line(one.spoke_to),
        reference=on_one_line(one.reference),
    )


def _reply(record: Record, about: object) -> ReplyBy:
    """One month by law from the day of receipt, so the day named is the earliest that it can be."""
    (law,) = (one for one in rules()[ClockKind.ACCESS_REQUEST].readings if one.law)
    return ReplyBy(
        on=count(law, record.on, nation=record.nation),
        why="which is one month from the date of this letter. The law counts the month from the day you receive it",
        source=law.source,
    )


KIND = Kind(
    code="subject-access",
    number=20,
    group=Group.RECORD,
    title="Ask for a copy of your own data",
    purpose="Get what CMS holds about you: payments, calculations, notices, notes and recordings. It is free.",
    needs="Your CMS reference. Your National Insurance number helps.",
    never="It asks for nothing about the other parent, and holds no phone number and no bank details.",
    to=To.DATA,
    senders=EVERYONE,
    about=SubjectAccess,
    asks=_asks,
    draft=_draft,
    heading=lambda about: "Request for a copy of my personal data",
    reply=_reply,
)
