"""A statement in words: the account of a span of days as rows of text, each figure with its day.

Amounts in its tables stand without the pound sign, which their headings have. Nothing is added up here.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from arrears.core.account import Account, Came, Received, Row
from arrears.core.cause_groups import CauseGroup
from arrears.core.derived import brought_back
from arrears.core.facts import Route
from arrears.core.other_facts import StepKind
from arrears.core.results import CauseKind, CoverKind, Kind, Status
from cases.core.facts import Perspective
from cms_tracker.days import day, days, short_day
from cms_tracker.money import pounds
from correspondence.core.statement_options import Chosen, Part
from correspondence.core.statement_terms import Named, apart, how_to_read, in_force
from correspondence.core.words import on_one_line

_ROUTES = {
    Route.DIRECT: "direct",
    Route.VIA_CMS_RECEIVED: "through CMS, after its fee",
    Route.VIA_CMS_PAID: "through CMS, fee included",
}
ENTRIES = {
    Kind.INSTALMENT: "Payment due",
    Kind.OPENING: "Carried over",
    Kind.INITIAL: "Before the first payment",
    Kind.RECALCULATION: "CMS decision on earlier amounts",
    Kind.CORRECTION_UP: "CMS correction, added",
    Kind.CORRECTION_DOWN: "CMS correction, taken off",
    Kind.WRITE_OFF: "Written off by CMS",
    Kind.OFFSET: "Set off against other money",
    Kind.SETTLEMENT: "Settled",
    Kind.VOLUNTARY_PAYMENT: "Voluntary payment, counted by CMS",
    Kind.DIRECT_PAYMENT_ACCEPTED: "Paid directly, counted by CMS",
}
_BACK = {
    StepKind.CANCELLED: "A settlement, cancelled by CMS",
    StepKind.WITHDRAWN: "A claim, no longer counted by CMS",
}
_MANY = {
    CauseKind.INSTALMENT: ("payment fell due", "payments fell due"),
    CauseKind.PAYMENT: ("payment was made", "payments were made"),
}
_MINUS = "\N{MINUS SIGN}"


class Dated(NamedTuple):
    """One line of the schedule: all but ``day`` and ``balance`` may be empty; ``left`` is what is still owed."""

    day: str
    detail: str
    due: str
    fee: str
    came: str
    left: str
    balance: str


class Year(NamedTuple):
    """The lines of one calendar year."""

    year: int
    rows: tuple[Dated, ...]


class Paid(NamedTuple):
    """One payment: its day, its amount, how it travelled, what it counts for, where it went, and a note."""

    day: str
    amount: str
    route: str
    counted: str
    went: str
    note: str


class Sum(NamedTuple):
    """One line of the sums: what it is, with its day, and the amount."""

    name: str
    amount: str
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A statement, ready to be laid out. ``route`` is how every payment travelled, empty where that differs."""

    since: dt.date
    until: dt.date
    known_on: dt.date
    made_on: dt.date
    reference: str
    is_receiving: bool
    has_fees: bool
    route: str
    sums: tuple[Sum, ...]
    made_of: tuple[Sum, ...]
    years: tuple[Year, ...]
    left_before: str
    left: str
    fee_left: str
    balance: str
    payments: tuple[Paid, ...]
    is_every_payment: bool
    causes: tuple[str, ...]
    apart: tuple[Named, ...]
    terms: tuple[Named, ...]
    how: tuple[str, ...]


def paper(of: Account, chosen: Chosen, *, made_on: dt.date, reference: str) -> Paper:
    """The words of a statement that was made on ``made_on``."""
    every = Part.PAYMENTS in chosen.parts
    route = _ROUTES[next(iter(of.routes))] if len(of.routes) == 1 else ""
    return Paper(
        since=of.since,
        until=of.until,
        known_on=of.known_on,
        made_on=made_on,
        reference=reference,
        is_receiving=of.facts.perspective is Perspective.RECEIVING,
        has_fees=of.has_fees,
        route=route,
        sums=tuple(_sums(of)),
        made_of=tuple(_made_of(of)),
        years=tuple(_years(of, says_route=not route)),
        left_before=figures(of.left_before) if of.left_before else "",
        left=figures(of.at.outstanding),
        fee_left=figures(of.at.fees_outstanding),
        balance=balance(of.closing),
        payments=tuple(
            _paid(one, says_note=Part.NOTES in chosen.parts, says_route=not route)
            for one in of.payments
            if every or one.is_shared
        ),
        is_every_payment=every,
        causes=tuple(_causes(of.groups)) if Part.CAUSES in chosen.parts else (),
        apart=apart(of) if Part.POTS in chosen.parts else (),
        terms=in_force(of) if Part.TERMS in chosen.parts else (),
        how=how_to_read(of),
    )


