"""What a kind of letter is: its purpose, what it asks, and how it is drafted from one side's record.

Each kind is one module here with a ``KIND``, one template ``templates/letters/<code>.html`` and an
entry in ``registry``. The module holds the values that the paper states (a frozen dataclass of
plain values, see ``codec``) and how they are drafted; the template holds the English.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from arrears.core.facts import CaseFacts
from arrears.core.in_force import service_on
from arrears.core.ledger import known
from arrears.core.plan_review import PlanReview, review
from arrears.core.position import position
from arrears.core.results import Position
from cases.core.facts import Nation, Perspective, ServiceType
from correspondence.core.contact_data import KnownRule
from correspondence.core.contacts import ContactSeen
from correspondence.core.letters.asks import Answers, Ask


class Group(StrEnum):
    """Where a letter stands in the list of letters."""

    PAYMENTS = "payments"
    PLANS = "plans"
    COLLECTION = "collection"
    CHALLENGE = "challenge"
    SETTLING = "settling"
    RECORD = "about_your_case"


class To(StrEnum):
    """Who reads a letter. The addresses stand in ``contact_data.toml``, by nation, where one was checked."""

    CMS = "cms"
    COMPLAINTS = "complaints"
    DATA = "data"
    ICE = "ice"
    TRIBUNAL = "tribunal"
    MP = "mp"
    OTHER = "somebody_else"
    NOBODY = "nobody"

    @property
    def holds_address(self) -> bool:
        """Say whether this reader has the parent's address from the case, so that a letter need not name one."""
        return self in {To.CMS, To.COMPLAINTS, To.DATA}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that is kept with a payment: its name, and the SHA-256 of its content."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """An earlier letter of the record: its kind and heading, its days, and the reply it asked for."""

    id: uuid.UUID
    kind: str
    heading: str
    dated_on: dt.date
    posted_on: dt.date | None = None
    answered_on: dt.date | None = None
    reply_by: dt.date | None = None
    due_days: frozenset[dt.date] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Record:
    """What a letter may read: one side's record as known on the day ``on``. Nothing of anybody else's.

    ``contacts`` and ``letters`` are latest first. ``files`` are those kept with payments, by payment.
    """

    facts: CaseFacts
    perspective: Perspective
    reference: str
    nation: Nation
    on: dt.date
    contacts: tuple[ContactSeen, ...] = ()
    letters: tuple[SentLetter, ...] = ()
    files: Mapping[str, Sequence[KeptFile]] = field(default_factory=dict)

    @cached_property
    def known(self) -> CaseFacts:
        """The facts that count: known by the day, without what was struck out."""
        return known(self.facts, self.on)

    @cached_property
    def position(self) -> Position:
        """What is owed on the day, by the engine."""
        return position(self.facts, on=self.on, known_on=self.on)

    def at(self, day: dt.date) -> Position:
        """What was owed on an earlier day, as known on the day of the letter."""
        return position(self.facts, on=day, known_on=self.on)

    @cached_property
    def plan_reviews(self) -> tuple[PlanReview, ...]:
        """Every repayment plan as the engine judges it on the day, the earliest first."""
        return review(self.facts, on=self.on, known_on=self.on, nation=self.nation)

    @property
    def service(self) -> ServiceType | None:
        """Direct Pay or Collect and Pay on the day; None where the record does not say."""
        found = service_on(self.known, self.on)
        return found.type if found else None

    @property
    def standing_contacts(self) -> tuple[ContactSeen, ...]:
        """The log without what was struck out, latest first."""
        return tuple(one for one in self.contacts if one.struck_out is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyBy:
    """When an answer is asked for: the day, and what the day is, as it stands in the letter.

    ``why`` ends a sentence that begins "by 31 July 2025, ": "which is 15 working days from the date
    of this letter". ``source`` is for the page, not for the paper.
    """

    on: dt.date
    why: str
    source: str


ASKS_NOTHING: Callable[[Record], Sequence[Ask]] = lambda record: ()  # noqa: E731 - a default of a field
EVERYONE = frozenset(Perspective)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of letter.

    ``code`` names it in its template and in files, ``number`` in addresses, which stay in a browser's
    history and must say nothing. ``purpose``, ``needs`` and ``never`` (what it
    must never reveal) are shown before it is written; ``before`` is a warning to read first, ``rule`` a fact
    that stands with it.
    ``why_not`` says in one sentence why it cannot be made from this record now, empty where it can.
    ``draft`` gives the values of ``about`` or raises Refusal with the name of the question.
    ``reply`` gives when an answer is asked for (None: CMS's own aim for answers; see ``no_reply``).
    ``notes`` are due dates for which the person confirmed that nothing came: noted when it is made.
    ``named_by`` is the question that an address may answer beforehand ("call", "payment").
    ``copies`` are further readers, named under the letter. ``reader`` is the person it goes to, by name.
    ``by_parent_only``: nobody else may sign it; ``gives_up``: nor one that gives arrears up. ``is_page``: no letter.
    ``hides_address``: the other parent reads it too, so it never takes an address of the sender's.
    """

    code: str
    number: int
    group: Group
    title: str
    purpose: str
    needs: str
    never: str
    to: To
    senders: frozenset[Perspective]
    about: type[Any]
    draft: Callable[[Record, Answers], Any]
    heading: Callable[[Any], str]
    why_not: Callable[[Record], str] = lambda record: ""
    asks: Callable[[Record], Sequence[Ask]] = ASKS_NOTHING
    reply: Callable[[Record, Any], ReplyBy | None] | None = None
    notes: Callable[[Record, Any, Answers], Sequence[dt.date]] | None = None
    copies: Callable[[Any], tuple[str, ...]] = lambda about: ()
    enclosures: Callable[[Any], tuple[str, ...]] = lambda about: ()
    reader: Callable[[Any], str] = lambda about: ""
    greeting: str = ""
    by_parent_only: bool = False
    gives_up: Callable[[Any], bool] = lambda about: False
    before: str = ""
    rule: KnownRule | None = None
    named_by: str = ""
    is_page: bool = False
    hides_address: bool = False
    needs_files: bool = False


def no_reply(record: Record, about: object) -> None:
    """For a letter that asks for no answer by a day."""
