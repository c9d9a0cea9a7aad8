"""Reading a grid of letters and payments: each row becomes one fact, or says beside which cell it is wrong.

A row is five cells of text, as they are typed or as a spreadsheet gives them: what it is, its day,
an amount, a second day, words. Nothing is guessed: a row that cannot be read is kept as it was typed.
"""

import csv
import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from arrears.core import facts
from arrears.core.allocation import counted
from arrears.core.facts import CaseFacts
from cases.core.facts import Decision, Perspective, Schedule, ServicePeriod, ServiceType
from cases.core.words import FREQUENCIES, SERVICES
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.pages.core.grid_rows import Problem, Row, Said, Value, called, value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A row with the fact that it gives, or its problem.

    ``number`` counts from 1; ``is_again`` marks a fact that is in the record, or in a row above, already.
    """

    number: int
    row: Row
    value: Value | None = None
    problems: tuple[Problem, ...] = ()
    is_again: bool = False


def read(
    rows: Sequence[Row], *, on: dt.date, side: Perspective, batch: uuid.UUID, known: Iterable[Value] = ()
) -> list[Read]:
    """Read every row that is not blank. The same rows of the same batch always give the same keys."""
    seen = {said(one) for one in known}
    found = []
    what = ""
    for number, typed in enumerate(rows, start=1):
        if typed.is_blank:
            continue
        what = typed.what.strip() or what  # an empty cell means: as above
        row = typed._replace(what=called(what))
        key = str(uuid.uuid5(batch, f"{number}\t" + "\t".join(row)))
        value = value_of(row, on=on, side=side, key=key)
        if isinstance(value, tuple):
            found.append(Read(number=number, row=row, problems=value))
        else:
            found.append(Read(number=number, row=row, value=value, is_again=said(value) in seen))
            seen.add(said(value))
    return found


class Understood(NamedTuple):
    """A row as it was understood, for a person to look over before it is saved."""

    day: str
    amount: str
    more: str


def understood(value: Value) -> Understood:
    """The day and the amount written out, and what the other day means."""
    match value:
        case facts.Payment():
            held = (
                say("CMS had it on {paid_to_cms_on}", paid_to_cms_on=day(value.paid_to_cms_on))
                if value.paid_to_cms_on
                else ""
            )
            return Understood(day(value.paid_on), pounds(value.amount), held)
        case facts.Observation():
            return Understood(day(value.due_on), "", say("for the payment due that day"))
        case Decision():
            return Understood(
                day(value.notified_on),
                say("{weekly} a week", weekly=pounds(value.weekly)),
                say("counts from {effective_on}", effective_on=day(value.effective_on)),
            )
        case Schedule():
            return Understood(
                day(value.first_due_on),
                "",
                say("{frequencies} from this day", frequencies=FREQUENCIES[value.frequency].lower()),
            )
        case ServicePeriod():
            return Understood(day(value.from_on), "", say("{services} from this day", services=SERVICES[value.type]))
        case facts.Statement():
            return Understood(
                day(value.stated_on), pounds(value.amount), say("owed on {as_at}", as_at=day(value.as_at))
            )
        case facts.OpeningBalance() | facts.Adjustment():
            return Understood(day(value.on), pounds(value.amount), "")
        case Said():
            return Understood(day(value.on), "", "")


def doubt(value: Value, services: Iterable[ServicePeriod]) -> str:
    """Why a row that can be read may still be a slip; empty where nothing speaks against it."""
    if not isinstance(value, facts.Payment) or value.route is facts.Route.DIRECT:
        return ""
    before = [one for one in services if one.from_on <= value.paid_on]
    if not before or max(before, key=lambda one: one.from_on).type is ServiceType.COLLECT_AND_PAY:
        return ""
    counted_for = counted(value)
    if counted_for == value.amount:
        return say("The record says Direct Pay for this day.")
    return say(
        "The record says Direct Pay for this day. Through CMS this counts as {counted_for}, before its fee.",
        counted_for=pounds(counted_for),
    )


def said(value: Value) -> tuple[object, ...]:
    """What a fact says that makes it the same as another, apart from its key and its words."""
    match value:
        case facts.Payment():
            return ("payment", value.paid_on, value.amount, value.route)
        case facts.Observation():
            return ("nothing", value.due_on)
        case Decision():
            return ("decision", value.notified_on, value.effective_on, value.weekly)
        case Schedule():
            return ("dates", value.first_due_on, value.frequency)
        case ServicePeriod():
            return ("service", value.from_on, value.type)
        case facts.Statement():
            return ("figure", value.stated_on, value.as_at, value.amount)
        case facts.OpeningBalance():
            return (say("carried over"), value.on, value.amount)
        case facts.Adjustment():
            return ("adjustment", value.kind, value.on, value.amount)
        case Said():
            return ("said", value.on, value.kind, value.direction, value.summary)


def can_happen_twice(value: Value) -> bool:
    """Say whether two such facts on one day can both be true: two payments can, two first payment dates cannot."""
    return isinstance(value, facts.Payment | facts.Adjustment | Said)


def from_lines(text: str) -> list[Row]:
    """The rows of what was pasted from a spreadsheet: cells between tabs, a line of headings left out.

    Lines without a tab are read as comma-separated ones are, so that a small CSV can be pasted too.
    """
    rows = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in (line.split("\t") if "\t" in line else _by_commas(line))]
        what, day, amount, other_day, *words = [*cells, *[""] * (4 - len(cells))]
        rows.append(Row.cut((what, day, amount, other_day, " ".join(word for word in words if word))))
    return [row for row in rows if any(row) and not _is_heading(row)]


def _by_commas(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error:  # a cell of more than 100,000 characters
        return [line]


def _is_heading(row: Row) -> bool:
    return row.day.casefold() in {"day", "date"} or row.amount.casefold() == "amount"


def recorded(facts_of_case: CaseFacts) -> list[Value]:
    """What the record holds already, as far as a row can say it again; struck-out facts are not there."""
    lists = (
        facts_of_case.payments, facts_of_case.observations, facts_of_case.decisions, facts_of_case.schedules,
        facts_of_case.services, facts_of_case.statements, facts_of_case.openings, facts_of_case.adjustments,
    )  # fmt: skip
    return [fact for one in lists for fact in one if fact.struck_out is None]


def to_lines(rows: Iterable[Row]) -> str:
    """Rows as a spreadsheet would give them back: ``from_lines`` reads them again."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
