"""The order in which a case file lists what it holds: oldest first, ties as they stood.

No order changes an answer (rules section 1). One fixed order makes two exports of one case the
same text, wherever the case has been in between.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from arrears.core import case_challenges
from arrears.core.case_values import CaseFile, Contact, FileNote, Letter
from arrears.core.facts import CaseFacts, Plan
from arrears.core.other_facts import Claim, Settlement

_S = TypeVar("_S", Plan, Claim, Settlement)
_W = TypeVar("_W", Contact, Letter)


def in_order(case: CaseFile) -> CaseFile:
    """The same case with every list oldest first. Children and proposals keep the person's own order."""
    places = sorted(range(len(case.contacts)), key=lambda place: _day(case.contacts[place]))
    moved = _moved(places)
    order = sorted(range(len(case.letters)), key=lambda place: case.letters[place].created_on)
    letters = [_letter_in_order(letter, moved, _moved(order)) for letter in case.letters]
    decisions = sorted(range(len(case.facts.decisions)), key=lambda place: case.facts.decisions[place].effective_on)
    challenges = case_challenges.moved(
        case.challenges, contacts=moved, letters=_moved(order), decisions=_moved(decisions)
    )
    clocks = [
        replace(
            one,
            contact=_place(moved, one.contact),
            letter=_place(_moved(order), one.letter),
            decision=_place(_moved(decisions), one.decision),
        )
        for one in case.clocks
    ]
    return replace(
        case,
        facts=_facts_in_order(case.facts),
        contacts=tuple(_filed(case.contacts[place]) for place in places),
        letters=tuple(_filed(letters[place]) for place in order),
        clocks=tuple(sorted(clocks, key=lambda one: one.dated_on or one.reached_on or dt.date.max)),
        results=tuple(sorted(case.results, key=lambda one: one.on)),
        events=tuple(sorted(case.events, key=lambda one: one.on)),
        challenges=challenges,
        files=_files(case.files),
    )


def _letter_in_order(letter: Letter, moved: Mapping[int, int], letters: Mapping[int, int]) -> Letter:
    """The letter with its steps in order, and contacts and letters named by their new places."""
    steps = [
        step if step.contact is None else replace(step, contact=moved[step.contact])
        for step in sorted(letter.steps, key=lambda one: one.on)
    ]
    contact = None if letter.contact is None else moved[letter.contact]
    return replace(letter, contact=contact, replaces=_place(letters, letter.replaces), steps=tuple(steps))


def _filed(one: _W) -> _W:
    return replace(one, files=_files(one.files))


def _files(files: Iterable[FileNote]) -> tuple[FileNote, ...]:
    return tuple(sorted(files, key=lambda one: one.happened_on))


def _moved(places: Sequence[int]) -> dict[int, int]:
    """Where each place of a list has gone, by its place before."""
    return {place: number for number, place in enumerate(places)}


def _place(moved: Mapping[int, int], place: int | None) -> int | None:
    return None if place is None else moved[place]


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
        plans=tuple(_stepped(one) for one in sorted(facts.plans, key=lambda one: one.first_payment_on)),
        claims=tuple(_stepped(one) for one in sorted(facts.claims, key=lambda one: one.paid_on)),
        settlements=tuple(_stepped(one) for one in sorted(facts.settlements, key=lambda one: one.offered_on)),
        orders=tuple(sorted(facts.orders, key=lambda one: one.granted_on)),
        other_money=tuple(sorted(facts.other_money, key=lambda one: one.on)),
        budgets=tuple(sorted(facts.budgets, key=lambda one: one.on)),
        transits=tuple(sorted(facts.transits, key=lambda one: one.on)),
    )


def _stepped(fact: _S) -> _S:
    return replace(fact, steps=tuple(sorted(fact.steps, key=lambda one: one.on)))


def _day(contact: Contact) -> dt.date:
    return contact.at.date() if isinstance(contact.at, dt.datetime) else contact.at
