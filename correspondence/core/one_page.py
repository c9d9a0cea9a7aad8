"""A case on one printed page: the position, why, the plan, what was said, which days, what next.

For an adviser who has ten minutes, and for a parent to take to an adviser or an MP. Every list is
bounded and says how many more there are, and every line is cut to a width, so that it is one page
whatever the record holds. Every figure is the engine's for the day of the page; nothing is added up
here. What a person typed is searched for whatever they keep out of documents, and long numbers in it
are masked: no address and no telephone number leaves with it.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from arrears.core.facts import CaseFacts
from arrears.core.in_force import decision_on, service_on
from arrears.core.plan_review import PlanReview
from arrears.core.results import Beside, Classification, Due, Instalment, Kind, PlanState, Position
from cases.core.facts import Perspective
from cases.core.words import RATES, SERVICES
from cms_tracker.days import day
from cms_tracker.money import pounds
from correspondence.core.bundles import hiding
from correspondence.core.bundles.hiding import Needle
from correspondence.core.clock_rules import Side
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.deadlines import Deadline, DeadlineList, Source
from correspondence.core.statement_words import ENTRIES, Sum, shown_note
from correspondence.core.words import on_one_line

MOST_CAUSES = 6
MOST_DATES = 3
MOST_CONTACTS = 3
MOST_PROMISES = 2
MOST_DAYS = 4
MOST_STEPS = 4
MOST_REFUSED = 2
LINE = 118  # small letters of a line of this page, by measure; capitals and wide letters take two
TWO_LINES = 2 * LINE - 10  # a line that may turn once: words do not fill the first one to its end
SHORT, WIDER = 46, 95  # lines of a page that leaves room for larger type, and how long they are in it

_PLANS = {
    Classification.AGREEMENT: "An agreement: paid off within two years",
    Classification.ARRANGEMENT: "A long repayment plan (CMS calls this an arrangement): longer than two years",
    Classification.INSUFFICIENT: "Too little: the arrears do not get smaller by it",
    Classification.NOTHING_OWED: "Nothing was owed when it began",
}
_KEPT = {
    PlanState.NOT_STARTED: "It has not begun.",
    PlanState.KEPT: "It is kept, as far as this record tells.",
    PlanState.AT_RISK: "It is at risk: a payment is late.",
    PlanState.BROKEN: "It is not kept.",
    PlanState.VARIED: "A later plan took its place.",
    PlanState.COMPLETED: "It is completed.",
}


def _kept(review: PlanReview) -> str:
    if review.is_quiet and review.standing.state is PlanState.KEPT:
        return f"It was kept up to {day(review.stands_on)}; the record does not tell what came since."
    return _KEPT[review.standing.state]


class Next(NamedTuple):
    """Something that can be done next, or cannot, and why."""

    title: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the page is made from. ``seen`` are the facts as known; ``at`` is the position of the day.

    ``plans`` in their order, ``contacts`` the latest first, none struck out; ``stated`` is the last
    figure that was given, beside the record's; ``hidden`` is what must not leave.
    """

    reference: str
    seen: CaseFacts
    at: Position
    next_due: Due | None
    plans: Sequence[PlanReview]
    stated: tuple[str, Beside] | None
    contacts: Sequence[ContactSeen]
    promises: Sequence[PromiseSeen]
    deadlines: DeadlineList
    steps: Sequence[Next]
    refused: Sequence[Next]
    hidden: Sequence[Needle]
    has_anything: bool


class Part(NamedTuple):
    """One part of the page: sums, lines, and how many more lines there are ("" for none)."""

    title: str
    sums: tuple[Sum, ...]
    lines: tuple[str, ...]
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage:
    """The page in words, ready to be laid out. ``outstanding`` and ``credit`` in pence."""

    on: dt.date
    known_on: dt.date
    reference: str
    is_receiving: bool
    outstanding: int
    credit: int
    parts: tuple[Part, ...]
    how: tuple[str, ...]

    @property
    def is_short(self) -> bool:
        """Say whether it leaves so much room that it can be set in larger type."""
        return sum(_height(part) for part in self.parts) <= SHORT


def one_page(of: Ground) -> OnePage:
    """The words of the page."""
    parts = (_position(of), _why(of), _plan(of), _said(of), _days(of), _next(of))
    return OnePage(
        on=of.at.on,
        known_on=of.at.known_on,
        reference=of.reference,
        is_receiving=of.seen.perspective is Perspective.RECEIVING,
        outstanding=of.at.outstanding,
        credit=of.at.credit,
        parts=tuple(part for part in parts if part.lines or part.sums),
        how=_HOW,
    )


