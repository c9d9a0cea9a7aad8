"""The lines of a bank statement as cards: what each may be, in a sentence, its text masked."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.forms import BoundField

from arrears.core.bank.lines import BankStatement, UnknownTable
from arrears.core.bank.matching import Candidate, Why
from arrears.core.bank.texts import masked
from arrears.core.facts import Route
from arrears.core.words import ROUTES
from cms_tracker.days import day, days
from cms_tracker.money import pounds

SHOWN_REFUSED = 100  # lines that could not be read, named; the rest are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One line to tick: ``doubts`` are reasons to leave it, ``text`` is shown only when asked for.

    ``route`` says how it travelled where it was not straight; where that is in doubt, ``asked`` is
    the field that asks.
    """

    value: str
    box: str
    title: str
    reason: str
    doubts: tuple[str, ...]
    route: str
    asked: BoundField | None
    masked: str
    text: str
    number: int
    is_ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The lines that may be payments: the likely ones, and those that a person should look at first."""

    lede: str
    likely: tuple[Card, ...]
    possible: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLines:
    """What could not be read, each with its line number: the first of them, and how many more."""

    shown: tuple[str, ...]
    more: int


def page(candidates: Sequence[Candidate], *, ticked: Collection[str], routes: Mapping[uuid.UUID, BoundField]) -> Page:
    """The cards, likely ones first, each in the order of the days."""
    in_order = sorted(candidates, key=lambda one: not one.is_likely)
    cards = [_card(one, place, ticked, routes.get(one.id)) for place, one in enumerate(in_order)]
    likely = sum(one.is_likely for one in candidates)
    return Page(
        lede=_lede(likely, len(cards)) if cards else "", likely=tuple(cards[:likely]), possible=tuple(cards[likely:])
    )


def _lede(likely: int, count: int) -> str:
    """What begins with a tick: all, some or none. It is said of the page as it was first shown."""
    if not likely:
        look = "It may be a payment, but something is different." if count == 1 else "Something is different in each."
        return f"Nothing is saved yet. We ticked nothing. {look}"
    if likely == count:
        them = "it" if count == 1 else "all of them"
        return f"Nothing is saved yet. We ticked {them}. Look first, and untick what is not right."
    return f"Nothing is saved yet. We ticked {likely:,} of {count:,}. Look at each, and change what is not right."


def refused(statement: BankStatement) -> RefusedLines:
    """Why lines were left out, by their number in the file."""
    named = tuple(f"Line {one.number}: {one.why}." for one in statement.refused[:SHOWN_REFUSED])
    return RefusedLines(shown=named, more=max(0, len(statement.refused) - SHOWN_REFUSED))


def done(added: int, already: int) -> str:
    """What saving did."""
    if not added:
        return f"Nothing was added. {_payments(already)} in your record already."
    said = f"{_payments(added)} now in your record."
    return f"{said} {already:,} {'was' if already == 1 else 'were'} in it already." if already else said


def _payments(count: int) -> str:
    return f"{count:,} payment is" if count == 1 else f"{count:,} payments are"


def preview(table: UnknownTable) -> list[list[str]]:
    """The first rows of a table we do not know: its heading as it is, and texts below it masked."""
    width = min(table.width, 12)
    rows = [list(row[:width]) + [""] * (width - len(row[:width])) for row in table.rows]
    return [rows[0], *([_shown(cell) for cell in row] for row in rows[1:])]


def _shown(cell: str) -> str:
    return cell if sum(char.isalpha() for char in cell) <= 3 else masked(cell)


def _card(one: Candidate, place: int, ticked: Collection[str], asked: BoundField | None) -> Card:
    return Card(
        value=str(one.id),
        box=f"id_take_{place}",  # the first is where an error leads
        title=f"{pounds(one.pence)} on {day(one.on)}",
        reason=_reason(one),
        doubts=tuple(_doubts(one)),
        route="" if asked or one.route is Route.DIRECT else f"{ROUTES[one.route]}.",
        asked=asked,
        masked=masked(one.text),
        text=one.text or "The bank gave no text.",
        number=one.number,
        is_ticked=str(one.id) in ticked,
    )


def _reason(one: Candidate) -> str:
    due = day(one.due_on[0]) if one.due_on else ""
    match one.why:
        case Why.EXACT | Why.FAR:
            said = f"Exactly what was due on {due}{_when(one.days)}."
        case Why.PENNY:
            said = f"1p {'more than' if one.over > 0 else 'short of'} the {_due(one)} due on {due}{_when(one.days)}."
        case Why.NEARLY:
            more = "more than" if one.over > 0 else "short of"
            said = f"{pounds(abs(one.over))} {more} the {_due(one)} due on {due}{_when(one.days)}."
        case Why.TOGETHER:
            said = f"Adds up to {len(one.due_on)} payments: those due on {_days(one.due_on)}."
        case Why.IN_PARTS:
            said = f"One of several that add up to what was due on {due}."
        case Why.NAMES_CMS:
            said = "The text names CMS."
        case Why.TWICE:
            said = "The same day, amount and text as another line of the file."
        case Why.PAYER_KNOWN | Why.LOGGED:
            said = ""
    known = "You have saved a payment with this payer before." if one.is_known else ""
    return " ".join(filter(None, [said, known])) or "The day and the amount are those of a payment you logged."


def _doubts(one: Candidate) -> list[str]:
    said = []
    if one.is_logged:
        said.append("You logged this amount for this day already.")
    elif one.is_covered:
        said.append("Your record holds money for that date already.")
    if one.noted_on:
        due = day(one.due_on[0]) if len(one.due_on) == 1 else "one of these dates"
        said.append(f"You noted on {day(one.noted_on)} that nothing came for {due}.")
    if one.is_twice and one.why is not Why.TWICE:
        said.append("The file holds this same line more than once.")
    return said


def _due(one: Candidate) -> str:
    return pounds(one.pence - one.over)


def _when(late: int) -> str:
    if not late:
        return ""
    return f", {days(late)} late" if late > 0 else f", {days(-late)} early"


def _days(due_on: tuple[dt.date, ...]) -> str:
    named = [day(one) for one in due_on]
    return f"{', '.join(named[:-1])} and {named[-1]}"
