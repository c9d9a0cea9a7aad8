"""What stands around the figures of a statement: what was in force, money apart, and how to read it."""

from typing import NamedTuple

from arrears.core.account import Account
from arrears.core.facts import Route
from arrears.core.plan_review import PlanReview
from cases.core.facts import AllocationRule, Decision, Perspective
from cases.core.words import FREQUENCIES, RATES, SERVICES, reason
from cms_tracker.days import day
from cms_tracker.money import pounds
from correspondence.core.words import on_one_line


class Named(NamedTuple):
    """A thing and what is said of it."""

    name: str
    text: str


def in_force(of: Account) -> tuple[Named, ...]:
    """The decisions of the span, and the payment dates, the service and the plans at its end."""
    found = [Named("CMS decision", _decision(one)) for one in of.decisions]
    if of.schedule is not None:
        dates = f"{FREQUENCIES[of.schedule.frequency]}, counted from {day(of.schedule.first_due_on)}"
        found.append(Named("Payment dates", dates))
    if of.service is not None:
        found.append(Named("Service", f"{SERVICES[of.service.type]} from {day(of.service.from_on)}"))
    found += [Named("Repayment plan", _plan(one)) for one in of.plans]
    return tuple(found)


def apart(of: Account) -> tuple[Named, ...]:
    """Each sum that is no part of the arrears, as it stood at the end; () where there is none."""
    pots, until, found = of.pots, day(of.until), []
    if pots.fees.charged and of.facts.perspective is Perspective.PAYING:
        fees = (
            f"By {until} CMS had charged {pounds(pots.fees.charged)}. {pounds(pots.fees.paid)} of that was paid, "
            f"and {pounds(pots.fees.outstanding)} was not. They are owed to CMS."
        )
        found.append(Named("Collection fees", fees))
    elif pots.fees.charged:
        fees = f"By {until} CMS had kept {pounds(pots.fees.charged)} of what came. Each payment counts in full here."
        found.append(Named("Collection fees", fees))
    if pots.charges.entries:
        charges = (
            f"By {until}: charged {pounds(pots.charges.charged)}, paid {pounds(pots.charges.paid)}, "
            f"taken back by CMS {pounds(pots.charges.waived)}. They are owed to CMS."
        )
        found.append(Named("Enforcement charges", charges))
    if pots.consolatory_entries:
        sorry = f"By {until} CMS had paid {pounds(pots.consolatory)} for its own mistakes. It takes nothing off."
        found.append(Named("Consolatory payments", sorry))
    return tuple(found)


def how_to_read(of: Account) -> tuple[str, ...]:
    """How the figures came about, in short sentences."""
    found = [
        (
            f"The figures stand as at the end of {day(of.until)}, by what was known on {day(of.known_on)}. "
            "They come from the record that one person keeps. It is not a statement by CMS."
        ),
        "The balance is what is owed less what is in credit, at the end of that day.",
        (
            "What came stands beside the date it was counted for. By this record's rule "
            f"{_RULES[of.facts.allocation_rule]} CMS may count a payment towards another date."
        ),
        (
            "A decision that changes earlier amounts counts from the day it was told, as one line. "
            "The dates before it keep their amounts."
        ),
    ]
    if of.has_fees:
        found.append("Collection fees are owed to CMS. They have a column of their own and are never in the balance.")
    if Route.VIA_CMS_RECEIVED in of.routes:
        found.append("Money that came through CMS counts for its amount before CMS kept its fee.")
    return tuple(found)


_RULES = {
    AllocationRule.ONGOING_FIRST: "a payment counts for the date it is nearest to, then for the oldest amount owed.",
    AllocationRule.OLDEST_FIRST: "a payment counts for the oldest amount owed.",
}


def _decision(one: Decision) -> str:
    said = f"{pounds(one.weekly)} a week from {day(one.effective_on)}, told on {day(one.notified_on)}"
    return f"{said}. {on_one_line(reason(one.reason))}" if one.reason else said


def _plan(one: PlanReview) -> str:
    plan, verdict = one.plan, one.verdict
    said = f"Agreed on {day(plan.agreed_on)}: {pounds(plan.arrears_part)} {RATES[plan.frequency]} for the arrears"
    said += f" from {day(plan.first_payment_on)}"
    if verdict.last_payment_on is not None:
        said += f", the last of them on {day(verdict.last_payment_on)}"
    return said
