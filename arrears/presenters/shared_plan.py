"""The terms of a plan in words for the one who has its code: neutral, and with nothing of either parent."""

from typing import NamedTuple

from arrears.core.results import Classification
from arrears.core.shared_plan import SharedTerms
from arrears.presenters.plans import count_of
from cases.core.words import RATES
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds


class Line(NamedTuple):
    """One term: what it is, and its figure as written."""

    name: str
    value: str


def lines(terms: SharedTerms) -> list[Line]:
    """The terms in the order in which a person asks for them."""
    often = RATES[terms.frequency]
    found = [
        Line(say("Arrears when it begins"), pounds(terms.arrears)),
        Line(say("Paid towards the arrears"), f"{pounds(terms.instalment)} {often}"),
    ]
    if terms.total is not None:
        found.append(Line(say("Whole payment, with ongoing maintenance"), f"{pounds(terms.total)} {often}"))
    return [
        *found,
        Line(say("First payment"), day(terms.first_payment_on)),
        Line(say("Payments"), count_of(terms.payments, "payment")),
        Line(say("Last payment"), f"{pounds(terms.last_payment)}, {day(terms.last_payment_on)}"),
    ]


def meaning(terms: SharedTerms) -> str:
    """What the length of it is called."""
    if terms.classification is Classification.AGREEMENT:
        return say("It ends within two years of the first payment. CMS calls such a plan an agreement.")
    return say("It takes longer than two years. CMS calls such a plan an arrangement.")