_HOW = (
    "From the record that one person keeps. It is not a statement by CMS. Each figure is for the day at the top.",
    "In the record, Payments shows where each figure comes from, Why it changed each cause, and Sources the rules.",
)


def _height(part: Part) -> int:
    """How many lines of larger type a part takes, its title counted as two."""
    return 2 + len(part.sums) + sum(1 + len(one) // WIDER for one in part.lines) + bool(part.more)


def fitted(text: str, most: int) -> str:
    """The text on one line; where it is wider, up to its last whole sentence, or cut with an ellipsis."""
    found: list[str] = []
    width = 0
    for char in on_one_line(text):
        width += 2 if _is_wide(char) else 1
        if width > most:
            whole, ends, _ = "".join(found).rpartition(". ")
            return f"{whole}." if ends else "".join(found[:-1]).rstrip() + "\N{HORIZONTAL ELLIPSIS}"
        found.append(char)
    return "".join(found)


def _is_wide(char: str) -> bool:
    return char.isupper() or char in "mw@%&—…" or unicodedata.east_asian_width(char) in "WF" or ord(char) > 0x2FF


def _typed(text: str, of: Ground) -> str:
    """What a person typed, without what must not leave."""
    return shown_note(hiding.remove(text, of.hidden))


def _more(count: int, one: str, many: str) -> str:
    return f"And {count:,} more {one if count == 1 else many}." if count > 0 else ""


def _position(of: Ground) -> Part:
    at = of.at
    return Part("Where it stands", (), tuple(fitted(one, TWO_LINES) for one in _stands(of, at)))


def _stands(of: Ground, at: Position) -> Iterator[str]:
    if not of.has_anything:
        yield f"On {day(at.on)} there is nothing to add up on this record yet."
    else:
        owed = f"{pounds(at.outstanding)} is owed" if at.outstanding else "Nothing is owed"
        said = [f"On {day(at.on)}, {owed[0].lower() if not at.outstanding else owed[0]}{owed[1:]}."]
        if at.overdue != at.outstanding:
            said.append(f"{pounds(at.overdue)} of it fell due before that day.")
        if at.credit:
            said.append(f"{pounds(at.credit)} is paid ahead.")
        if at.fees_outstanding:
            said.append(f"Fees owed to CMS, kept apart: {pounds(at.fees_outstanding)}.")
        yield " ".join(said)
    if (decision := decision_on(of.seen, at.on)) is not None:
        service = service_on(of.seen, at.on)
        how = f" {SERVICES[service.type]} since {day(service.from_on)}." if service else ""
        yield f"CMS decision: {pounds(decision.weekly)} a week from {day(decision.effective_on)}.{how}"
    if of.next_due is not None:
        fee = f", and a fee of {pounds(of.next_due.fee)} to CMS" if of.next_due.fee else ""
        yield f"Next: {pounds(of.next_due.amount)} falls due on {day(of.next_due.due_on)}{fee}."
    if of.stated is not None:
        source, beside = of.stated
        gap = f"The difference is {pounds(abs(beside.difference))}." if beside.difference else "They agree."
        ours = f"This record has {pounds(beside.ours)} for that day. {gap}"
        name = fitted(_typed(source, of), 70)
        theirs = f"{pounds(beside.theirs)} ({name})" if name else pounds(beside.theirs)
        yield f"The figure given for {day(beside.as_at)} was {theirs}. {ours}"


def _why(of: Ground) -> Part:
    causes = list(of.at.by_cause.items())
    sums = [
        Sum("Payments that fell due" if kind == Kind.INSTALMENT else ENTRIES[Kind(kind)], pounds(pence))
        for kind, pence in causes[:MOST_CAUSES]
    ]
    if causes:
        sums.append(Sum("Owed", pounds(of.at.outstanding), is_total=True))
    short = [one for one in of.at.instalments if one.is_short][::-1]
    lines = [f"Not paid in full: {'; '.join(_date(one) for one in short[:MOST_DATES])}."] if short else []
    return Part(
        "Why",
        tuple(sums),
        tuple(fitted(one, TWO_LINES) for one in lines),
        _more(len(short) - MOST_DATES, "such date", "such dates"),
    )


def _date(one: Instalment) -> str:
    return f"{day(one.due_on)}, {pounds(one.outstanding)} of {pounds(one.amount)} still owed"


def _plan(of: Ground) -> Part:
    if not of.plans:
        return Part("The repayment plan", (), ("No plan from CMS is on this record.",))
    review = of.plans[-1]
    plan, verdict = review.plan, review.verdict
    word = f" CMS’s word for it: {fitted(_typed(plan.cms_word, of), 30)}." if plan.cms_word else ""
    lines = [
        f"{_PLANS[verdict.classification]}.{word}",
        (
            f"{pounds(plan.arrears_part)} {RATES[plan.frequency]} for the arrears from {day(plan.first_payment_on)}, "
            f"of {pounds(plan.total)} in all, on {pounds(verdict.arrears)} then owed. {_kept(review)}"
        ),
    ]
    if verdict.payments and verdict.last_payment_on and verdict.last_payment is not None:
        count = "1 payment" if verdict.payments == 1 else f"{verdict.payments:,} payments"
        last = f"{count}; the last, {pounds(verdict.last_payment)}, on {day(verdict.last_payment_on)}."
        if verdict.classification is Classification.ARRANGEMENT:
            last += f" Within two years it would take {pounds(verdict.needed_for_two_years)} each time."
        lines.append(f"{last} Two years is CMS’s policy, not law.")
    if review.standing.on_hold_since is not None:
        lines.append(f"A court was asked about it on {day(review.standing.on_hold_since)}. It may be on hold.")
    return Part(
        "The repayment plan",
        (),
        tuple(fitted(one, TWO_LINES) for one in lines),
        _more(len(of.plans) - 1, "plan before it", "plans before it"),
    )


def _said(of: Ground) -> Part:
    lines = [_contact(one, of) for one in of.contacts[:MOST_CONTACTS]]
    lines += [_promise(one, of) for one in of.promises[:MOST_PROMISES]]
    contacts, promises = len(of.contacts) - MOST_CONTACTS, len(of.promises) - MOST_PROMISES
    more = (
        _more(contacts, "call or letter", "calls and letters"),
        _more(promises, "open promise", "open promises"),
    )
    return Part("What was said", (), tuple(lines) or ("No calls or letters are logged.",), " ".join(filter(None, more)))


def _contact(one: ContactSeen, of: Ground) -> str:
    said = _typed(one.summary, of)
    return fitted(f"{day(one.at_date)}. {_typed(one.title, of)}{f': {said}' if said else ''}", TWO_LINES)


def _promise(one: PromiseSeen, of: Ground) -> str:
    if one.due_on is None:
        when = "No day was given"
    else:
        when = f"By {day(one.due_on)}" + (", and nothing is noted since" if one.due_on < of.at.on else "")
    told = f"Said on {day(one.made_on)}. {when}."
    promised = fitted(f"Open promise from {_typed(one.party, of)}: {_typed(one.text, of)}", TWO_LINES - 60)
    return f"{promised}{'' if promised.endswith('.') else '.'} {told}"


def _days(of: Ground) -> Part:
    found = [one for one in of.deadlines.open if one.source is not Source.PROMISE]
    lines = tuple(_day(one, on=of.at.on) for one in found[:MOST_DAYS])
    return Part("Which days to keep", (), lines, _more(len(found) - MOST_DAYS, "day to keep", "days to keep"))


def _day(one: Deadline, *, on: dt.date) -> str:
    verb = "Act by" if one.side is Side.YOURS else "Ask from"
    verb = f"Past its day. {verb}" if one.act_on < on else verb
    said = f"{verb} {day(one.act_on)}: {one.title}."
    counted = one.counted
    if counted is not None and counted.rule_on is not None and counted.rule_on != one.act_on:
        said += f" By the rule, {day(counted.rule_on)}."
    elif counted is not None and counted.rule_on is None:
        said += " No rule sets the day."
    return fitted(said, LINE)


def _next(of: Ground) -> Part:
    lines = [fitted(f"{one.title}. {one.why}", TWO_LINES) for one in of.steps[:MOST_STEPS]]
    lines += [fitted(f"Not now: {one.title}. {one.why}", TWO_LINES) for one in of.refused[:MOST_REFUSED]]
    steps, refused = len(of.steps) - MOST_STEPS, len(of.refused) - MOST_REFUSED
    more = (
        _more(steps, "thing to do", "things to do"),
        _more(refused, "that is not possible now", "that are not possible now"),
    )
    return Part("What next", (), tuple(lines), " ".join(filter(None, more)))
