"""The order in which a case file lists what it holds: oldest first, ties as they stood.

No order changes an answer (rules section 1). One fixed order makes two exports of one case the
same text, wherever the case has been in between.
"""

import datetime as dt
from dataclasses import replace

from arrears.core.case_values import CaseFile, Contact
from arrears.core.facts import CaseFacts


def in_order(case: CaseFile) -> CaseFile:
    """The same case with every list oldest first. Children and proposals keep the person's own order."""
    places = sorted(range(len(case.contacts)), key=lambda place: _day(case.contacts[place]))
    moved = {place: number for number, place in enumerate(places)}
    letters = [
        letter if letter.contact is None else replace(letter, contact=moved[letter.contact]) for letter in case.letters
    ]
    return replace(
        case,
        facts=_facts_in_order(case.facts),
        contacts=tuple(case.contacts[place] for place in places),
        letters=tuple(sorted(letters, key=lambda one: one.created_on)),
    )


def _facts_in_order(facts: CaseFacts) -> CaseFacts:
    return replace(
        facts,
        services=tuple(sorted(facts.services, key=lambda one: one.from_on)),
        decisions=tuple(sorted(facts.decisions, key=lambda one: one.effective_on)),
        schedules=tuple(sorted(facts.schedules, key=lambda one: one.first_due_on)),
        openings=tuple(sorted(facts.openings, key=lambda one: one.on)),
        payments=tuple(sorted(facts.payments, key=lambda one: one.paid_on)),
        observations=tuple(sorted(facts.observations, key=lambda one: one.due_on)),
        adjustments=tuple(sorted(facts.adjustments, key=lambda one: one.on)),
        statements=tuple(sorted(facts.statements, key=lambda one: one.as_at)),
        plans=tuple(sorted(facts.plans, key=lambda one: one.first_payment_on)),
    )


def _day(contact: Contact) -> dt.date:
    return contact.at.date() if isinstance(contact.at, dt.datetime) else contact.at
