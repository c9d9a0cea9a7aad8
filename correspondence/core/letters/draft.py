"""From a record and a person's choices to a whole letter. Figures come from the engine's position."""

import datetime as dt
from dataclasses import dataclass, field

from cases.core.calendar import add_working_days
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core import contact_data
from correspondence.core.letters.asks import Answers
from correspondence.core.letters.envelope import Edit, Letter
from correspondence.core.letters.kind import Kind, Record, ReplyBy, To
from correspondence.core.words import on_one_line, printable

NO_ADDRESS = "Copy the address from a letter of your own."


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the person chose for a letter.

    ``addressee`` empty: the known address; ``reply_to`` empty: the address they hold. ``for_whom``:
    the parent where somebody else signs. ``edits`` and ``addition`` are words of the person's own.
    """

    sender: str
    reply_to: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    for_whom: str = ""
    is_authority_enclosed: bool = False
    answers: Answers = field(default_factory=Answers)
    edits: tuple[Edit, ...] = ()
    addition: str = ""
    replaces: dt.date | None = None


def draft(kind: Kind, record: Record, choices: Choices) -> Letter:
    """The letter that these choices make of the record. Raises Refusal where it cannot be made."""
    if kind.by_parent_only and choices.for_whom:
        raise Refusal(say("Only the parent can sign this one."), field="sender")
    about = kind.draft(record, choices.answers)
    if choices.for_whom and kind.gives_up(about):
        raise Refusal(say("Only the parent can sign that arrears are given up."), field="sender")
    reply = _reply(kind, record, about)
    return Letter(
        kind=kind.code,
        perspective=record.perspective,
        reference=record.reference,
        dated_on=record.on,
        sender=on_one_line(choices.sender),
        sender_address=choices.reply_to,
        addressee=_addressee(kind, record, choices, reader=kind.reader(about)),
        greeting=_greeting(kind, reader=kind.reader(about)),
        heading=kind.heading(about),
        reply_by=reply.on if reply else None,
        reply_why=reply.why if reply else "",
        for_whom=on_one_line(choices.for_whom),
        is_authority_enclosed=choices.is_authority_enclosed,
        copies=kind.copies(about),
        enclosures=kind.enclosures(about),
        replaces=choices.replaces,
        edits=tuple(Edit(key=one.key, text=printable(one.text).strip()) for one in choices.edits),
        addition=printable(choices.addition).strip(),
        about=about,
    )


def reply_aim(record: Record) -> ReplyBy:
    """CMS's own aim for an answer, counted from the day of the letter."""
    found = contact_data.reply_time()
    return ReplyBy(
        on=add_working_days(record.on, found.working_days, nation=record.nation),
        why=f"which is {found.working_days} working days from the date of this letter",
        source=found.source,
    )


def reply_of(kind: Kind, record: Record, choices: Choices) -> ReplyBy | None:
    """When this letter asks for an answer, with the source that the page names."""
    return _reply(kind, record, kind.draft(record, choices.answers))


def _reply(kind: Kind, record: Record, about: object) -> ReplyBy | None:
    if kind.to is To.NOBODY:
        return None
    return reply_aim(record) if kind.reply is None else kind.reply(record, about)


def _greeting(kind: Kind, *, reader: str) -> str:
    spoken = reader.removesuffix(" MP").removesuffix(" MLA")  # on the envelope, but not in a greeting
    return f"Dear {spoken}" if reader else kind.greeting or contact_data.greeting_of(kind.to)


def _addressee(kind: Kind, record: Record, choices: Choices, *, reader: str) -> tuple[str, ...]:
    if kind.to is To.NOBODY:
        return ()
    known = contact_data.address_of(record.nation, kind.to)
    found = choices.addressee or (known.lines if known else ())
    if not found:
        raise Refusal(NO_ADDRESS, field="addressee")
    return (reader, *found) if reader and reader not in found else found
