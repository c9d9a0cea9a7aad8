"""A row of the list of a person who helps or advises: every reason to act, the first of them, and its place."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arrears.core.caseload import Entry, Reason, Sort, Wanted, keys, mask
from arrears.core.snapshots import Snapshot
from cases.core.facts import Perspective
from cms_tracker.language import say
from cms_tracker.pages.core import reason_words as words
from cms_tracker.pages.core.reason_words import BRIEF, Dated, Promised, Said, Short

__all__ = ["Dated", "Promised", "Reason", "Row", "Said", "Short", "Sort", "entry_of", "row_of", "wanted"]

QUIET_DAYS = 21  # our own measure of a case that nobody has looked at
SOON_DAYS = 7
AUTHORITY_DAYS = 30  # our own measure: time to send a form and to get it back


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case on one person's list, as of one day.

    ``quiet_since`` is the day of the last contact, or the day the file was opened where there was none.
    ``act`` is the soonest open deadline of one's own, near from ``act_from`` on; ``reply`` the answer to
    ask for next; ``broken_since`` the day of the payment with which the plan in force broke; the
    authority of the client, where one is needed, ends with ``authority_until`` (None: there is none).
    ``turns_on`` is the first day on which the clock changes what these four rest on.
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
    act: Dated | None = None
    act_from: dt.date | None = None
    reply: Dated | None = None
    broken_since: dt.date | None = None
    asks_authority: bool = False
    authority_until: dt.date | None = None
    turns_on: dt.date = dt.date.max

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
    def is_authority_ending(self) -> bool:
        """Say whether an authority is needed that is missing, over, or within a month of its end."""
        until = self.authority_until
        return self.asks_authority and (until is None or (until - self.on).days <= AUTHORITY_DAYS)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason to open this case today, the most pressing first."""
        return tuple(self._reasons())

    def _reasons(self) -> Iterator[Reason]:
        if self.act_from is not None and self.act_from <= self.on:
            yield Reason.DEADLINE
        if self.broken_since is not None:
            yield Reason.BROKEN_PLAN
        if self.is_promise_overdue:
            yield Reason.OVERDUE_PROMISE
        if self.oldest_missed is not None:
            yield Reason.MISSED_PAYMENT
        if self.reply is not None and self.reply.on < self.on:
            yield Reason.OVERDUE_REPLY
        if self.is_authority_ending:
            yield Reason.AUTHORITY
        if self.promise_days is not None and 0 <= self.promise_days <= SOON_DAYS:
            yield Reason.PROMISE_SOON
        if self.is_quiet:
            yield Reason.QUIET

    @property
    def reason(self) -> Reason:
        """The first reason to open this case today."""
        return next(self._reasons(), Reason.NOTHING)

    @property
    def reason_on(self) -> dt.date | None:
        """The day of the first reason; where there is none, the next date of the case."""
        if self.reason is Reason.AUTHORITY:
            return self.authority_until or dt.date.min
        days = {
            Reason.DEADLINE: self.act and self.act.on,
            Reason.BROKEN_PLAN: self.broken_since,
            Reason.OVERDUE_PROMISE: self.promise and self.promise.due_on,
            Reason.MISSED_PAYMENT: self.oldest_missed and self.oldest_missed.due_on,
            Reason.OVERDUE_REPLY: self.reply and self.reply.on,
            Reason.PROMISE_SOON: self.promise and self.promise.due_on,
            Reason.QUIET: self.quiet_since,
            Reason.NOTHING: self.next and self.next.on,
        }
        return days[self.reason]

    @property
    def also(self) -> tuple[str, ...]:
        """The other reasons, in a few words each."""
        return tuple(BRIEF[one] for one in self.reasons[1:])

    @property
    def next(self) -> Dated | None:
        """The next date of the case: a deadline, an answer, a promise or a payment; None where none is known."""
        promised = self.promise.due_on if self.promise else None
        coming = [
            *([self.act] if self.act else []),
            *([Dated(say("Ask for the answer"), self.reply.on)] if self.reply else []),
            *([Dated(say("Promised by"), promised)] if promised else []),
            *([Dated(say("Next payment"), self.figures.next_due_on)] if self.figures.next_due_on else []),
        ]
        return min((one for one in coming if one.on >= self.on), key=_on, default=None)

    @property
    def said(self) -> Said:
        """The first reason in words, neutral between the parents."""
        reason, due_on = self.reason, self.promise.due_on if self.promise else None
        if reason is Reason.DEADLINE and self.act:
            return words.deadline(self.act, self.on)
        if reason is Reason.BROKEN_PLAN and self.broken_since:
            return words.broken_plan(self.broken_since)
        if reason is Reason.OVERDUE_PROMISE and self.promise and due_on:
            return words.overdue_promise(self.promise, due_on, self.on)
        if reason is Reason.MISSED_PAYMENT:
            return self._short_of_money()
        if reason is Reason.OVERDUE_REPLY and self.reply:
            return words.overdue_reply(self.reply, self.on)
        if reason is Reason.AUTHORITY:
            return words.authority(self.authority_until, self.on)
        if reason is Reason.PROMISE_SOON and self.promise and due_on:
            return words.promise_soon(self.promise, due_on, self.on)
        if reason is Reason.QUIET:
            return words.quiet(self.quiet_days, self.contact_on)
        return words.nothing(has_promise=self.promise is not None)

    def _short_of_money(self) -> Said:
        if self.missed is None:
            return words.unlogged(self.figures, self.side)
        return words.missed(self.missed, also=words.silent_since(self.figures) if self.unlogged else "")

    @property
    def changes_on(self) -> dt.date:
        """The first day on which the clock alone changes a reason, or a figure."""
        turns = [self.figures.changes_on, self.turns_on, self.quiet_since + dt.timedelta(days=QUIET_DAYS)]
        promised_on = self.promise.due_on if self.promise else None
        turns += [self.act_from] if self.act_from else []
        turns += [promised_on - dt.timedelta(days=SOON_DAYS)] if promised_on else []
        turns += [self.authority_until - dt.timedelta(days=AUTHORITY_DAYS)] if self.authority_until else []
        last = (self.act and self.act.on, self.reply and self.reply.on, promised_on, self.authority_until)
        turns += [day + dt.timedelta(days=1) for day in last if day and day < dt.date.max]
        return min((turn for turn in turns if turn > self.on), default=dt.date.max)