def figures(pence: int) -> str:
    """An amount without its pound sign: ``1,234.56``, a true minus sign before a negative one."""
    return pounds(pence).replace("£", "")


def balance(pence: int) -> str:
    """A balance without its pound sign: ``520.00``, or ``20.00 in credit``."""
    return figures(pence) if pence >= 0 else f"{figures(-pence)} in credit"


def entry_name(kind: Kind, fact_id: str, back: Mapping[str, StepKind]) -> str:
    """What an entry is called; ``back`` are the steps that brought old arrears back (``brought_back``)."""
    return _BACK[back[fact_id]] if fact_id in back else ENTRIES[kind]


def group_name(one: CauseGroup, back: Mapping[str, StepKind]) -> str:
    """What a line of the sums is about: ``52 payments fell due``, or the name of an entry with its day."""
    count = len(one.causes)
    if one.kind in _MANY:
        return f"{count:,} {_MANY[one.kind][count != 1]}"
    if one.kind is CauseKind.FEE:
        return "Of that, went to collection fees" if one.amount > 0 else "Came back from collection fees"
    if count > 1:
        return f"{ENTRIES[Kind(one.kind.value)]}, {count:,} times"
    return f"{entry_name(Kind(one.kind.value), one.causes[0].fact_id, back)}, {day(one.on)}"


def came(one: Came, *, beside: dt.date, says_route: bool) -> str:
    """One sum that came for something due on ``beside``, with its day."""
    if one.kind is CoverKind.FEE_RETURNED:
        return f"{figures(one.amount)} of fees given back"
    if one.kind is CoverKind.CREDIT:
        return f"{figures(one.amount)} taken off"
    on = short_day(one.on) if one.on.year == beside.year else day(one.on)
    route = f", {_ROUTES[one.route]}" if says_route and one.route else ""
    if one.amount != one.whole:
        return f"{figures(one.amount)} of the {figures(one.whole)} of {on}{route}"
    return f"{figures(one.amount)} on {on}{route}"


def what_came(row: Row, noted: Mapping[dt.date, dt.date], *, says_route: bool) -> str:
    """All that came for one line, or what is known of the silence."""
    if _is_with_its_fee(row):
        one = row.came[0]._replace(amount=row.came[0].whole)
        return f"{came(one, beside=row.on, says_route=False)}, fee included"
    if row.came:
        return "; ".join(came(one, beside=row.on, says_route=says_route) for one in row.came)
    if row.status is Status.MISSED:
        return f"Nothing, noted {day(noted[row.on])}" if row.on in noted else "Nothing logged"
    return "Due that day" if row.status is Status.DUE else ""


def _is_with_its_fee(row: Row) -> bool:
    """Say whether one payment covered the amount, and all the rest of it went to the fee of the same date."""
    if len(row.came) != 1 or not row.fee:
        return False
    one = row.came[0]
    return one.route is Route.VIA_CMS_PAID and one.amount + row.fee - row.fee_left == one.whole


def went(one: Received) -> str:
    """Where a payment went: each date with its part."""
    found = []
    for use in one.uses:
        if use.what == "credit" or use.due_on is None:
            found.append(f"{figures(use.amount)} not used yet")
        elif use.what == "fee":
            found.append(f"{figures(use.amount)} fee of {day(use.due_on)}")
        else:
            name = "" if use.what == Kind.INSTALMENT else f"{ENTRIES[Kind(use.what)]}, "
            found.append(f"{figures(use.amount)} for {name}{day(use.due_on)}")
    return "; ".join(found)


def route_name(route: Route) -> str:
    """How a payment travelled."""
    return _ROUTES[route]


def _sums(of: Account) -> Iterator[Sum]:
    """From the balance before the span to the balance at its end, cause by cause."""
    yield Sum(f"Balance before {day(of.since)}", owed(of.opening), is_total=True)
    back = brought_back(of.facts)
    for one in of.groups:
        yield Sum(group_name(one, back), f"{'+' if one.amount > 0 else _MINUS}{pounds(abs(one.amount))}")
    yield Sum(f"Balance at the end of {day(of.until)}", owed(of.closing), is_total=True)


