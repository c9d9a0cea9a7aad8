"""One payment's page, and the payments that were struck out."""

import datetime as dt
from typing import NamedTuple

from arrears.core.derived import adjustments_of, brought_back
from arrears.core.facts import AdjustmentKind, CaseFacts
from arrears.core.results import Kind, PaymentUse
from arrears.presenters import words
from arrears.presenters.payments import Urls
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds


class Went(NamedTuple):
    """One part of a payment: what it went to, and how much."""

    to: str
    amount: str


class Struck(NamedTuple):
    """A payment that was taken back as a slip; it stays to be seen, with its reason."""

    text: str
    reason: str
    url: str


def used(use: PaymentUse, facts: CaseFacts, *, on: dt.date) -> tuple[Went, ...]:
    """Where a payment went, in the order of the dates, credit last."""
    parts = sorted(use.uses, key=lambda part: (part.due_on is None, part.due_on or on, part.what))
    return tuple(Went(_to(part.what, part.due_on, on, facts), pounds(part.amount)) for part in parts)


def struck_payments(facts: CaseFacts, urls: Urls) -> tuple[Struck, ...]:
    """The payments that were struck out, newest first."""
    found = sorted((one for one in facts.payments if one.struck_out), key=lambda one: one.paid_on, reverse=True)
    return tuple(
        Struck(
            say("{amount} on {paid_on}", amount=pounds(one.amount), paid_on=day(one.paid_on)),
            say("Struck out on {on}: {reason}", on=day(one.struck_out.on), reason=one.struck_out.reason),
            urls.payment.format(one.id),
        )
        for one in found
        if one.struck_out
    )


def _to(what: str, due_on: dt.date | None, on: dt.date, facts: CaseFacts) -> str:
    if what == "credit" or due_on is None:
        return say("Not used yet. It counts towards what falls due next")
    if what == "fee":
        return say("The collection fee of {due_on}", due_on=day(due_on))
    if what == Kind.INSTALMENT:
        return say("The payment due on {due_on}", due_on=day(due_on)) + (
            say(", ahead of its date") if due_on > on else ""
        )
    name = _added(due_on, facts) if what == Kind.CORRECTION_UP else words.ENTRIES[Kind(what)]
    return f"{name}, {day(due_on)}"


def _added(on: dt.date, facts: CaseFacts) -> str:
    """Name what CMS added on a day: a correction, or old arrears that came back; in general where it was both."""
    back = brought_back(facts)
    added = [one for one in adjustments_of(facts) if one.kind is AdjustmentKind.CORRECTION_UP and one.on == on]
    names = {words.entry(Kind.CORRECTION_UP, back.get(one.id)) for one in added}
    return names.pop() if len(names) == 1 else say("Added by CMS")
