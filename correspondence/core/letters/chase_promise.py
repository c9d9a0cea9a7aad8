"""A chase of promises: what CMS said it would do, by when, and that it has not happened."""

import datetime as dt
from dataclasses import dataclass

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.contacts import CMS, ContactSeen, PromiseSeen, PromiseState
from correspondence.core.letters import earlier
from correspondence.core.letters.asks import Answers, Ask, Option, PickMany, Words, yes_no
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To
from correspondence.core.words import on_one_line, printable

MOST = 12  # promises in one letter
_COUNTS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_CHASED = frozenset({PromiseState.OVERDUE, PromiseState.NOT_KEPT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chased:
    """A promise, the contact in which it was made, and the day for which it was made (None: no day was given)."""

    made_on: dt.date
    kind: ContactKind
    direction: Direction
    spoke_to: str
    reference: str
    text: str
    due_on: dt.date | None

    @property
    def how(self) -> str:
        """How it came to be made, inside a sentence: "I rang you and spoke to Dan"."""
        return f"{earlier.how(self.kind, self.direction)}{earlier.with_whom(self.kind, self.direction, self.spoke_to)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChasedPromises:
    """What a chase states, the oldest promise first. ``asked`` are the earlier times it was asked about."""

    promises: tuple[Chased, ...]
    effect: str
    will_complain: bool
    asked: tuple[earlier.Earlier, ...] = ()

    @property
    def count(self) -> str:
        """How many promises, in words."""
        return _COUNTS[len(self.promises) - 1]

    @property
    def heading(self) -> str:
        """The subject of the letter."""
        if len(self.promises) > 1:
            return f"{self.count.capitalize()} things that you said you would do"
        due_on = self.promises[0].due_on
        return f"What you said you would do by {day(due_on)}" if due_on else "What you said you would do"


def goes_by_letter(promise: PromiseSeen, *, on: dt.date) -> bool:
    """Say whether a promise can stand in this letter: one of CMS's own that can be chased."""
    return promise.party == CMS and _can_be_chased(promise, on=on)


def _can_be_chased(promise: PromiseSeen, *, on: dt.date) -> bool:
    """Say whether a promise of CMS has passed its day, or was noted as not kept, or never had a day."""
    if promise.struck_out is not None:
        return False
    if promise.outcome is PromiseResult.KEPT:
        return False
    state = promise.standing(on=on).state
    return state in _CHASED or (state is PromiseState.UNDATED and promise.made_on < on)


def _found(record: Record) -> list[tuple[ContactSeen, PromiseSeen]]:
    """The promises to chase, the longest overdue first, those without a day last."""
    found = [
        (contact, promise)
        for contact in record.standing_contacts
        for promise in contact.promises
        if goes_by_letter(promise, on=record.on)
    ]
    return sorted(found, key=lambda one: (one[1].due_on is None, one[1].due_on or one[0].at_date, one[0].at_date))


def _asks(record: Record) -> list[Ask]:
    asks: list[Ask] = [
        PickMany(
            name="promises",
            label="Which promises?",
            help="Those whose day has passed are in the letter unless you take the tick away.",
            needed="Choose at least one promise.",
            options=tuple(
                Option(value=str(one.id), label=_label(one), is_ticked=one.is_open and one.due_on is not None)
                for _, one in _found(record)[:60]
            ),
            most=MOST,
            too_many=f"Choose {MOST} promises or fewer.",
        )
    ]
    asked = earlier.pick(record, label="Times you asked about it since", kinds=(KIND.code,))
    if asked:
        asks.append(asked)
    return [
        *asks,
        Words(
            name="effect",
            label="What the delay means for you",
            help="One or two sentences. For example a bill that you could not pay.",
            most=1500,
            rows=3,
        ),
        yes_no(
            "will_complain",
            "Say that you will complain if nothing happens?",
            help="A complaint is a letter of its own. This only says that it will come.",
        ),
    ]


def _label(one: PromiseSeen) -> str:
    by = f"by {day(one.due_on)}" if one.due_on else "no date was given"
    return f"{on_one_line(one.text)} ({by}, told on {day(one.made_on)})"


def _draft(record: Record, answers: Answers) -> ChasedPromises:
    keys = frozenset(answers.many("promises"))
    found = [
        Chased(
            made_on=contact.at_date,
            kind=contact.kind,
            direction=contact.direction,
            spoke_to=on_one_line(contact.spoke_to),
            reference=on_one_line(contact.reference),
            text=on_one_line(promise.text).rstrip("."),
            due_on=promise.due_on,
        )
        for contact, promise in _found(record)
        if str(promise.id) in keys
    ]
    if not found:
        raise Refusal(say("Choose at least one promise."), field="promises")
    return ChasedPromises(
        promises=tuple(found),
        effect=printable(answers.text("effect")).strip(),
        will_complain=answers.is_yes("will_complain"),
        asked=earlier.chosen(record, answers),
    )


def _why_not(record: Record) -> str:
    if _found(record):
        return ""
    return "No promise of CMS in your log has passed its day. Log the call or letter in which they promised something."


KIND = Kind(
    code="chase-promise",
    number=10,
    group=Group.RECORD,
    title="Chase what CMS promised",
    purpose="Remind CMS of one or more promises whose day has passed, and ask for a new date in writing.",
    needs="A promise in your log of calls and letters whose day has passed.",
    never="It names only the promises that you choose. What else was said in the call stays out.",
    to=To.CMS,
    senders=EVERYONE,
    about=ChasedPromises,
    why_not=_why_not,
    asks=_asks,
    draft=_draft,
    heading=lambda about: str(about.heading),
    named_by="promises",
)
