"""An adviser's list: each case on one row, with the first reason to act, chosen and put in order."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from arrears.core.results import Instalment, Status
from cases.core.facts import Perspective
from cms_tracker.days import day, days
from cms_tracker.money import pounds
from correspondence.core.contacts import LastContact, PromiseSeen, PromiseState

QUIET_DAYS = 21  # our own measure of a case that nobody has looked at
SOON_DAYS = 7


class Reason(StrEnum):
    """Why to open a case, the most pressing first."""

    OVERDUE_PROMISE = "overdue"
    MISSED_PAYMENT = "missed"
    PROMISE_SOON = "soon"
    QUIET = "quiet"
    NOTHING = "nothing"


class Sort(StrEnum):
    """What the list is ordered by."""

    REASON = "reason"
    OWED = "owed"
    MISSED = "missed"
    PROMISE = "promise"
    CONTACT = "contact"


class Said(NamedTuple):
    """A reason in words, with the shape and tone of its mark."""

    mark: str
    shape: str
    tone: str
    title: str
    detail: str


class Stood(NamedTuple):
    """The last day that an old record speaks of, and the pence owed then."""

    on: dt.date
    owed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case on the list, as of one day. Amounts in pence.

    ``missed`` are the payments that somebody noted as not come, or that came short; ``unlogged``
    those of which the record does not know. ``stood`` is given where it has not spoken for long.
    """

    case_id: uuid.UUID
    name: str
    reference: str
    side: Perspective
    children: int
    owed: int
    ahead: int
    missed: tuple[Instalment, ...]
    unlogged: tuple[Instalment, ...]
    stood: Stood | None
    promise: PromiseSeen | None
    contact: LastContact | None
    opened_on: dt.date
    on: dt.date

    @property
    def oldest_missed(self) -> Instalment | None:
        """The oldest payment that is not covered and past its date, noted or not."""
        return min((*self.missed[:1], *self.unlogged[:1]), key=lambda one: one.due_on, default=None)

    @property
    def is_oldest_noted(self) -> bool:
        """Say whether the record knows that the oldest one did not come in full."""
        return self.oldest_missed in self.missed[:1]

    @property
    def promise_days(self) -> int | None:
        """Days until the promised day; negative since; None without a dated promise."""
        return self.promise.standing(on=self.on).days if self.promise else None

    @property
    def is_promise_overdue(self) -> bool:
        """Say whether a promised day has passed with nothing noted."""
        return self.promise is not None and self.promise.standing(on=self.on).state is PromiseState.OVERDUE

    @property
    def quiet_days(self) -> int:
        """Days since the last contact, or since the file was opened where there was none."""
        return (self.on - (self.contact.on if self.contact else self.opened_on)).days

    @property
    def is_quiet(self) -> bool:
        """Say whether nobody has been in touch for three weeks."""
        return self.quiet_days >= QUIET_DAYS

    @property
    def reason(self) -> Reason:
        """The first reason to open this case today."""
        if self.is_promise_overdue:
            return Reason.OVERDUE_PROMISE
        if self.oldest_missed is not None:
            return Reason.MISSED_PAYMENT
        if self.promise_days is not None and self.promise_days <= SOON_DAYS:
            return Reason.PROMISE_SOON
        return Reason.QUIET if self.is_quiet else Reason.NOTHING

    @property
    def said(self) -> Said:
        """The reason in words, neutral between the parents."""
        due_on = self.promise.due_on if self.promise else None
        if self.promise and due_on and self.reason is Reason.OVERDUE_PROMISE:
            return _overdue(self.promise, due_on, self.on)
        if self.reason is Reason.MISSED_PAYMENT:
            return _missed(self) if self.missed else _unlogged(self)
        if self.promise and due_on and self.reason is Reason.PROMISE_SOON:
            return _soon(self.promise, due_on, self.on)
        return _quiet(self) if self.reason is Reason.QUIET else _nothing(self.promise)


def choose(rows: Iterable[Row], *, side: str = "", why: Iterable[str] = (), find: str = "") -> list[Row]:
    """Keep the rows that fit: a side, at least one of the reasons asked for, a reference or own name."""
    wanted = [_FILTERS[Reason(one)] for one in why]
    text = find.strip().casefold()
    digits = "".join(char for char in text if char in "0123456789")
    return [
        row
        for row in rows
        if (not side or row.side == side)
        and (not wanted or any(fits(row) for fits in wanted))
        and (not text or (bool(digits) and digits in row.reference) or text in row.name.casefold())
    ]