def _made_of(of: Account) -> Iterator[Sum]:
    """What the balance at the end is made of."""
    for kind, pence in of.at.by_cause.items():
        name = "Payments that fell due" if kind == Kind.INSTALMENT else ENTRIES[Kind(kind)]
        yield Sum(f"{name}, still owed", pounds(pence))
    yield Sum(f"Owed on {day(of.until)}", pounds(of.at.outstanding), is_total=True)
    if of.at.credit:
        yield Sum("Paid or taken off, not used yet", f"{_MINUS}{pounds(of.at.credit)}")
        yield Sum(f"Balance on {day(of.until)}", owed(of.closing), is_total=True)


def owed(pence: int) -> str:
    """A balance as the sums have it: ``£520.00``, or ``£20.00 in credit``."""
    return pounds(pence) if pence >= 0 else f"{pounds(-pence)} in credit"


def _years(of: Account, *, says_route: bool) -> Iterator[Year]:
    noted, back = noted_on(of), brought_back(of.facts)
    for year, rows in groupby(of.rows, key=lambda row: row.on.year):
        yield Year(year, tuple(_dated(row, noted, back, says_route=says_route) for row in rows))


def noted_on(of: Account) -> dict[dt.date, dt.date]:
    """By due date, the day on which somebody noted that nothing had come."""
    return {one.due_on: one.noted_on for one in of.facts.observations}


def _dated(row: Row, noted: Mapping[dt.date, dt.date], back: Mapping[str, StepKind], *, says_route: bool) -> Dated:
    detail = "" if row.kind is Kind.INSTALMENT else entry_name(row.kind, row.fact_id, back)
    left = [figures(row.left)] if row.left else []
    left += [f"{figures(row.fee_left)} {'of the fee' if row.fee_left != row.fee else 'fee'}"] if row.fee_left else []
    return Dated(
        day=short_day(row.on),
        detail=detail,
        due=figures(row.amount) if row.amount else "",
        fee=figures(row.fee) if row.fee else "",
        came=what_came(row, noted, says_route=says_route),
        left=f"Still owed {' and '.join(left)}" if left else "",
        balance=balance(row.balance),
    )


def _paid(one: Received, *, says_note: bool, says_route: bool) -> Paid:
    payment = one.payment
    counted = figures(one.counted) if one.counted != payment.amount else ""
    on = day(payment.paid_on)
    if one.on != payment.paid_on:
        on = f"{on}, with CMS {day(one.on)}"
    return Paid(
        day=on,
        amount=figures(payment.amount),
        route=_ROUTES[payment.route] if says_route else "",
        counted=counted,
        went=went(one),
        note=shown_note(payment.note) if says_note else "",
    )


def shown_note(text: str) -> str:
    """A person's own note on one line, every run of six figures or more in it masked: it may be an account's."""
    return _masked(on_one_line(text))


def _masked(text: str) -> str:
    found, run = [], ""
    for char in [*text, ""]:
        if char.isdigit() or (run and char in {" ", "-"}):
            run += char
            continue
        found.append(_hidden(run) + char)
        run = ""
    return "".join(found)


def _hidden(run: str) -> str:
    """A run of figures, blanks and hyphens: as it is, or masked but for what follows its last figure."""
    kept = run.rstrip(" -")
    return f"***{run[len(kept) :]}" if sum(char.isdigit() for char in kept) >= 6 else run


def _causes(groups: Iterable[CauseGroup]) -> Iterator[str]:
    """The sentence of every cause that is neither a regular payment nor money that came: those have their lines."""
    for group in groups:
        if group.kind not in _MANY and group.kind is not CauseKind.FEE:
            yield from (on_one_line(cause.text) for cause in group.causes)


def late(row: Row) -> str:
    """How an instalment stood at the end, in words; empty for another entry."""
    if row.status is None:
        return ""
    said = _STATUSES[row.status]
    return f"{said}, {days(row.days_late)}" if row.days_late else said


_STATUSES = {
    Status.PAID_ON_TIME: "Paid on time",
    Status.PAID_LATE: "Paid late",
    Status.CLEARED: "Cleared, not all by payments",
    Status.DUE: "Due that day",
    Status.PART_PAID: "Part paid",
    Status.MISSED: "Nothing came",
    Status.NOT_DUE: "Not due yet",
}
