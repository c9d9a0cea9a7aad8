"""Chase notes: plain words to copy into the online account, or to read out on the phone.

A note says who said what on which day, what has not happened, and what is asked for now. It holds
only what the record holds; it goes to those who made the promise, so it speaks to them as "you".
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from cases.core.facts import Nation, Perspective
from cases.core.references import grouped
from cms_tracker.days import clock, day
from correspondence.core.contacts import CMS, PromiseSeen, PromiseState
from correspondence.core.promise_words import working_days_late
from correspondence.core.sending import AwaitedReply
from correspondence.core.sending_words import HOW
from correspondence.core.words import on_one_line

_CHASED = frozenset({PromiseState.OVERDUE, PromiseState.DUE_TODAY, PromiseState.OPEN, PromiseState.UNDATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chaser:
    """Who chases: the person of the record, or an adviser who acts for them, and about which case."""

    reference: str
    perspective: Perspective
    nation: Nation
    acts_for: bool = False

    @property
    def who(self) -> str:
        """Whoever spoke to them: an adviser and the parent are "we", for either may have rung."""
        return "we" if self.acts_for else "I"

    @property
    def whom(self) -> str:
        """The same where something is done to them."""
        return "us" if self.acts_for else "me"

    @property
    def opening(self) -> str:
        """The line that names the case."""
        acts = f"I act for the {self.perspective.value} parent. " if self.acts_for else ""
        return f"{acts}CMS reference {grouped(self.reference)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseNote:
    """A note to one party, about one thing or about several."""

    party: str
    text: str


def may_be_chased(promise: PromiseSeen, *, on: dt.date) -> bool:
    """Say whether a promise stands and was not kept, or not yet."""
    if promise.struck_out is not None:
        return False
    return promise.outcome is PromiseResult.NOT_KEPT or promise.standing(on=on).state in _CHASED


def is_overdue(promise: PromiseSeen, *, on: dt.date) -> bool:
    """Say whether a promise stands, its day has passed, and nobody has said what became of it."""
    return promise.is_open and promise.standing(on=on).state is PromiseState.OVERDUE


def chase_promise(promise: PromiseSeen, chaser: Chaser, *, on: dt.date) -> ChaseNote:
    """The note about one promise."""
    ask = f"Please do this now, or tell {chaser.whom} in writing on which day it will be done."
    return ChaseNote(party=promise.party, text=f"{chaser.opening}\n\n{_promised(promise, chaser, on=on)}\n\n{ask}")


def chase_reply(reply: AwaitedReply, chaser: Chaser) -> ChaseNote:
    """The note about a letter that has had no reply."""
    ask = f"Please reply now, or tell {chaser.whom} on which day you will."
    return ChaseNote(party=reply.party, text=f"{chaser.opening}\n\n{_unanswered(reply, chaser)}\n\n{ask}")


def chase_all(
    promises: Sequence[PromiseSeen], replies: Sequence[AwaitedReply], chaser: Chaser, *, on: dt.date
) -> list[ChaseNote]:
    """One note for each party, about everything that is overdue; CMS first, the others by name."""
    items: dict[str, list[str]] = {}
    for promise in promises:
        items.setdefault(promise.party, []).append(_promised(promise, chaser, on=on))
    for reply in replies:
        items.setdefault(reply.party, []).append(_unanswered(reply, chaser))
    parties = sorted(items, key=lambda party: (party != CMS, party))
    return [ChaseNote(party=party, text=_together(items[party], chaser)) for party in parties]


def _together(items: Sequence[str], chaser: Chaser) -> str:
    if len(items) == 1:
        said, ask = items[0], f"Please do this now, or tell {chaser.whom} in writing on which day it will be done."
    else:
        said = "\n\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))
        ask = f"Please do each of these now, or tell {chaser.whom} in writing on which day it will be done."
    return f"{chaser.opening}\n\n{said}\n\n{ask}"


def _promised(promise: PromiseSeen, chaser: Chaser, *, on: dt.date) -> str:
    at = f" at {clock(promise.at_time)}" if promise.at_time else ""
    reference = f", reference {on_one_line(promise.reference)}" if promise.reference else ""
    spoke = f"On {_named(promise.made_on)}{at} {_how(promise, chaser)}{reference}."
    by = f", by {_named(promise.due_on)}" if promise.due_on else ""
    told = f"{'We were' if chaser.acts_for else 'I was'} told: “{on_one_line(promise.text)}”{by}."
    return f"{spoke} {told} {_since(promise, chaser, on=on)}"


def _since(promise: PromiseSeen, chaser: Chaser, *, on: dt.date) -> str:
    if promise.outcome is PromiseResult.NOT_KEPT:
        return "It was not done."
    late = working_days_late(promise, on=on, nation=chaser.nation)
    if not late:
        return "It has not happened yet."
    return f"It has not happened. It is {late:,} working {'day' if late == 1 else 'days'} late."


def _how(promise: PromiseSeen, chaser: Chaser) -> str:
    name = on_one_line(promise.spoke_to) or "you"
    theirs = promise.direction is Direction.IN
    if promise.kind is ContactKind.CALL:
        return f"{chaser.who} spoke to {name} on the phone"
    if promise.kind is ContactKind.MEETING:
        return f"{chaser.who} met {name}"
    if promise.kind is ContactKind.LETTER:
        return f"you wrote to {chaser.whom}" if theirs else f"{chaser.who} wrote to you"
    what = "an online message" if promise.kind is ContactKind.ONLINE else "a text message"
    return f"you sent {chaser.whom} {what}" if theirs else f"{chaser.who} sent you {what}"


def _unanswered(reply: AwaitedReply, chaser: Chaser) -> str:
    how = HOW[reply.posting.how]
    number = f", number {on_one_line(reply.posting.number)}" if reply.posting.number else ""
    sent = f"On {_named(reply.posting.on)} {chaser.who} sent you a letter{f' {how}' if how else ''}{number}."
    asked = f" It asked for a reply by {_named(reply.due.asked_by)}." if reply.due.asked_by else ""
    dated = f" It is dated {day(reply.dated_on)}: “{on_one_line(reply.heading or reply.title)}”."
    return f"{sent}{dated}{asked} No reply has come."


def _named(on: dt.date) -> str:
    return f"{on:%A} {day(on)}"
