"""What would become of a plan if something changed, in words."""

import datetime as dt
from typing import NamedTuple

from arrears.core.plan_effects import (
    Missed,
    OngoingChanged,
    OngoingEnded,
    Terms,
    missed,
    ongoing_changed,
    ongoing_ended,
)
from arrears.presenters.plans import count_of
from cases.core.words import RATES
from cms_tracker.days import day
from cms_tracker.money import pounds

_NEEDS_TOTAL = "This can only be worked out where the whole payment and the ongoing maintenance in it are known."


class Effect(NamedTuple):
    """One "what if": its name, and what would follow."""

    title: str
    lines: list[str]


def effects(terms: Terms, *, weekly: int | None = None, ends: dt.date | None = None) -> list[Effect]:
    """What follows from one missed payment, and from what a person wants to try."""
    found = []
    miss = missed(terms)
    if miss is not None:
        found.append(Effect("If one payment does not come", _missed(terms, miss)))
    if weekly is not None:
        title = f"If ongoing maintenance becomes {pounds(weekly)} a week"
        change = ongoing_changed(terms, weekly=weekly)
        found.append(Effect(title, [_NEEDS_TOTAL] if change is None else _changed(terms, change)))
    if ends is not None:
        title = f"If ongoing maintenance ends on {day(ends)}"
        end = ongoing_ended(terms, from_on=ends)
        found.append(Effect(title, [_why_not(terms)] if end is None else _ended(terms, end)))
    return found


def _missed(terms: Terms, found: Missed) -> list[str]:
    part = min(terms.part, terms.arrears)
    kinds = [f"{pounds(part)} for the arrears"]
    if terms.ongoing:
        kinds.append(f"{pounds(terms.ongoing)} of ongoing maintenance")
    if terms.fee:
        kinds.append(f"{pounds(terms.fee)} of fee")
    lines = [f"{pounds(found.behind)} would be behind: {_and(kinds)}."] if len(kinds) > 1 else [
        f"{kinds[0]} would be behind."
    ]  # fmt: skip
    if found.becomes_arrears:
        lines.append(f"The {pounds(found.becomes_arrears)} of ongoing maintenance would become arrears too.")
    if found.ends_on and found.ended_on:
        lines.append(
            f"If it is not made up, the plan would end on {day(found.ends_on)} and not on {day(found.ended_on)}: "
            f"{count_of(found.later_by, 'payment')} later."
        )
    lines.append("CMS may act on one missed or short payment. It need not wait for a second one.")
    lines.append("If a payment cannot be made in full, tell CMS before its day, and pay what you can.")
    return lines


def _changed(terms: Terms, found: OngoingChanged) -> list[str]:
    total = terms.total or 0
    fee = f", and the fee on it {pounds(found.fee)}" if found.fee else ""
    lines = [f"In each payment that is {pounds(found.ongoing)}{fee}."]
    if found.short_by is not None:
        lines.append(
            f"The same payment of {pounds(total)} would not be enough. It would have to be {pounds(found.short_by)} "
            "more to cover ongoing maintenance and leave a penny for the arrears."
        )
        return lines
    lines.append(
        f"The same payment of {pounds(total)} would leave {pounds(found.verdict.instalment)} for the arrears "
        f"{RATES[terms.frequency]}, where it was {pounds(terms.part)}."
    )
    if found.verdict.payments and found.verdict.last_payment_on:
        lines.append(
            f"The plan would take {count_of(found.verdict.payments, 'payment')} from the next one, and end on "
            f"{day(found.verdict.last_payment_on)}{_by(found.longer_by)}."
        )
    return lines


def _ended(terms: Terms, found: OngoingEnded) -> list[str]:
    if not found.sooner_by:
        return ["The plan would end before that makes a difference."]
    lines = [f"From then on the whole {pounds(found.part)} may go to the arrears, if CMS agrees to it."]
    if found.ends_on:
        lines.append(
            f"The plan would take {count_of(found.payments, 'payment')} from the next one, and end on "
            f"{day(found.ends_on)}{_by(-found.sooner_by)}. The last payment would be {pounds(found.last_payment)}."
        )
    lines.append("Arrears do not end with ongoing maintenance. They stay owed until they are paid or written off.")
    return lines


def _why_not(terms: Terms) -> str:
    if terms.total is None:
        return _NEEDS_TOTAL
    return "Each payment does not cover ongoing maintenance as it is, so there is no end to bring nearer."


def _by(longer_by: int | None) -> str:
    if not longer_by:
        return ""
    return f", {count_of(abs(longer_by), 'payment')} {'later' if longer_by > 0 else 'sooner'}"


def _and(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