def ordered(rows: Iterable[Row], sort: Sort) -> list[Row]:
    """Put rows in order; the case id settles ties, so that a page never repeats a row."""
    return sorted(rows, key=lambda row: (*_ORDERS[sort](row), str(row.case_id)))


def _by_reason(row: Row) -> tuple[Any, ...]:
    return (list(Reason).index(row.reason), *_by_promise(row), *_by_missed(row))


def _by_owed(row: Row) -> tuple[Any, ...]:
    return (-row.owed,)


def _by_missed(row: Row) -> tuple[Any, ...]:
    return (row.oldest_missed is None, row.oldest_missed.due_on if row.oldest_missed else dt.date.max)


def _by_promise(row: Row) -> tuple[Any, ...]:
    return (row.promise_days is None, row.promise_days or 0)


def _by_contact(row: Row) -> tuple[Any, ...]:
    return (-row.quiet_days,)


_ORDERS: dict[Sort, Callable[[Row], tuple[Any, ...]]] = {
    Sort.REASON: _by_reason,
    Sort.OWED: _by_owed,
    Sort.MISSED: _by_missed,
    Sort.PROMISE: _by_promise,
    Sort.CONTACT: _by_contact,
}
_FILTERS: dict[Reason, Callable[[Row], bool]] = {
    Reason.OVERDUE_PROMISE: lambda row: row.is_promise_overdue,
    Reason.MISSED_PAYMENT: lambda row: row.oldest_missed is not None,
    Reason.QUIET: lambda row: row.is_quiet,
}


def _overdue(promise: PromiseSeen, due_on: dt.date, on: dt.date) -> Said:
    return Said(
        f"{days((on - due_on).days)} overdue",
        "s-missed",
        "off",
        f"{promise.party} promised: {promise.text}",
        f"Promised by {day(due_on)}. Nothing is noted since.",
    )


def _missed(row: Row) -> Said:
    first, count = row.missed[0], len(row.missed)
    came = "nothing has come" if first.status is Status.MISSED else f"{pounds(first.outstanding)} of it has not come"
    more = f" Another {count - 1:,} since are not covered in full." if count > 1 else ""
    quiet = f" {_since(row)}" if row.unlogged else ""
    return Said(
        "Missed payment" if count == 1 else f"{count:,} missed payments",
        "s-missed",
        "off",
        "Look at the missed payment" if count == 1 else "Look at the missed payments",
        f"{pounds(first.amount)} was due on {day(first.due_on)} and {came}.{more}{quiet}",
    )


def _unlogged(row: Row) -> Said:
    count = len(row.unlogged)
    return Said(
        "Nothing logged yet" if count == 1 else f"Nothing logged for {count:,} payments",
        "s-due",
        "",
        f"Ask what {'was paid' if row.side is Perspective.PAYING else 'came'}, and log it",
        _since(row),
    )


def _since(row: Row) -> str:
    """Since when the record does not say what came."""
    if row.stood is not None:
        return f"Nothing logged since {day(row.stood.on)}, when {pounds(row.stood.owed)} was owed."
    first, count = row.unlogged[0], len(row.unlogged)
    if count == 1:
        return f"{pounds(first.amount)} was due on {day(first.due_on)}. Nothing is logged for it."
    return f"Nothing is logged for {count:,} payments, the oldest due on {day(first.due_on)}."


def _soon(promise: PromiseSeen, due_on: dt.date, on: dt.date) -> Said:
    left = (due_on - on).days
    return Said(
        f"{days(left)} left" if left else "Due today",
        "s-due",
        "warn",
        f"{promise.party} promised: {promise.text}",
        f"Promised by {day(due_on)}.",
    )


def _quiet(row: Row) -> Said:
    last = f"The last contact was on {day(row.contact.on)}." if row.contact else "No contact is logged yet."
    return Said(f"Quiet for {days(row.quiet_days)}", "s-late", "", "Check that nothing has changed", last)


def _nothing(promise: PromiseSeen | None) -> Said:
    detail = "Every payment due is covered, and no promise is open."
    if promise is not None:
        detail = "Every payment due is covered. A promise is open, and its day has not come."
    return Said("Nothing needed", "s-paid", "good", "Up to date", detail)
