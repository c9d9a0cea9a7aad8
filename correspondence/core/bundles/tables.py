"""The generated parts of a bundle as rows of words: chronology, schedule, plans, contacts.

Figures are read off the engine's answers; nothing here adds up what is owed. The bundle speaks as
its person does in a letter, in the first person, because "you" would be whoever reads it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from arrears.core.case_values import PromiseResult
from arrears.core.plan_review import PlanReview
from arrears.core.results import CoverKind, Entry, Instalment, Kind, PlanState, Position, Status
from cases.core.words import RATES
from cms_tracker.days import day, days
from cms_tracker.money import pounds
from correspondence.core.bundles.choices import Choices
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.timeline import Item, Topic


class Line(NamedTuple):
    """One thing that happened: the day (or days), what, and what more is said of it."""

    on: str
    title: str
    lines: tuple[str, ...]


class DueRow(NamedTuple):
    """One instalment: what was due, what came for it and when, what is short, and how it stands."""

    due_on: str
    due: str
    came: tuple[str, ...]
    short: str
    status: str


class EntryRow(NamedTuple):
    """Something other than an instalment that changed what is owed."""

    on: str
    what: str
    more: str
    less: str


class Sums(NamedTuple):
    """What the schedule comes to on its last day, as the record shows it, each as pounds."""

    on: str
    due: str
    paid: str
    outstanding: str
    credit: str
    before_on: str
    before: str


class PlanRow(NamedTuple):
    """One plan: its terms, what it came to at its start, and how it went."""

    agreed_on: str
    title: str
    facts: tuple[tuple[str, str], ...]


class ContactRow(NamedTuple):
    """One contact in full, with its promises."""

    on: str
    title: str
    by: tuple[str, ...]
    summary: str
    promises: tuple[str, ...]


_FIRST_PERSON = [
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\bthe day you were told\b", "the day I was told"),
        (r"\byou have not\b", "I have not"),
        (r"\b(rang|met|wrote to|texted|e-mailed|sent|told) you\b", r"\1 me"),
        (r"\bto you\b", "to me"),
        (r"^Your\b", "My"),
        (r"^You\b", "I"),
    )
]

_STATES = {
    PlanState.NOT_STARTED: "Not begun by then",
    PlanState.KEPT: "Kept so far",
    PlanState.AT_RISK: "A payment was late, within the days of grace",
    PlanState.BROKEN: "Not kept",
    PlanState.VARIED: "Replaced by a later plan",
    PlanState.COMPLETED: "Completed",
}
_ENTRIES = {
    Kind.OPENING: "Balance brought in",
    Kind.INITIAL: "Due for the days before the first payment",
    Kind.RECALCULATION: "Recalculated by a later decision",
    Kind.CORRECTION_UP: "Correction by CMS",
    Kind.CORRECTION_DOWN: "Correction by CMS",
    Kind.WRITE_OFF: "Written off",
    Kind.OFFSET: "Offset",
    Kind.SETTLEMENT: "Settled by a part payment",
    Kind.VOLUNTARY_PAYMENT: "Voluntary payment that CMS counted",
    Kind.DIRECT_PAYMENT_ACCEPTED: "Payment outside CMS that CMS counted",
}


def in_first_person(text: str) -> str:
    """A title of the timeline as the person would say it of themselves."""
    for pattern, word in _FIRST_PERSON:
        text = pattern.sub(word, text)
    return text


def chronology(items: Iterable[Item], choices: Choices) -> list[Line]:
    """What happened in the period, oldest first; slips that were struck out stay out.

    Contacts that are left out of the bundle are not in its chronology either.
    """
    kept = [one for one in items if one.struck_out is None and choices.in_period(one.on)]
    kept = [one for one in kept if not (one.topic is Topic.CONTACTS and one.id in choices.left_out)]
    return [_line(one) for one in sorted(kept, key=lambda one: one.on)]


def schedule(position: Position, choices: Choices) -> list[DueRow]:
    """The instalments that fell due in the period, oldest first."""
    return [_due(one) for one in position.instalments if choices.in_period(one.due_on)]


def other_entries(position: Position, choices: Choices) -> list[EntryRow]:
    """What else changed what is owed in the period."""
    return [_entry(one) for one in position.others if one.amount and choices.in_period(one.on)]


def sums(position: Position, *, before: Position | None) -> Sums:
    """What the schedule comes to on the day of ``position``, and what was owed on the day before it begins."""
    return Sums(
        on=day(position.on),
        due=pounds(position.due),
        paid=pounds(position.paid),
        outstanding=pounds(position.outstanding),
        credit=pounds(position.credit) if position.credit else "",
        before_on=day(before.on) if before else "",
        before=pounds(before.outstanding) if before else "",
    )


def plans(reviews: Iterable[PlanReview], choices: Choices) -> list[PlanRow]:
    """The plans that were agreed by the end of the period, earliest first."""
    return [_plan(one) for one in reviews if one.plan.agreed_on <= choices.until]


def contacts(every: Sequence[ContactSeen], choices: Choices, *, on: dt.date) -> list[ContactRow]:
    """The contacts of the period that are in, oldest first; ``on`` judges what became of promises."""
    kept = [one for one in every if one.struck_out is None and choices.in_period(one.at_date)]
    kept = [one for one in kept if str(one.id) not in choices.left_out]
    return [_contact(one, on=on) for one in reversed(kept)]


def _line(item: Item) -> Line:
    on = day(item.on) if item.since is None else f"{day(item.since)} to {day(item.on)}"
    title = in_first_person(item.title)
    if item.by:
        title = f"{title}, {in_first_person(item.by)}"
    added = (f"Added to the record on {day(item.added_on)}.",) if item.added_on else ()
    said = tuple(map(_own_line, item.lines))
    promised = tuple(_promised(one) for one in item.promises)
    return Line(on, title, (*said, *promised, *added))


def _own_line(text: str) -> str:
    """A line of ours in the first person; what the person wrote stays as it is."""
    ours = text.startswith(("You noted this on ", "Your record for that day says "))
    return in_first_person(text) if ours else text


def _promised(promise: PromiseSeen) -> str:
    return f"Promised: {promise.text}" + (f", by {day(promise.due_on)}" if promise.due_on else "")


def _due(one: Instalment) -> DueRow:
    came = [
        f"{pounds(cover.amount)} {f'on {day(cover.on)}' if cover.kind is CoverKind.PAYMENT else 'credited'}"
        for cover in one.covers
    ]
    return DueRow(
        due_on=day(one.due_on),
        due=pounds(one.amount),
        came=tuple(came) or ("Nothing",),
        short=pounds(one.outstanding) if one.outstanding else "",
        status=_status(one),
    )


def _status(one: Instalment) -> str:
    match one.status:
        case Status.PAID_ON_TIME:
            return "Paid on time"
        case Status.PAID_LATE:
            return f"{days(one.days_late)} late"
        case Status.CLEARED:
            return "Cleared, not all by payments"
        case Status.PART_PAID:
            return "Part paid"
        case Status.MISSED:
            return "Not paid"
        case _:
            return "Due that day"


def _entry(one: Entry) -> EntryRow:
    amount = pounds(abs(one.amount))
    return EntryRow(day(one.on), _ENTRIES[one.kind], amount if one.amount > 0 else "", amount if one.amount < 0 else "")


def _plan(review: PlanReview) -> PlanRow:
    plan, verdict, at = review.plan, review.verdict, review.standing
    facts = [
        ("First payment", day(plan.first_payment_on)),
        ("Each payment", f"{pounds(plan.total)}, of which {pounds(plan.arrears_part)} is for arrears"),
        (f"Owed on {day(review.owed_on)}", pounds(verdict.arrears)),
    ]
    if plan.cms_word:
        facts.append(("CMS’s word for it", plan.cms_word))
    if verdict.payments is not None and verdict.last_payment_on is not None:
        facts.append(("At its start", f"{verdict.payments} payments, the last on {day(verdict.last_payment_on)}"))
    stood = "No payment is logged since it began" if review.is_silent else _STATES[at.state]
    facts.append((f"How it stood on {day(review.stands_on)}", stood))
    if at.ended_on is not None:
        facts.append(("Ended", day(at.ended_on)))
    facts += [(f"On {day(step.on)}", step.note) for step in plan.steps if step.note and step.struck_out is None]
    title = f"{pounds(plan.arrears_part)} {RATES[plan.frequency]} to the arrears"
    return PlanRow(day(plan.agreed_on), title, tuple(facts))


def _contact(one: ContactSeen, *, on: dt.date) -> ContactRow:
    by = [f"At {one.clock}" if one.clock else "", f"Spoke to {one.spoke_to}" if one.spoke_to else ""]
    by += [f"Reference {one.reference}" if one.reference else ""]
    if one.recorded_on and one.recorded_on != one.at_date:
        by.append(f"Written down on {day(one.recorded_on)}")
    promises = tuple(_became(each, on=on) for each in one.promises if each.struck_out is None)
    return ContactRow(
        day(one.at_date), in_first_person(one.title), tuple(filter(None, by)), one.summary, promises
    )  # fmt: skip


def _became(promise: PromiseSeen, *, on: dt.date) -> str:
    said = f"{promise.text}{f', by {day(promise.due_on)}' if promise.due_on else ', no date given'}."
    if promise.outcome is not None:
        result = "Kept" if promise.outcome is PromiseResult.KEPT else "Not kept"
        when = f" on {day(promise.outcome_on)}" if promise.outcome_on else ""
        return f"{said} {result}{when}. {promise.outcome_note}".rstrip()
    is_late = promise.due_on is not None and promise.due_on < on
    return f"{said} Nothing noted by {day(on)}." if is_late else said
