"""The written permission that names a client representative (GOV.UK, Getting someone to manage your case, 2014).

A representative may get letters, ask for explanations and report information. Only somebody with a
power of attorney for property and finance may apply, set up or receive payments, or close a case.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core import contact_data
from correspondence.core.letters.asks import Answers, Ask, Day, Line, Lines, Option, Pick, PickMany, yes_no
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To
from correspondence.core.words import lines_of, on_one_line


class Scope(StrEnum):
    """What a representative may do."""

    LETTERS = "get_letters"
    EXPLAIN = "ask_for_explanations"
    REPORT = "report_information"
    MESSAGES = "send_letters"


_SCOPES = {
    Scope.LETTERS: "Get letters about my case",
    Scope.EXPLAIN: "Ask CMS to explain its decisions and figures",
    Scope.REPORT: "Tell CMS facts about me, like a change",
    Scope.MESSAGES: "Write to CMS for me, complaints included",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What the permission states. ``ends_on`` None: until the parent ends it. ``attorney_on``: a power of attorney."""

    representative: str
    organisation: str
    address: tuple[str, ...]
    scopes: tuple[Scope, ...]
    letters_to_both: bool
    starts_on: dt.date
    ends_on: dt.date | None
    attorney_on: dt.date | None

    @property
    def enclosures(self) -> tuple[str, ...]:
        """A copy of the power of attorney, where there is one."""
        return (f"A copy of the power of attorney of {day(self.attorney_on)}",) if self.attorney_on else ()


def _asks(record: Record) -> list[Ask]:
    return [*_who(), *_how_long(record), *_attorney()]


def _who() -> list[Ask]:
    return [
        Line(
            name="representative",
            label="Who may act for you?",
            needed="Enter the name of the person who may act for you.",
            most=80,
        ),
        Line(name="organisation", label="Their organisation", help="Like “Citizens Advice Leeds”.", most=100),
        Lines(
            name="address",
            label="Their address",
            help="Where CMS writes to them. Not yours.",
            needed="Enter the address at which CMS can write to them.",
            most=6,
        ),
        PickMany(
            name="scopes",
            label="What may they do?",
            needed="Choose at least one.",
            options=tuple(Option(value=one.value, label=label, is_ticked=True) for one, label in _SCOPES.items()),
        ),
        yes_no("letters_to_both", "Should CMS also go on writing to you?", is_yes=True),
    ]


def _how_long(record: Record) -> list[Ask]:
    return [
        Day(
            name="starts_on",
            label="From which day?",
            needed="Enter the day from which they may act.",
            what="the first day",
            is_ahead=True,
            initial=record.on,
        ),
        Pick(
            name="until",
            label="Until when?",
            needed="Choose one.",
            options=(
                Option(value="ended", label="Until I end it", is_ticked=True),
                Option(value="day", label="Until a day"),
            ),
        ),
        Day(
            name="ends_on",
            label="The last day",
            needed="Enter the last day on which they may act.",
            what="the last day",
            is_ahead=True,
            opened_by=("until", "day"),
        ),
    ]


def _attorney() -> list[Ask]:
    return [
        yes_no(
            "attorney",
            "Do they hold a power of attorney for your property and finances?",
            help="Without one, nobody but you may apply, set up or receive payments, or close the case.",
        ),
        Day(
            name="attorney_on",
            label="The date of the power of attorney",
            needed="Enter the date of the power of attorney.",
            what="the date",
            opened_by=("attorney", "yes"),
        ),
    ]


def _draft(record: Record, answers: Answers) -> Authority:
    starts_on = answers.day("starts_on") or record.on
    ends_on = answers.day("ends_on") if answers.text("until") == "day" else None
    if ends_on is not None and ends_on < starts_on:
        raise Refusal(say("The last day is before the first."), field="ends_on")
    scopes = tuple(Scope(one) for one in answers.many("scopes"))
    if not scopes:
        raise Refusal(say("Choose at least one."), field="scopes")
    return Authority(
        representative=on_one_line(answers.text("representative")),
        organisation=on_one_line(answers.text("organisation")),
        address=lines_of("\n".join(answers.many("address"))),
        scopes=scopes,
        letters_to_both=answers.is_yes("letters_to_both"),
        starts_on=starts_on,
        ends_on=ends_on,
        attorney_on=answers.day("attorney_on") if answers.is_yes("attorney") else None,
    )


KIND = Kind(
    code="authority",
    number=28,
    group=Group.RECORD,
    title="Let somebody deal with CMS for you",
    purpose="Give a person your written permission to get letters, ask questions and tell CMS things for you.",
    needs="Their name and address. You sign it yourself.",
    never="It holds nothing about your money, your child or the other parent, and no phone number.",
    to=To.CMS,
    senders=EVERYONE,
    about=Authority,
    asks=_asks,
    draft=_draft,
    heading=lambda about: "Permission for my representative",
    enclosures=lambda about: tuple(about.enclosures),
    by_parent_only=True,
    rule=contact_data.representative_rule(),
)
