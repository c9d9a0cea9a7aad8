"""Everything in one record in the order in which it happened.

Facts and the engine's answers in, items out: nothing here adds up what is owed. Runs of equal
payments on time, and of equal instalments that nothing came for, are one item each.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from arrears.core.case_values import PromiseResult
from cases.core.facts import StruckOut
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.sending import NOT_SENT, Sending
from correspondence.core.sending_words import NUMBER_OF, STEP_TITLES

SHORTEST_RUN = 3
MANY = 60  # items; a longer record is shown by year


class Topic(StrEnum):
    """What an item is about; also the filter's name for it."""

    PAYMENTS = "payments"
    DECISIONS = "decisions"
    FIGURES = "figures"
    CONTACTS = "contacts"
    LETTERS = "letters"
    ROUTES = "routes"
    EVIDENCE = "evidence"


class Place(StrEnum):
    """The page where more is said about an item."""

    PAYMENT = "payment"
    PAYMENTS = "payments"
    DETAILS = "details"
    PLANS = "plans"
    FIGURES = "figures"
    CONTACT = "contact"
    LETTER = "letter"
    CLAIM = "claim"
    SETTLEMENT = "settlement"
    ORDER = "order"
    OTHER_MONEY = "other_money"
    TRANSIT = "transit"
    EVIDENCE = "evidence"
    EVENTS = "events"
    ROUTES = "routes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that happened on ``on`` (a run: from ``since`` to ``on``).

    ``added_on`` is set where it was added to the record on another day. ``run_key`` makes equal
    neighbours one item. ``place`` and ``id`` name the page to follow.
    """

    topic: Topic
    on: dt.date
    title: str
    lines: tuple[str, ...] = ()
    by: str = ""
    since: dt.date | None = None
    added_on: dt.date | None = None
    place: Place | None = None
    id: str = ""
    is_minor: bool = False
    struck_out: StruckOut | None = None
    promises: tuple[PromiseSeen, ...] = ()
    run_key: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSeen:
    """What the timeline says of a letter."""

    id: uuid.UUID
    title: str
    dated_on: dt.date
    sending: Sending = NOT_SENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The items of one year, newest first."""

    year: int
    items: tuple[Item, ...]


def contact_items(contacts: Iterable[ContactSeen]) -> Iterator[Item]:
    """Contacts, and separately what became of each promise made in them."""
    for contact in contacts:
        who = [say("spoke to {spoke_to}", spoke_to=contact.spoke_to)] if contact.spoke_to else []
        at = [say("at {clock}", clock=contact.clock)] if contact.clock else []
        yield Item(
            topic=Topic.CONTACTS,
            on=contact.at_date,
            title=contact.title,
            by=", ".join([*at, *who]),
            lines=(contact.summary,) if contact.summary else (),
            added_on=added(contact.recorded_on, contact.at_date),
            place=Place.CONTACT,
            id=str(contact.id),
            struck_out=contact.struck_out,
            promises=tuple(one for one in contact.promises if one.struck_out is None),
        )
        for promise in contact.promises:
            if promise.outcome is not None and promise.outcome_on is not None and promise.struck_out is None:
                yield _outcome(promise, promise.outcome, promise.outcome_on)


def letter_items(letters: Iterable[LetterSeen]) -> Iterator[Item]:
    """Letters on the day of their date, and each step of them on its own day."""
    for letter in letters:
        yield Item(
            topic=Topic.LETTERS,
            on=letter.dated_on,
            title=say("Letter made: {title}", title=letter.title),
            place=Place.LETTER,
            id=str(letter.id),
        )
        for step in letter.sending.steps:
            number = (f"{NUMBER_OF[step.how]} {step.number}.",) if step.number else ()
            yield Item(
                topic=Topic.LETTERS,
                on=step.on,
                title=f"{STEP_TITLES[step.kind]}: {letter.title}",
                lines=(*number, *((step.note,) if step.note else ())),
                place=Place.LETTER,
                id=str(letter.id),
                struck_out=step.struck_out,
            )


def with_runs(items: Iterable[Item]) -> list[Item]:
    """The items oldest first, with each run of equal neighbours made one."""
    found: list[Item] = []
    for key, group in groupby(sorted(items, key=lambda item: item.on), key=lambda item: item.run_key):
        run = list(group)
        if key is None or len(run) < SHORTEST_RUN:
            found.extend(run)
        else:
            found.append(_run(run, *key))
    return found


def by_year(items: Iterable[Item]) -> list[Year]:
    """Newest year first, newest item first; on one day by topic, what came later first."""
    order = {topic: place for place, topic in enumerate(Topic)}
    numbered = sorted(enumerate(items), key=lambda pair: (-pair[1].on.toordinal(), order[pair[1].topic], -pair[0]))
    newest = [item for _, item in numbered]
    return [Year(year=year, items=tuple(group)) for year, group in groupby(newest, key=lambda item: item.on.year)]


def shown(years: Sequence[Year], *, year: int | None) -> list[Year]:
    """The years of one page: the one asked for, or the newest ones that make a page together."""
    if year is not None:
        return [one for one in years if one.year == year]
    page: list[Year] = []
    for one in years:
        if page and sum(len(each.items) for each in page) + len(one.items) > MANY:
            break
        page.append(one)
    return page


def added(recorded_on: dt.date | None, on: dt.date) -> dt.date | None:
    """The day it was added, where that is another day than the one it happened on."""
    return recorded_on if recorded_on is not None and recorded_on != on else None


def _run(run: Sequence[Item], title: str, amount: int) -> Item:
    last = run[-1]
    return Item(
        topic=last.topic,
        on=last.on,
        since=run[0].on,
        title=say("{run} payments of {amount}{title}", run=len(run), amount=pounds(amount), title=title),
        place=Place.PAYMENTS,
        is_minor=True,
    )


def _outcome(promise: PromiseSeen, outcome: PromiseResult, on: dt.date) -> Item:
    said = say("{text_of}. Said on {made_on}", text_of=promise.text, made_on=day(promise.made_on))
    due = say(", for {due_on}.", due_on=day(promise.due_on)) if promise.due_on else say(", without a date.")
    return Item(
        topic=Topic.CONTACTS,
        on=on,
        title=say("A promise was kept") if outcome is PromiseResult.KEPT else say("A promise was not kept"),
        lines=tuple(line for line in (said + due, promise.outcome_note) if line),
        place=Place.CONTACT,
        id=str(promise.contact_id),
    )
