"""Money on its way in words: where it is, what should come of it, and the note to ask with."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from arrears.core import words
from arrears.core.facts import CaseFacts, Payment, Route
from arrears.core.transit import Amounts, LegSeen, Sum
from arrears.core.transit_facts import Leg, LegKind, Way
from arrears.presenters.rates import ShownRate
from arrears.presenters.rates import shown as rate_shown
from arrears.presenters.statuses import Tag
from cases.core.references import grouped
from cms_tracker.days import day
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds

_ARRIVED = Tag(mark("At the end of its way"), "s-paid", "good")
_LATE = Tag(mark("Late: ask where it is"), "s-missed", "warn")
_ON_ITS_WAY = Tag(mark("On its way"), "s-due")
_SHORT = Tag(mark("Less came than set out"), "s-part", "warn")

_NEXT = Words(
    {
        LegKind.RECEIVED: mark("CMS should have it"),
        LegKind.ALLOCATED: mark("CMS should say what it was counted for"),
        LegKind.PAID_OUT: mark("It should reach the receiving parent"),
    }
)
_AT = Words(
    {
        LegKind.DEDUCTED: mark("On its way to CMS"),
        LegKind.RECEIVED: mark("With CMS"),
        LegKind.ALLOCATED: mark("Counted by CMS"),
        LegKind.PAID_OUT: mark("Passed on to the receiving parent"),
    }
)
# For CMS, and so never translated: how each leg reads in a note to it.
_TOLD_CMS = {
    LegKind.RECEIVED: "You received",
    LegKind.ALLOCATED: "You counted",
    LegKind.PAID_OUT: "You passed on",
}
_SET_OUT = {
    Way.EARNINGS: "was taken from the paying parent's pay",
    Way.BENEFIT: "was taken from the paying parent's benefit",
    Way.BANK: "was taken from the paying parent's bank account",
    Way.PARENT: "was paid to you by the paying parent",
}
_MISSING = {
    LegKind.RECEIVED: "It has not been credited to this case.",
    LegKind.ALLOCATED: "I have not been told what it was counted for.",
    LegKind.PAID_OUT: "It has not reached the receiving parent.",
}
_ASKS = (
    "Please tell me in writing where this money is, whether it is held in suspense, and on which day it will be "
    "dealt with."
)
MOST_PAYMENTS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class LegLine:
    """One leg that somebody told of: its words, its amount, and where it leads."""

    leg: Leg
    text: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One step of the way: what was said beside what it should come to."""

    name: str
    on: dt.date | None
    said: Amounts | None
    expected: Amounts | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SumShown:
    """One sum. ``note`` is to copy and ask with; empty where there is nothing to ask about."""

    number: int
    amount: int
    way: str
    tag: Tag
    at: str
    sentences: list[str]
    rows: list[Row]
    rule: ShownRate | None
    note: str


def shown(one: Sum, *, reference: str, on: dt.date) -> SumShown:
    """One sum on the day ``on``; ``reference`` is the number of the case."""
    return SumShown(
        number=one.number,
        amount=one.amount,
        way=words.WAYS[one.way],
        tag=_tag(one),
        at=_AT[one.at.kind],
        sentences=_sentences(one),
        rows=[*map(_row, one.seen), *_coming(one)],
        rule=rate_shown(one.next.rule, on=on) if one.next else None,
        note=_note(one, reference=reference),
    )


def lines(legs: Iterable[Leg]) -> list[LegLine]:
    """Every leg, the earliest first, struck-out ones among them."""
    ordered = sorted(legs, key=lambda one: (one.on, one.recorded_on, one.id))
    return [LegLine(leg=one, text=words.LEGS[one.kind], amount=_of(one)) for one in ordered]


def payments(seen: CaseFacts) -> list[tuple[str, str]]:
    """The latest payments through CMS, as a form offers them: id and words."""
    through = [one for one in seen.payments if one.route is not Route.DIRECT]
    latest = sorted(through, key=lambda one: (one.paid_on, one.id), reverse=True)[:MOST_PAYMENTS]
    return [(one.id, _payment(one)) for one in latest]


