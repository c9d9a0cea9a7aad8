"""A statement as tables to take away: typed cells, every amount positive, its side in words beside it.

No number has a sign in front of it and no text can be taken for a formula, so nothing in these
tables ever acts, in whichever program they are opened.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from arrears.core.account import Account, Line, Received, Row
from arrears.core.cells import text_cell
from arrears.core.derived import adjustments_of, brought_back
from arrears.core.other_facts import StepKind
from arrears.core.results import CauseKind, Kind
from cms_tracker.days import day
from cms_tracker.money import pounds
from correspondence.core.statement_options import Chosen, Part
from correspondence.core.statement_terms import apart, how_to_read, in_force
from correspondence.core.statement_words import (
    entry_name,
    group_name,
    late,
    noted_on,
    route_name,
    shown_note,
    went,
    what_came,
)
from correspondence.core.words import on_one_line

OWED, CREDIT, NIL = "owed", "in credit", "nil"


class Money(NamedTuple):
    """An amount of whole pence, never below nothing."""

    pence: int


Cell = str | dt.date | Money | None  # None: nothing stands there


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: its name, its headings, its rows, each as wide as the headings."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


ACCOUNT_HEADS = (
    "Date", "What", "Added (£)", "Taken off (£)", "Balance (£)", "Balance is", "Fee (£)", "Still owed of it (£)",
    "How it stood", "How it travelled", "What came for it, or where it went", "Where it comes from",
)  # fmt: skip
_PAYMENT_HEADS = (
    "Paid on", "Counts from", "Amount (£)", "Counts for (£)", "How it travelled", "Where it went", "Recorded on",
)  # fmt: skip


def account_sheet(of: Account) -> Sheet:
    """Every movement of the balance, the balance before the first one on top."""
    names, first = _Names(of), of.since
    before: tuple[Cell, ...] = (first, f"Balance before {day(first)}", None, None, *_side(of.opening))
    lines = (_line(one, names) for one in of.lines)
    return Sheet(name="Account", heads=ACCOUNT_HEADS, rows=((*before, *(None,) * 6), *lines))


def sheets(of: Account, chosen: Chosen) -> tuple[Sheet, ...]:
    """All tables of a statement, the sums first."""
    found = [_summary(of), _schedule(of)]
    if Part.PAYMENTS in chosen.parts:
        found.append(_payments(of, says_note=Part.NOTES in chosen.parts))
    found.append(account_sheet(of))
    if Part.CAUSES in chosen.parts:
        found.append(_causes(of))
    if Part.POTS in chosen.parts:
        found.append(_named("Not arrears", apart(of)))
    if Part.TERMS in chosen.parts:
        found.append(_named("In force", in_force(of)))
    found.append(_named("How to read this", [("", text) for text in how_to_read(of)]))
    return tuple(found)


def money(pence: int) -> Money:
    """An amount that is never below nothing. Raises ValueError for one that is: its side belongs beside it."""
    if pence < 0:
        raise ValueError("an amount in a table stands without a sign")
    return Money(pence)


class _Names:
    """What lines say of the facts behind them, found by the id of the fact."""

    def __init__(self, of: Account) -> None:
        self.rows: Mapping[tuple[dt.date, str, str], Row] = {
            (row.on, row.kind.value, row.fact_id): row for row in of.rows
        }
        self.payments = {one.payment.id: one for one in of.payments}
        self.noted, self.back = noted_on(of), brought_back(of.facts)
        self._decisions = {one.id: one for one in of.facts.decisions}
        self._reasons = {one.id: one.reason for one in adjustments_of(of.facts)}
        self._reasons |= {one.id: one.source for one in of.facts.openings}

    def source(self, fact_id: str) -> str:
        """The fact behind a line; some of these words were typed by a person."""
        if (decision := self._decisions.get(fact_id)) is not None:
            from_on = f"{pounds(decision.weekly)} a week from {day(decision.effective_on)}"
            return f"CMS decision of {from_on}, told {day(decision.notified_on)}"
        if fact_id in self.payments:
            return f"Payment recorded on {day(self.payments[fact_id].payment.recorded_on)}"
        return on_one_line(self._reasons.get(fact_id, ""))


def _side(pence: int) -> tuple[Cell, Cell]:
    """A balance: how much, and on which side."""
    return money(abs(pence)), OWED if pence > 0 else CREDIT if pence < 0 else NIL


def _line(one: Line, names: _Names) -> tuple[Cell, ...]:
    row = names.rows.get((one.on, one.kind.value, one.fact_id))
    paid = names.payments.get(one.fact_id) if one.kind is CauseKind.PAYMENT else None
    return (
        one.on,
        _what(one, names.back),
        money(one.added) if one.added else None,
        money(one.taken_off) if one.taken_off else None,
        *_side(one.balance),
        _fee(row),
        money(row.left) if row and row.left else None,
        late(row) if row else "",
        route_name(paid.payment.route) if paid else "",
        went(paid) if paid else what_came(row, names.noted, says_route=True) if row else "",
        text_cell(names.source(one.fact_id)),
    )


def _fee(row: Row | None) -> Cell:
    """The collection fee of a line; one that was given back has a movement of its own."""
    return money(row.fee) if row and row.fee > 0 else None


def _what(one: Line, back: Mapping[str, StepKind]) -> str:
    if one.kind is CauseKind.PAYMENT:
        return "Payment"
    if one.kind is CauseKind.FEE:
        return "Went to a collection fee" if one.added else "Came back from a collection fee"
    return entry_name(Kind(one.kind.value), one.fact_id, back)


def _summary(of: Account) -> Sheet:
    back = brought_back(of.facts)
    changed = (
        (group_name(one, back), money(abs(one.amount)), "added" if one.amount > 0 else "taken off") for one in of.groups
    )
    rows: list[tuple[Cell, ...]] = [
        ("First day", of.since, None, None),
        ("Last day", of.until, None, None),
        ("As known on", of.known_on, None, None),
        ("Balance before the first day", None, *_side(of.opening)),
        *((name, None, amount, side) for name, amount, side in changed),
        ("Balance at the end of the last day", None, *_side(of.closing)),
        ("Owed at the end of the last day", None, money(of.at.outstanding), ""),
        ("In credit, not used yet", None, money(of.at.credit), ""),
        ("Collection fees owed to CMS", None, money(of.at.fees_outstanding), ""),
    ]
    return Sheet(name="Sums", heads=("What", "Day", "Amount (£)", "Side"), rows=tuple(rows))


def _schedule(of: Account) -> Sheet:
    names = _Names(of)
    heads = (
        "Date", "What", "Due (£)", "Taken off (£)", "Fee (£)", "What came", "Still owed (£)", "Fee still owed (£)",
        "How it stood", "Balance (£)", "Balance is",
    )  # fmt: skip
    rows: Iterator[tuple[Cell, ...]] = (
        (
            row.on,
            entry_name(row.kind, row.fact_id, names.back),
            money(row.amount) if row.amount > 0 else None,
            money(-row.amount) if row.amount < 0 else None,
            _fee(row),
            what_came(row, names.noted, says_route=True),
            money(row.left),
            money(row.fee_left) if row.fee_left else None,
            late(row),
            *_side(row.balance),
        )
        for row in of.rows
    )
    return Sheet(name="Dates", heads=heads, rows=tuple(rows))


def _payments(of: Account, *, says_note: bool) -> Sheet:
    heads = (*_PAYMENT_HEADS, "Note") if says_note else _PAYMENT_HEADS
    rows = (_payment(one, says_note=says_note) for one in of.payments)
    return Sheet(name="Payments", heads=heads, rows=tuple(rows))


def _payment(one: Received, *, says_note: bool) -> tuple[Cell, ...]:
    payment = one.payment
    cells: tuple[Cell, ...] = (
        payment.paid_on,
        one.on,
        money(payment.amount),
        money(one.counted),
        route_name(payment.route),
        went(one),
        payment.recorded_on,
    )
    return (*cells, text_cell(shown_note(payment.note))) if says_note else cells


def _causes(of: Account) -> Sheet:
    rows: Iterator[tuple[Cell, ...]] = (
        (
            cause.on,
            text_cell(on_one_line(cause.text)),
            money(abs(cause.amount)),
            "added" if cause.amount > 0 else "taken off",
        )
        for group in of.groups
        for cause in group.causes
    )
    return Sheet(name="Why it changed", heads=("Date", "Why", "Amount (£)", "Side"), rows=tuple(rows))


def _named(name: str, lines: Iterable[tuple[str, str]]) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple((said, text_cell(text)) for said, text in lines)
    return Sheet(name=name, heads=("What", "In words"), rows=rows)
