"""An adviser's list: each case on one row, with the first reason to act, and where the row stands in each order."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from arrears.core.caseload import Entry, Wanted, keys
from arrears.core.snapshots import Snapshot
from cases.core.facts import Perspective
from cms_tracker.days import day, days
from cms_tracker.money import pounds

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

    @property
    def column(self) -> str:
        """The column that a list in this order is read by."""
        return f"by_{self}"


class Said(NamedTuple):
    """A reason in words, with the shape and tone of its mark."""

    mark: str
    shape: str
    tone: str
    title: str
    detail: str


class Promised(NamedTuple):
    """An open promise: who made it, what they said, and by when if they said."""

    party: str
    text: str
    due_on: dt.date | None


class Short(NamedTuple):
    """Payments not covered in full, past their date: how many, and of the oldest its day and its pence."""

    number: int
    due_on: dt.date
    amount: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case on one person's list, as of one day.

    ``quiet_since`` is the day of the last contact, or the day the file was opened where there was none.
    """

    case_id: uuid.UUID
    name: str
    reference: str
    side: Perspective
    children: int
    figures: Snapshot
    promise: Promised | None
    contact_on: dt.date | None
    quiet_since: dt.date
    on: dt.date

    @property
    def owed(self) -> int:
        """What is outstanding, in pence."""
        return self.figures.outstanding

    @property
    def ahead(self) -> int:
        """What is paid and not used, in pence."""
        return self.figures.credit

    @property
    def missed(self) -> Short | None:
        """The payments that somebody noted as not come, or that came short."""
        at = self.figures
        return Short(at.missed, at.missed_on, at.missed_amount, at.missed_left) if at.missed_on else None

    @property
    def unlogged(self) -> Short | None:
        """The payments of which the record does not know."""
        at = self.figures
        return Short(at.unlogged, at.unlogged_on, at.unlogged_amount, at.unlogged_amount) if at.unlogged_on else None

    @property
    def oldest_missed(self) -> Short | None:
        """Those of the two that hold the oldest payment that is not covered and past its date."""
        return min((one for one in (self.missed, self.unlogged) if one), key=_due_on, default=None)

    @property
    def is_oldest_noted(self) -> bool:
        """Say whether the record knows that the oldest one did not come in full."""
        return self.missed is not None and self.oldest_missed == self.missed

    @property
    def days_late(self) -> int:
        """Days since the oldest of them was due."""
        return (self.on - self.oldest_missed.due_on).days if self.oldest_missed else 0

    @property
    def promise_days(self) -> int | None:
        """Days until the promised day; negative since; None without a dated promise."""
        return (self.promise.due_on - self.on).days if self.promise and self.promise.due_on else None

    @property
    def is_promise_overdue(self) -> bool:
        """Say whether a promised day has passed with nothing noted."""
        return self.promise_days is not None and self.promise_days < 0

    @property
    def quiet_days(self) -> int:
        """Days since the last contact, or since the file was opened where there was none."""
        return (self.on - self.quiet_since).days

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
            return _missed(self, self.missed) if self.missed else _unlogged(self)
        if self.promise and due_on and self.reason is Reason.PROMISE_SOON:
            return _soon(self.promise, due_on, self.on)
        return _quiet(self) if self.reason is Reason.QUIET else _nothing(self.promise)

    @property
    def changes_on(self) -> dt.date:
        """The first day on which the clock alone changes the reason, or a figure."""
        turns = [self.figures.changes_on, self.quiet_since + dt.timedelta(days=QUIET_DAYS)]
        if self.promise and self.promise.due_on:
            turns += [
                self.promise.due_on - dt.timedelta(days=SOON_DAYS),
                self.promise.due_on + dt.timedelta(days=1),
            ]
        return min((turn for turn in turns if turn > self.on), default=dt.date.max)


def entry_of(row: Row, *, user_id: uuid.UUID) -> Entry:
    """What is kept of a row, with its place in each order."""
    promise_on = row.promise.due_on if row.promise else None
    short_since = row.oldest_missed.due_on if row.oldest_missed else None
    rank = list(Reason).index(row.reason)
    return Entry(
        user_id=user_id,
        case_id=row.case_id,
        changes_on=row.changes_on,
        label=row.name,
        label_folded=row.name.casefold(),
        reference=row.reference,
        side=row.side,
        children=row.children,
        promise_party=row.promise.party if row.promise else "",
        promise_text=row.promise.text if row.promise else "",
        promise_on=promise_on,
        contact_on=row.contact_on,
        quiet_since=row.quiet_since,
        short_since=short_since,
        rank=rank,
        keys=keys(
            row.case_id,
            rank=rank,
            owed=row.owed,
            promise_on=promise_on,
            short_since=short_since,
            quiet_since=row.quiet_since,
        ),
    )


