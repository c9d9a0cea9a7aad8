"""What happened, as a letter tells it: dated entries that a person chose from the log and the letters sent.

An entry keeps its sentence, in the first person, as it was when the letter was drafted. What the
person noted of a contact follows in the words it was noted in.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from cms_tracker.days import day
from correspondence.core.contacts import CMS, ContactSeen, PromiseSeen, PromiseState
from correspondence.core.letters.asks import Answers, Ask, Option, PickMany
from correspondence.core.letters.kind import Record, SentLetter, To
from correspondence.core.words import on_one_line, printable

MOST = 40
SHOWN_AT_ONCE = 12

_DID = {
    ContactKind.CALL: "rang {}", ContactKind.LETTER: "wrote to {}", ContactKind.ONLINE: "sent {} an online message",
    ContactKind.TEXT: "sent {} a text message", ContactKind.MEETING: "met {}",
}  # fmt: skip
_SPOKEN = frozenset({ContactKind.CALL, ContactKind.MEETING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened ``on`` a day: a sentence, and what the person noted of it, if anything."""

    on: dt.date
    text: str
    said: str = ""


def ask(record: Record, *, label: str = "What happened, from your log", needed: str = "") -> list[Ask]:
    """The question which entries go into the letter; none where the log holds nothing."""
    options = [
        Option(value=value, label=_label(one), is_ticked=is_ticked, is_older=place >= SHOWN_AT_ONCE)
        for place, (value, one, is_ticked) in enumerate(_offered(record, to=To.OTHER))
    ]
    if not options:
        return []
    return [
        PickMany(
            name="events",
            label=label,
            help="Each one is printed with its date and your own note, as you wrote it. Read your notes first.",
            needed=needed,
            options=tuple(options),
            most=MOST,
            too_many=f"Choose {MOST} or fewer. Leave out what matters least.",
            older="older entry,older entries",
            back_to=min(one.on for _, one, _ in _offered(record, to=To.OTHER)),
        )
    ]


def chosen(record: Record, answers: Answers, *, to: To) -> tuple[Event, ...]:
    """The chosen entries for this reader, oldest first."""
    values = answers.many("events")
    found = [one for value, one, _ in _offered(record, to=to) if value in values]
    return tuple(reversed(found))


def _offered(record: Record, *, to: To) -> list[tuple[str, Event, bool]]:
    """Every entry with its value and whether it is chosen at first, latest first."""
    contacts = record.standing_contacts
    found: list[tuple[str, Event, bool]] = [(f"c-{one.id}", _of_contact(one, to=to), False) for one in contacts]
    found += [(f"l-{one.id}", event, False) for one, event in _letters(record.letters)]
    found += [
        (f"p-{one.id}", _of_promise(one, on=record.on, to=to), one.outcome is PromiseResult.NOT_KEPT)
        for contact in contacts
        for one in contact.promises
        if _is_broken(one, on=record.on)
    ]
    return sorted(found, key=lambda one: (one[1].on, one[0]), reverse=True)


def _is_broken(one: PromiseSeen, *, on: dt.date) -> bool:
    if one.struck_out is not None:
        return False
    return one.standing(on=on).state in {PromiseState.NOT_KEPT, PromiseState.OVERDUE}


def _letters(letters: Iterable[SentLetter]) -> list[tuple[SentLetter, Event]]:
    return [(one, _of_letter(one)) for one in letters if one.posted_on]


def _of_letter(one: SentLetter) -> Event:
    assert one.posted_on is not None  # noqa: S101 - only letters that were sent are told of
    dated = f" of {day(one.dated_on)}" if one.dated_on != one.posted_on else ""
    return Event(on=one.posted_on, text=f"I sent my letter{dated}, “{on_one_line(one.heading)}”.")


def name_of(party: str, *, to: To, starts: bool = False) -> str:
    """What the letter calls somebody: the reader is "you", the MP "my MP", anybody else their name."""
    if party == CMS and to.holds_address:
        return "You" if starts else "you"
    if party.strip().casefold() in {"mp", "my mp"}:
        return "My MP" if starts else "my MP"
    return on_one_line(party)


def _of_contact(one: ContactSeen, *, to: To) -> Event:
    at = f" at {one.clock}" if one.clock else ""
    them = name_of(one.party, to=to)
    if one.direction is Direction.OUT or one.kind is ContactKind.MEETING:
        text = f"I {_DID[one.kind].format(them)}{at}"
    else:
        text = f"{name_of(one.party, to=to, starts=True)} {_DID[one.kind].format('me')}{at}"
    spoke_to = on_one_line(one.spoke_to)
    if spoke_to and one.kind in _SPOKEN:
        text += f". I spoke to {spoke_to}"
    reference = on_one_line(one.reference)
    if reference:
        text += f". The reference is {reference}"
    return Event(on=one.at_date, text=f"{text.removesuffix('.')}.", said=printable(one.summary).strip())


def _of_promise(one: PromiseSeen, *, on: dt.date, to: To) -> Event:
    assert one.due_on is not None or one.outcome is not None  # noqa: S101 - as ``_is_broken`` says
    who = name_of(one.party, to=to)
    told = f"On {day(one.made_on)} {'I was told by ' + who if who != 'you' else 'you told me'}"
    by = f" by {day(one.due_on)}" if one.due_on else ""
    return Event(
        on=one.due_on or one.outcome_on or on,
        text=f"{told} what would be done{by}: “{on_one_line(one.text).rstrip('.')}”. It was not done.",
    )


def _label(one: Event) -> str:
    said = " ".join(one.said.split())
    short = f" {said[:80]}…" if len(said) > 80 else f" {said}" if said else ""
    return f"{day(one.on)}: {one.text}{short}"
