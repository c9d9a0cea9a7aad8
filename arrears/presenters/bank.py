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
from cms_tracker.language import say
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
        look = (
            say("It may be a payment, but something is different.")
            if count == 1
            else say("Something is different in each.")
        )
        return say("Nothing is saved yet. We ticked nothing. {look}", look=look)
    if likely == count:
        them = "it" if count == 1 else say("all of them")
        return say("Nothing is saved yet. We ticked {them}. Look first, and untick what is not right.", them=them)
    return say(
        "Nothing is saved yet. We ticked {likely} of {count_of}. Look at each, and change what is not right.",
        likely=f"{likely:,}",
        count_of=f"{count:,}",
    )


def refused(statement: BankStatement) -> RefusedLines:
    """Why lines were left out, by their number in the file."""
    named = tuple(
        say("Line {number}: {why}.", number=one.number, why=one.why) for one in statement.refused[:SHOWN_REFUSED]
    )
    return RefusedLines(shown=named, more=max(0, len(statement.refused) - SHOWN_REFUSED))


def done(added: int, already: int) -> str:
    """What saving did."""
    if not added:
        return say("Nothing was added. {payments} in your record already.", payments=_payments(already))
    said = say("{payments} now in your record.", payments=_payments(added))
    return (
        say(
            "{said} {already} {part} in it already.",
            said=said,
            already=f"{already:,}",
            part=say("was") if already == 1 else say("were"),
        )
        if already
        else said
    )


def _payments(count: int) -> str:
    return (
        say("{count_of} payment is", count_of=f"{count:,}")
        if count == 1
        else say("{count_of} payments are", count_of=f"{count:,}")
    )


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
        title=say("{pence} on {on}", pence=pounds(one.pence), on=day(one.on)),
        reason=_reason(one),
        doubts=tuple(_doubts(one)),
        route="" if asked or one.route is Route.DIRECT else f"{ROUTES[one.route]}.",
        asked=asked,
        masked=masked(one.text),
        text=one.text or say("The bank gave no text."),
        number=one.number,
        is_ticked=str(one.id) in ticked,
    )


def _reason(one: Candidate) -> str:
    due = day(one.due_on[0]) if one.due_on else ""
    match one.why:
        case Why.EXACT | Why.FAR:
            said = say("Exactly what was due on {due}{when}.", due=due, when=_when(one.days))
        case Why.PENNY:
            said = say(
                "1p {part} the {due} due on {due_2}{when}.",
                part=say("more than") if one.over > 0 else say("short of"),
                due=_due(one),
                due_2=due,
                when=_when(one.days),
            )
        case Why.NEARLY:
            more = say("more than") if one.over > 0 else say("short of")
            said = say(
                "{over} {more} the {due} due on {due_2}{when}.",
                over=pounds(abs(one.over)),
                more=more,
                due=_due(one),
                due_2=due,
                when=_when(one.days),
            )
        case Why.TOGETHER:
            said = say(
                "Adds up to {due_on} payments: those due on {days}.", due_on=len(one.due_on), days=_days(one.due_on)
            )
        case Why.IN_PARTS:
            said = say("One of several that add up to what was due on {due}.", due=due)
        case Why.NAMES_CMS:
            said = say("The text names CMS.")
        case Why.TWICE:
            said = say("The same day, amount and text as another line of the file.")
        case Why.PAYER_KNOWN | Why.LOGGED:
            said = ""
    known = say("You have saved a payment with this payer before.") if one.is_known else ""
    return " ".join(filter(None, [said, known])) or say("The day and the amount are those of a payment you logged.")


def _doubts(one: Candidate) -> list[str]:
    said = []
    if one.is_logged:
        said.append(say("You logged this amount for this day already."))
    elif one.is_covered:
        said.append(say("Your record holds money for that date already."))
    if one.noted_on:
        due = day(one.due_on[0]) if len(one.due_on) == 1 else say("one of these dates")
        said.append(say("You noted on {noted_on} that nothing came for {due}.", noted_on=day(one.noted_on), due=due))
    if one.is_twice and one.why is not Why.TWICE:
        said.append(say("The file holds this same line more than once."))
    return said


def _due(one: Candidate) -> str:
    return pounds(one.pence - one.over)


def _when(late: int) -> str:
    if not late:
        return ""
    return say(", {days} late", days=days(late)) if late > 0 else say(", {days} early", days=days(-late))


def _days(due_on: tuple[dt.date, ...]) -> str:
    named = [day(one) for one in due_on]
    return say("{join} and {named}", join=", ".join(named[:-1]), named=named[-1])
