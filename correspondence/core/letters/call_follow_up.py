"""The follow-up of a call: the person's own note of it, and what CMS said it would do."""

import datetime as dt
import uuid
from dataclasses import dataclass

from arrears.core.case_values import ContactKind, Direction
from cms_tracker.days import clock, day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.contacts import CMS, ContactSeen
from correspondence.core.letters.asks import Answers, Ask, Option, Pick
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To
from correspondence.core.words import on_one_line, printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise as the letter repeats it."""

    text: str
    due_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNote:
    """What the follow-up of a call states."""

    at_date: dt.date
    at_time: dt.time | None
    direction: Direction
    spoke_to: str
    reference: str
    summary: str
    promises: tuple[Promised, ...]
    contact_id: uuid.UUID | None = None

    @property
    def clock(self) -> str:
        """The time as people say it; empty where only the day is known."""
        return clock(self.at_time) if self.at_time else ""

    @property
    def heading(self) -> str:
        """The subject of the letter."""
        return f"My note of our call on {day(self.at_date)}"


def can_be_followed_up(contact: ContactSeen) -> bool:
    """Say whether a contact is a call with CMS that stands on the record and says something."""
    says = contact.summary.strip() or any(one.struck_out is None for one in contact.promises)
    return contact.kind is ContactKind.CALL and contact.struck_out is None and contact.party == CMS and bool(says)


def call_note(contact: ContactSeen) -> CallNote:
    """The note of a call, in the person's own words, printable."""
    return CallNote(
        at_date=contact.at_date,
        at_time=contact.at_time,
        direction=contact.direction,
        spoke_to=on_one_line(contact.spoke_to),
        reference=on_one_line(contact.reference),
        summary=printable(contact.summary).strip(),
        promises=tuple(
            Promised(text=on_one_line(one.text), due_on=one.due_on)
            for one in contact.promises
            if one.struck_out is None
        ),
        contact_id=contact.id,
    )


def _calls(record: Record) -> list[ContactSeen]:
    return [one for one in record.contacts if can_be_followed_up(one)]


def _asks(record: Record) -> list[Ask]:
    calls = _calls(record)
    options = tuple(
        Option(value=str(one.id), label=label_of(one), is_ticked=place == 0) for place, one in enumerate(calls)
    )
    return [
        Pick(name="call", label="Which call?", needed="Choose the call that this letter is about.", options=options)
    ]


def label_of(one: ContactSeen) -> str:
    """A contact in a list to choose from: when, and whom the person spoke to."""
    at = f" at {one.clock}" if one.clock else ""
    who = f", spoke to {on_one_line(one.spoke_to)}" if one.spoke_to else ""
    return f"{day(one.at_date)}{at}{who}"


def _draft(record: Record, answers: Answers) -> CallNote:
    for one in _calls(record):
        if str(one.id) == answers.text("call"):
            return call_note(one)
    raise Refusal(say("Choose the call that this letter is about."), field="call")


KIND = Kind(
    code="call-follow-up",
    number=2,
    group=Group.RECORD,
    title="Put a call in writing",
    purpose="Send CMS your note of a call, and ask them to confirm what they said they would do.",
    needs="A call with CMS that you have logged.",
    never="It holds only the call that you choose, in your own words.",
    to=To.CMS,
    senders=EVERYONE,
    about=CallNote,
    why_not=lambda record: (
        "" if _calls(record) else "Log a call with CMS first. The letter is made from your note of it."
    ),
    asks=_asks,
    draft=_draft,
    heading=lambda call: str(call.heading),
    named_by="call",
)