def entry_of(row: Row, *, user_id: uuid.UUID) -> Entry:
    """What is kept of a row, with its place in each order."""
    promise_on = row.promise.due_on if row.promise else None
    short_since = row.oldest_missed.due_on if row.oldest_missed else None
    return Entry(
        user_id=user_id,
        case_id=row.case_id,
        changes_on=row.changes_on,
        label=row.name,
        reference=row.reference,
        side=row.side,
        children=row.children,
        promise_party=row.promise.party if row.promise else "",
        promise_text=row.promise.text if row.promise else "",
        promise_on=promise_on,
        contact_on=row.contact_on,
        quiet_since=row.quiet_since,
        short_since=short_since,
        act_title=row.act.title if row.act else "",
        act_on=row.act.on if row.act else None,
        act_from=row.act_from,
        reply_title=row.reply.title if row.reply else "",
        reply_on=row.reply.on if row.reply else None,
        broken_since=row.broken_since,
        asks_authority=row.asks_authority,
        authority_until=row.authority_until,
        reasons=mask(row.reasons),
        keys=keys(
            row.case_id,
            reason=row.reason,
            reason_on=row.reason_on,
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
        act=Dated(entry.act_title, entry.act_on) if entry.act_on else None,
        act_from=entry.act_from,
        reply=Dated(entry.reply_title, entry.reply_on) if entry.reply_on else None,
        broken_since=entry.broken_since,
        asks_authority=entry.asks_authority,
        authority_until=entry.authority_until,
        turns_on=entry.changes_on,
    )


def wanted(*, side: str = "", why: Iterable[str] = (), find: str = "") -> Wanted:
    """What to look for: a side, at least one of the reasons asked for, a reference or own name."""
    text = find.strip().casefold()
    return Wanted(
        reasons=frozenset(map(Reason, why)),
        side=Perspective(side) if side else None,
        digits="".join(char for char in text if char in "0123456789"),
        text=text,
    )


def _due_on(short: Short) -> dt.date:
    return short.due_on


def _on(one: Dated) -> dt.date:
    return one.on
