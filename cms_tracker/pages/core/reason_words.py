"""A reason to open a case in words, neutral between the parents: what to do, why, and since when."""

import datetime as dt
from typing import NamedTuple

from arrears.core.caseload import Reason
from arrears.core.snapshots import Snapshot
from cases.core.facts import Perspective
from cms_tracker.days import day, days
from cms_tracker.money import pounds

BRIEF = {
    Reason.DEADLINE: "Deadline within five working days",
    Reason.BROKEN_PLAN: "Repayment plan broken",
    Reason.OVERDUE_PROMISE: "Promise overdue",
    Reason.MISSED_PAYMENT: "Payment missed or not logged",
    Reason.OVERDUE_REPLY: "Answer to a letter overdue",
    Reason.AUTHORITY: "Authority missing or ending",
    Reason.PROMISE_SOON: "Promise due within a week",
    Reason.QUIET: "Quiet for 21 days",
    Reason.NOTHING: "Nothing needed",
}


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


class Dated(NamedTuple):
    """Something to keep, or to wait for: what it is, and its day."""

    title: str
    on: dt.date


def deadline(one: Dated, on: dt.date) -> Said:
    """One's own deadline, near or past."""
    left = (one.on - on).days
    if left < 0:
        return Said(f"{days(-left)} past", "s-missed", "off", one.title, f"The day to act by was {day(one.on)}.")
    mark = f"{days(left)} left" if left else "Act today"
    return Said(mark, "s-due", "warn", one.title, f"Act by {day(one.on)}.")


def broken_plan(since: dt.date) -> Said:
    """A plan in force of which a payment did not come in full, the days of grace over."""
    return Said(
        "Plan broken",
        "s-missed",
        "off",
        "Look at the repayment plan",
        f"The payment due on {day(since)} did not come in full, and its days of grace are over.",
    )


def overdue_promise(promise: Promised, due_on: dt.date, on: dt.date) -> Said:
    """A promised day that has passed."""
    return Said(
        f"{days((on - due_on).days)} overdue",
        "s-missed",
        "off",
        f"{promise.party} promised: {promise.text}",
        f"Promised by {day(due_on)}. Nothing is noted since.",
    )


def overdue_reply(one: Dated, on: dt.date) -> Said:
    """An answer that has not come by the day from which to ask for it."""
    return Said(
        f"Answer {days((on - one.on).days)} late",
        "s-late",
        "warn",
        one.title,
        f"Ask where it is. An answer was expected by {day(one.on)}.",
    )


def authority(until: dt.date | None, on: dt.date) -> Said:
    """An authority to act that is missing, over, or about to end."""
    if until is None:
        detail = "No authority from this person is on file. Ask for one before you speak for them."
        return Said("Authority missing", "s-missed", "off", "Ask for the authority to act", detail)
    left = (until - on).days
    if left < 0:
        detail = f"It ended on {day(until)}. Ask for a new one before you speak for them."
        return Said("Authority ended", "s-missed", "off", "Renew the authority to act", detail)
    mark = f"Authority ends in {days(left)}" if left else "Authority ends today"
    return Said(mark, "s-due", "warn", "Renew the authority to act", f"The last day is {day(until)}.")


def missed(short: Short, *, also: str) -> Said:
    """Payments that somebody noted as not come, or that came short. ``also`` is a sentence that follows."""
    came = f"{pounds(short.left)} of it has not come" if short.left < short.amount else "nothing has come"
    more = f" Another {short.number - 1:,} since are not covered in full." if short.number > 1 else ""
    return Said(
        "Missed payment" if short.number == 1 else f"{short.number:,} missed payments",
        "s-missed",
        "off",
        "Look at the missed payment" if short.number == 1 else "Look at the missed payments",
        f"{pounds(short.amount)} was due on {day(short.due_on)} and {came}.{more}{f' {also}' if also else ''}",
    )


def unlogged(figures: Snapshot, side: Perspective) -> Said:
    """Payments of which the record does not know."""
    count = figures.unlogged
    return Said(
        "Nothing logged yet" if count == 1 else f"Nothing logged for {count:,} payments",
        "s-due",
        "",
        f"Ask what {'was paid' if side is Perspective.PAYING else 'came'}, and log it",
        silent_since(figures),
    )


def silent_since(at: Snapshot) -> str:
    """Since when the record does not say what came."""
    if at.stood_on is not None:
        return f"Nothing logged since {day(at.stood_on)}, when {pounds(at.stood_owed)} was owed."
    oldest = day(at.unlogged_on) if at.unlogged_on else ""
    if at.unlogged == 1:
        return f"{pounds(at.unlogged_amount)} was due on {oldest}. Nothing is logged for it."
    return f"Nothing is logged for {at.unlogged:,} payments, the oldest due on {oldest}."


def promise_soon(promise: Promised, due_on: dt.date, on: dt.date) -> Said:
    """A promised day within a week."""
    left = (due_on - on).days
    return Said(
        f"{days(left)} left" if left else "Due today",
        "s-due",
        "warn",
        f"{promise.party} promised: {promise.text}",
        f"Promised by {day(due_on)}.",
    )


def quiet(quiet_days: int, contact_on: dt.date | None) -> Said:
    """Nobody has been in touch for three weeks."""
    last = f"The last contact was on {day(contact_on)}." if contact_on else "No contact is logged yet."
    return Said(f"Quiet for {days(quiet_days)}", "s-late", "", "Check that nothing has changed", last)


def nothing(*, has_promise: bool) -> Said:
    """Nothing to do today."""
    detail = "Every payment due is covered, and no promise is open."
    if has_promise:
        detail = "Every payment due is covered. A promise is open, and its day has not come."
    return Said("Nothing needed", "s-paid", "good", "Up to date", detail)