def hints(one: Sum | None) -> list[str]:
    """What the next step should come to, beside the form; empty where nothing tells."""
    if one is None or one.coming is None or one.next is None or one.coming.net is None:
        return []
    return [_expects(one.next.kind, one.coming)]


def _payment(one: Payment) -> str:
    return say("{amount} on {paid_on}", amount=pounds(one.amount), paid_on=day(one.paid_on))


def _of(leg: Leg) -> int:
    return leg.gross if leg.gross is not None else leg.net or 0


def _amount(said: Amounts) -> int:
    return said.gross if said.gross is not None else said.net or 0


def _tag(one: Sum) -> Tag:
    if one.is_late:
        return _LATE
    if one.lost > 0:
        return _SHORT
    return _ARRIVED if one.next is None else _ON_ITS_WAY


def _sentences(one: Sum) -> list[str]:
    found = []
    if one.next is not None:
        expected = one.next
        found.append(
            say("{what} by {by}.", what=_NEXT[expected.kind], by=day(expected.by))
            if expected.firm
            else say(
                "{what} by {by}, usually. That day is not certain.", what=_NEXT[expected.kind], by=day(expected.by)
            )
        )
        if expected.is_late:
            found.append(_how_late(expected.days_late, expected.working_days_late))
    found += [_missing(leg) for leg in one.seen if leg.lost]
    return found


def _how_late(days: int, working: int) -> str:
    return say("Nobody has told you of it since. That day was {days} days ago, {working} of them working days.",
               days=days, working=working)  # fmt: skip


def _missing(leg: LegSeen) -> str:
    lost = leg.lost or 0
    if lost < 0:
        return say("{amount} more is in this step than set out before it.", amount=pounds(-lost))
    return say("{amount} less is in this step than set out before it.", amount=pounds(lost))


def _row(leg: LegSeen) -> Row:
    return Row(
        name=_AT[leg.kind],
        on=leg.on,
        said=leg.said,
        expected=leg.expected,
        sentence=_missing(leg) if leg.lost else "",
    )


def _coming(one: Sum) -> list[Row]:
    if one.next is None:
        return []
    return [Row(name=_AT[one.next.kind], on=None, said=None, expected=one.coming, sentence="")]


def _expects(kind: LegKind, coming: Amounts) -> str:
    net, fee = pounds(coming.net or 0), pounds(coming.fee or 0)
    if kind is LegKind.RECEIVED:
        return say("If all of it arrives: {net}.", net=net)
    if kind is LegKind.ALLOCATED:
        return say("If all of it holds the fee of the paying parent: {net} of maintenance and {fee} of fee.",
                   net=net, fee=fee)  # fmt: skip
    return say("If all is as usual: {net}, after a fee of {fee}.", net=net, fee=fee)


def _note(one: Sum, *, reference: str) -> str:
    """The note to CMS, in the words that a letter would use; empty where nothing is late or missing."""
    if not one.is_late and one.lost <= 0:
        return ""
    told = [_told_cms(leg) for leg in one.seen]
    if one.next is not None and one.next.is_late:
        told.append(f"{_MISSING[one.next.kind]} The usual day was {day(one.next.by)}.")
    told += [f"{pounds(leg.lost)} is missing at this step." for leg in one.seen if leg.lost and leg.lost > 0]
    return "\n\n".join([f"CMS reference {grouped(reference)}.", " ".join(told), *_references(one.legs), _ASKS])


def _told_cms(leg: LegSeen) -> str:
    if leg.kind is LegKind.DEDUCTED:
        return f"{pounds(_amount(leg.said))} {_SET_OUT[leg.legs[0].way]} on {day(leg.on)}."
    return f"{_TOLD_CMS[leg.kind]} {pounds(_amount(leg.said))} on {day(leg.on)}."


def _references(legs: Sequence[Leg]) -> list[str]:
    known = list(dict.fromkeys(one.reference for one in legs if one.reference))
    return [f"Reference: {', '.join(known)}."] if known else []