def row_of(entry: Entry, figures: Snapshot, *, on: dt.date) -> Row:
    """The row that was kept, as of a day up to which it holds."""
    promise = Promised(entry.promise_party, entry.promise_text, entry.promise_on)
    return Row(
        case_id=entry.case_id,
        name=entry.label,
        reference=entry.reference,
        side=Perspective(entry.side),
        children=entry.children,
        figures=figures,
        promise=promise if entry.promise_party else None,
        contact_on=entry.contact_on,
        quiet_since=entry.quiet_since,
        on=on,
    )


def wanted(*, on: dt.date, side: str = "", why: Iterable[str] = (), find: str = "") -> Wanted:
    """What to look for: a side, at least one of the reasons asked for, a reference or own name."""
    reasons = {Reason(one) for one in why}
    text = find.strip().casefold()
    return Wanted(
        promise_before=on if Reason.OVERDUE_PROMISE in reasons else None,
        is_short=Reason.MISSED_PAYMENT in reasons,
        quiet_until=on - dt.timedelta(days=QUIET_DAYS) if Reason.QUIET in reasons else None,
        side=Perspective(side) if side else None,
        digits="".join(char for char in text if char in "0123456789"),
        text=text,
    )


def _due_on(short: Short) -> dt.date:
    return short.due_on


def _overdue(promise: Promised, due_on: dt.date, on: dt.date) -> Said:
    return Said(
        f"{days((on - due_on).days)} overdue",
        "s-missed",
        "off",
        f"{promise.party} promised: {promise.text}",
        f"Promised by {day(due_on)}. Nothing is noted since.",
    )


def _missed(row: Row, short: Short) -> Said:
    came = f"{pounds(short.left)} of it has not come" if short.left < short.amount else "nothing has come"
    more = f" Another {short.number - 1:,} since are not covered in full." if short.number > 1 else ""
    quiet = f" {_since(row)}" if row.unlogged else ""
    return Said(
        "Missed payment" if short.number == 1 else f"{short.number:,} missed payments",
        "s-missed",
        "off",
        "Look at the missed payment" if short.number == 1 else "Look at the missed payments",
        f"{pounds(short.amount)} was due on {day(short.due_on)} and {came}.{more}{quiet}",
    )


def _unlogged(row: Row) -> Said:
    count = row.figures.unlogged
    return Said(
        "Nothing logged yet" if count == 1 else f"Nothing logged for {count:,} payments",
        "s-due",
        "",
        f"Ask what {'was paid' if row.side is Perspective.PAYING else 'came'}, and log it",
        _since(row),
    )


def _since(row: Row) -> str:
    """Since when the record does not say what came."""
    at = row.figures
    if at.stood_on is not None:
        return f"Nothing logged since {day(at.stood_on)}, when {pounds(at.stood_owed)} was owed."
    oldest = day(at.unlogged_on) if at.unlogged_on else ""
    if at.unlogged == 1:
        return f"{pounds(at.unlogged_amount)} was due on {oldest}. Nothing is logged for it."
    return f"Nothing is logged for {at.unlogged:,} payments, the oldest due on {oldest}."


def _soon(promise: Promised, due_on: dt.date, on: dt.date) -> Said:
    left = (due_on - on).days
    return Said(
        f"{days(left)} left" if left else "Due today",
        "s-due",
        "warn",
        f"{promise.party} promised: {promise.text}",
        f"Promised by {day(due_on)}.",
    )


def _quiet(row: Row) -> Said:
    last = f"The last contact was on {day(row.contact_on)}." if row.contact_on else "No contact is logged yet."
    return Said(f"Quiet for {days(row.quiet_days)}", "s-late", "", "Check that nothing has changed", last)


def _nothing(promise: Promised | None) -> Said:
    detail = "Every payment due is covered, and no promise is open."
    if promise is not None:
        detail = "Every payment due is covered. A promise is open, and its day has not come."
    return Said("Nothing needed", "s-paid", "good", "Up to date", detail)
