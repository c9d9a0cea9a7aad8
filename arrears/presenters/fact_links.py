"""Where the fact behind a figure is to be seen: its payment, the working of its decision, or its line."""

import datetime as dt
import uuid
from typing import NamedTuple

from django.urls import reverse

from arrears.core.facts import CaseFacts
from arrears.core.results import Cause, CauseKind, Kind
from arrears.presenters.addresses import pattern
from cms_tracker.language import say


class Link(NamedTuple):
    """An address and the words to press."""

    url: str
    words: str


class Addresses(NamedTuple):
    """The pages that facts lead to; those of one fact hold ``{}`` where its id belongs."""

    payment: str
    working: str
    payments: str
    details: str
    claim: str
    settlement: str


def addresses(case_id: uuid.UUID) -> Addresses:
    """The pages of one case that its facts lead to."""
    return Addresses(
        payment=pattern("arrears:payment", case_id),
        working=pattern("arrears:working", case_id),
        payments=reverse("arrears:payments", args=[case_id]),
        details=reverse("arrears:details", args=[case_id]),
        claim=pattern("arrears:claim", case_id),
        settlement=pattern("arrears:settlement", case_id),
    )


class FactLinks:
    """The facts of one case by their ids. ``seen`` is the view whose working is meant, None for today's."""

    def __init__(self, facts: CaseFacts, addresses: Addresses, *, seen: tuple[dt.date, dt.date] | None = None) -> None:
        self._payments = {one.id for one in facts.payments}
        self._addresses = addresses
        self._query = f"?on={seen[0]}&known={seen[1]}" if seen else ""
        self._steps = {step.id: addresses.claim.format(one.id) for one in facts.claims for step in one.steps}
        self._steps |= {step.id: addresses.settlement.format(one.id) for one in facts.settlements for step in one.steps}

    def of(self, cause: Cause) -> Link:
        """Where one cause of a change comes from. Every kind of fact has a place."""
        if cause.kind is CauseKind.INSTALMENT:
            return self.instalment(cause.on)
        if cause.parts:
            return self.working(cause.fact_id)
        return self.fact(cause.fact_id)

    def entry(self, kind: Kind, fact_id: str) -> Link:
        """Where an entry of the ledger that is no regular payment comes from."""
        return self.working(fact_id) if kind in {Kind.INITIAL, Kind.RECALCULATION} else self.fact(fact_id)

    def fact(self, fact_id: str) -> Link:
        """The page of a payment, a claim or a settlement, or the line of any other fact among the details."""
        if fact_id in self._payments:
            return Link(self._addresses.payment.format(fact_id), say("See this payment"))
        return Link(
            self._steps.get(fact_id) or f"{self._addresses.details}#fact-{fact_id}", say("See where it is recorded")
        )

    def instalment(self, due_on: dt.date) -> Link:
        """The line of a regular payment on the payments page."""
        return Link(f"{self._addresses.payments}?due={due_on}#due-{due_on}", say("See this date"))

    def working(self, decision_id: str) -> Link:
        """The working of a decision about the past."""
        return Link(self._addresses.working.format(decision_id) + self._query, say("See the working"))
