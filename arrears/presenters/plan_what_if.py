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
from cms_tracker.language import mark, say
from cms_tracker.money import pounds

_NEEDS_TOTAL = mark("This can only be worked out where the whole payment and the ongoing maintenance in it are known.")


class Effect(NamedTuple):
    """One "what if": its name, and what would follow."""

    title: str
    lines: list[str]


def effects(terms: Terms, *, weekly: int | None = None, ends: dt.date | None = None) -> list[Effect]:
    """What follows from one missed payment, and from what a person wants to try."""
    found = []
    miss = missed(terms)
    if miss is not None:
        found.append(Effect(say("If one payment does not come"), _missed(terms, miss)))
    if weekly is not None:
        title = say("If ongoing maintenance becomes {weekly} a week", weekly=pounds(weekly))
        change = ongoing_changed(terms, weekly=weekly)
        found.append(Effect(title, [say(_NEEDS_TOTAL)] if change is None else _changed(terms, change)))
    if ends is not None:
        title = say("If ongoing maintenance ends on {ends}", ends=day(ends))
        end = ongoing_ended(terms, from_on=ends)
        found.append(Effect(title, [_why_not(terms)] if end is None else _ended(terms, end)))
    return found


def _missed(terms: Terms, found: Missed) -> list[str]:
    part = min(terms.part, terms.arrears)
    kinds = [say("{part} for the arrears", part=pounds(part))]
    if terms.ongoing:
        kinds.append(say("{ongoing} of ongoing maintenance", ongoing=pounds(terms.ongoing)))
    if terms.fee:
        kinds.append(say("{fee} of fee", fee=pounds(terms.fee)))
    if len(kinds) > 1:
        lines = [say("{behind} would be behind: {parts}.", behind=pounds(found.behind), parts=_and(kinds))]
    else:
        lines = [say("{part} would be behind.", part=kinds[0])]
    if found.becomes_arrears:
        lines.append(
            say(
                "The {becomes_arrears} of ongoing maintenance would become arrears too.",
                becomes_arrears=pounds(found.becomes_arrears),
            )
        )
    if found.ends_on and found.ended_on:
        lines.append(
            say(
                "If it is not made up, the plan would end on {ends_on} and not on {ended_on}: {count_of} later.",
                ends_on=day(found.ends_on),
                ended_on=day(found.ended_on),
                count_of=count_of(found.later_by, "payment"),
            )
        )
    lines.append(say("CMS may act on one missed or short payment. It need not wait for a second one."))
    lines.append(say("If a payment cannot be made in full, tell CMS before its day, and pay what you can."))
    return lines


def _changed(terms: Terms, found: OngoingChanged) -> list[str]:
    total = terms.total or 0
    fee = say(", and the fee on it {fee}", fee=pounds(found.fee)) if found.fee else ""
    lines = [say("In each payment that is {ongoing}{fee}.", ongoing=pounds(found.ongoing), fee=fee)]
    if found.short_by is not None:
        lines.append(
            say(
                "The same payment of {total} would not be enough. It would have to be {short_by} "
                "more to cover ongoing maintenance and leave a penny for the arrears.",
                total=pounds(total),
                short_by=pounds(found.short_by),
            )
        )
        return lines
    lines.append(
        say(
            "The same payment of {total} would leave {instalment} for the arrears {rates}, where it was {part}.",
            total=pounds(total),
            instalment=pounds(found.verdict.instalment),
            rates=RATES[terms.frequency],
            part=pounds(terms.part),
        )
    )
    if found.verdict.payments and found.verdict.last_payment_on:
        lines.append(
            say(
                "The plan would take {count_of} from the next one, and end on {last_payment_on}{by}.",
                count_of=count_of(found.verdict.payments, "payment"),
                last_payment_on=day(found.verdict.last_payment_on),
                by=_by(found.longer_by),
            )
        )
    return lines


def _ended(terms: Terms, found: OngoingEnded) -> list[str]:
    if not found.sooner_by:
        return [say("The plan would end before that makes a difference.")]
    lines = [say("From then on the whole {part} may go to the arrears, if CMS agrees to it.", part=pounds(found.part))]
    if found.ends_on:
        lines.append(
            say(
                "The plan would take {count_of} from the next one, and end on {ends_on}{by}. The "
                "last payment would be {last_payment}.",
                count_of=count_of(found.payments, "payment"),
                ends_on=day(found.ends_on),
                by=_by(-found.sooner_by),
                last_payment=pounds(found.last_payment),
            )
        )
    lines.append(say("Arrears do not end with ongoing maintenance. They stay owed until they are paid or written off."))
    return lines


def _why_not(terms: Terms) -> str:
    if terms.total is None:
        return say(_NEEDS_TOTAL)
    return say("Each payment does not cover ongoing maintenance as it is, so there is no end to bring nearer.")


def _by(longer_by: int | None) -> str:
    if not longer_by:
        return ""
    return say(
        ", {count_of} {part}",
        count_of=count_of(abs(longer_by), "payment"),
        part=say("later") if longer_by > 0 else say("sooner"),
    )


def _and(parts: list[str]) -> str:
    return say("{join} and {parts}", join=", ".join(parts[:-1]), parts=parts[-1])
