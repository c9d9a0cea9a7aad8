"""What was said and written to CMS before, as a letter may go back to it: each with its day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from arrears.core.case_values import ContactKind, Direction
from cms_tracker.days import day
from correspondence.core.contacts import CMS, ContactSeen
from correspondence.core.letters.asks import Answers, Option, PickMany
from correspondence.core.letters.kind import Record, SentLetter
from correspondence.core.words import on_one_line

MOST = 15  # in one letter; more belong into a bundle
SHOWN_AT_ONCE = 8

_I = {
    ContactKind.CALL: "I rang you", ContactKind.LETTER: "I wrote to you",
    ContactKind.ONLINE: "I sent you a message online", ContactKind.TEXT: "I sent you a text message",
    ContactKind.MEETING: "I met you",
}  # fmt: skip
_YOU = {
    ContactKind.CALL: "you rang me", ContactKind.LETTER: "you wrote to me",
    ContactKind.ONLINE: "you sent me a message online", ContactKind.TEXT: "you sent me a text message",
    ContactKind.MEETING: "you met me",
}  # fmt: skip
_SPOKEN = frozenset({ContactKind.CALL, ContactKind.MEETING})


def how(kind: ContactKind, direction: Direction) -> str:
    """What happened, in the first person, inside a sentence: "I rang you", "you wrote to me"."""
    return (_I if direction is Direction.OUT else _YOU)[kind]


def with_whom(kind: ContactKind, direction: Direction, spoke_to: str) -> str:
    """The person at the other end, where one was noted: " and spoke to Dan"; empty where none was."""
    if not spoke_to:
        return ""
    if kind not in _SPOKEN:
        return f" ({spoke_to})"
    return f" and spoke to {spoke_to}" if direction is Direction.OUT else f" and I spoke to {spoke_to}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One thing that was said or written: ``heading`` is that of a letter of this record."""

    on: dt.date
    kind: ContactKind
    direction: Direction
    spoke_to: str = ""
    reference: str = ""
    heading: str = ""

    @property
    def sentence(self) -> str:
        """It in one line, without its day: "I rang you and spoke to Dan (reference 77)."."""
        about = f", “{self.heading}”" if self.heading else ""
        reference = f" (reference {self.reference})" if self.reference else ""
        return (
            f"{how(self.kind, self.direction)}{with_whom(self.kind, self.direction, self.spoke_to)}{reference}{about}"
        )


def pick(record: Record, *, label: str, help: str = "", kinds: Iterable[str] = ()) -> PickMany | None:  # noqa: A002 - the field's own name
    """The question which of them the letter goes back to; None where there is none.

    ``kinds`` are the kinds of earlier letter that are ticked at first.
    """
    ticked = frozenset(kinds)
    found = sorted([*_contacts(record), *_letters(record)], key=lambda one: (one[0], one[1]), reverse=True)
    options = tuple(
        Option(value=key, label=words, is_ticked=kind in ticked, is_older=place >= SHOWN_AT_ONCE)
        for place, (_, key, words, kind) in enumerate(found)
    )
    if not options:
        return None
    return PickMany(
        name="earlier",
        label=label,
        help=help or "Each is named with its day. What was said stays out.",
        options=options,
        most=MOST,
        too_many=f"Choose {MOST} or fewer.",
        older="older one,older ones",
        back_to=found[-1][0],
    )


def chosen(record: Record, answers: Answers) -> tuple[Earlier, ...]:
    """The ones that were chosen, oldest first."""
    keys = frozenset(answers.many("earlier"))
    contacts = [_of_contact(one) for one in record.standing_contacts if f"contact-{one.id}" in keys]
    letters = [_of_letter(one) for one in record.letters if f"letter-{one.id}" in keys]
    return tuple(sorted([*contacts, *letters], key=lambda one: (one.on, one.kind, one.heading)))


def _contacts(record: Record) -> list[tuple[dt.date, str, str, str]]:
    return [
        (one.at_date, f"contact-{one.id}", f"{day(one.at_date)}: {one.title}{_spoke(one)}", "")
        for one in record.standing_contacts
        if one.party == CMS
    ]


def _spoke(one: ContactSeen) -> str:
    return f", {on_one_line(one.spoke_to)}" if one.spoke_to else ""


def _letters(record: Record) -> list[tuple[dt.date, str, str, str]]:
    return [
        (one.posted_on, f"letter-{one.id}", f"{day(one.posted_on)}: your letter “{one.heading}”", one.kind)
        for one in record.letters
        if one.posted_on is not None
    ]


def _of_contact(one: ContactSeen) -> Earlier:
    return Earlier(
        on=one.at_date,
        kind=one.kind,
        direction=one.direction,
        spoke_to=on_one_line(one.spoke_to),
        reference=on_one_line(one.reference),
    )


def _of_letter(one: SentLetter) -> Earlier:
    return Earlier(
        on=one.posted_on or one.dated_on, kind=ContactKind.LETTER, direction=Direction.OUT, heading=one.heading
    )
