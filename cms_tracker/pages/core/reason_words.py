"""A reason to open a case in words, neutral between the parents: what to do, why, and since when."""

import datetime as dt
from typing import NamedTuple

from arrears.core.caseload import Reason
from arrears.core.snapshots import Snapshot
from cases.core.facts import Perspective
from cms_tracker.days import day, days
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds

BRIEF = Words(
    {
        Reason.DEADLINE: mark("Deadline within five working days"),
        Reason.BROKEN_PLAN: mark("Repayment plan broken"),
        Reason.OVERDUE_PROMISE: mark("Promise overdue"),
        Reason.MISSED_PAYMENT: mark("Payment missed or not logged"),
        Reason.OVERDUE_REPLY: mark("Answer to a letter overdue"),
        Reason.AUTHORITY: mark("Authority missing or ending"),
        Reason.PROMISE_SOON: mark("Promise due within a week"),
        Reason.QUIET: mark("Quiet for 21 days"),
        Reason.NOTHING: mark("Nothing needed"),
    }
)


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
        return Said(
            say("{days} past", days=days(-left)),
            "s-missed",
            "off",
            one.title,
            say("The day to act by was {on}.", on=day(one.on)),
        )
    mark = say("{days} left", days=days(left)) if left else say("Act today")
    return Said(mark, "s-due", "warn", one.title, say("Act by {on}.", on=day(one.on)))


def broken_plan(since: dt.date) -> Said:
    """A plan in force of which a payment did not come in full, the days of grace over."""
    return Said(
        say("Plan broken"),
        "s-missed",
        "off",
        say("Look at the repayment plan"),
        say("The payment due on {since} did not come in full, and its days of grace are over.", since=day(since)),
    )


def overdue_promise(promise: Promised, due_on: dt.date, on: dt.date) -> Said:
    """A promised day that has passed."""
    return Said(
        say("{days} overdue", days=days((on - due_on).days)),
        "s-missed",
        "off",
        say("{party} promised: {text_of}", party=promise.party, text_of=promise.text),
        say("Promised by {due_on}. Nothing is noted since.", due_on=day(due_on)),
    )


def overdue_reply(one: Dated, on: dt.date) -> Said:
    """An answer that has not come by the day from which to ask for it."""
    return Said(
        say("Answer {days} late", days=days((on - one.on).days)),
        "s-late",
        "warn",
        one.title,
        say("Ask where it is. An answer was expected by {on}.", on=day(one.on)),
    )


def authority(until: dt.date | None, on: dt.date) -> Said:
    """An authority to act that is missing, over, or about to end."""
    if until is None:
        detail = say("No authority from this person is on file. Ask for one before you speak for them.")
        return Said(say("Authority missing"), "s-missed", "off", say("Ask for the authority to act"), detail)
    left = (until - on).days
    if left < 0:
        detail = say("It ended on {until}. Ask for a new one before you speak for them.", until=day(until))
        return Said(say("Authority ended"), "s-missed", "off", say("Renew the authority to act"), detail)
    mark = say("Authority ends in {days}", days=days(left)) if left else say("Authority ends today")
    return Said(
        mark, "s-due", "warn", say("Renew the authority to act"), say("The last day is {until}.", until=day(until))
    )


def missed(short: Short, *, also: str) -> Said:
    """Payments that somebody noted as not come, or that came short. ``also`` is a sentence that follows."""
    came = (
        say("{left} of it has not come", left=pounds(short.left))
        if short.left < short.amount
        else say("nothing has come")
    )
    more = (
        say(" Another {number} since are not covered in full.", number=f"{short.number - 1:,}")
        if short.number > 1
        else ""
    )
    return Said(
        say("Missed payment") if short.number == 1 else say("{number} missed payments", number=f"{short.number:,}"),
        "s-missed",
        "off",
        say("Look at the missed payment") if short.number == 1 else say("Look at the missed payments"),
        say(
            "{amount} was due on {due_on} and {came}.{more}{part}",
            amount=pounds(short.amount),
            due_on=day(short.due_on),
            came=came,
            more=more,
            part=f" {also}" if also else "",
        ),
    )


def unlogged(figures: Snapshot, side: Perspective) -> Said:
    """Payments of which the record does not know."""
    count = figures.unlogged
    return Said(
        say("Nothing logged yet")
        if count == 1
        else say("Nothing logged for {count_of} payments", count_of=f"{count:,}"),
        "s-due",
        "",
        say("Ask what {part}, and log it", part=say("was paid") if side is Perspective.PAYING else say("came")),
        silent_since(figures),
    )


def silent_since(at: Snapshot) -> str:
    """Since when the record does not say what came."""
    if at.stood_on is not None:
        return say(
            "Nothing logged since {stood_on}, when {stood_owed} was owed.",
            stood_on=day(at.stood_on),
            stood_owed=pounds(at.stood_owed),
        )
    oldest = day(at.unlogged_on) if at.unlogged_on else ""
    if at.unlogged == 1:
        return say(
            "{unlogged_amount} was due on {oldest}. Nothing is logged for it.",
            unlogged_amount=pounds(at.unlogged_amount),
            oldest=oldest,
        )
    return say(
        "Nothing is logged for {unlogged} payments, the oldest due on {oldest}.",
        unlogged=f"{at.unlogged:,}",
        oldest=oldest,
    )


def promise_soon(promise: Promised, due_on: dt.date, on: dt.date) -> Said:
    """A promised day within a week."""
    left = (due_on - on).days
    return Said(
        say("{days} left", days=days(left)) if left else say("Due today"),
        "s-due",
        "warn",
        say("{party} promised: {text_of}", party=promise.party, text_of=promise.text),
        say("Promised by {due_on}.", due_on=day(due_on)),
    )


def quiet(quiet_days: int, contact_on: dt.date | None) -> Said:
    """Nobody has been in touch for three weeks."""
    last = (
        say("The last contact was on {contact_on}.", contact_on=day(contact_on))
        if contact_on
        else say("No contact is logged yet.")
    )
    return Said(
        say("Quiet for {days}", days=days(quiet_days)), "s-late", "", say("Check that nothing has changed"), last
    )


def nothing(*, has_promise: bool) -> Said:
    """Nothing to do today."""
    detail = say("Every payment due is covered, and no promise is open.")
    if has_promise:
        detail = say("Every payment due is covered. A promise is open, and its day has not come.")
    return Said(say("Nothing needed"), "s-paid", "good", say("Up to date"), detail)
