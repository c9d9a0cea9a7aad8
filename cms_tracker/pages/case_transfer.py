"""A whole case into the database and out again: the three apps' parts, in one transaction.

A case file is someone else's word until ``arrears.core.case_file`` has read it, which refuses
anything that the format does not know; from there on it is values like any others.
"""

import itertools
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

from arrears import queries as arrears_queries
from arrears import transfer as arrears_transfer
from arrears.core import case_file, transit_file, walk
from arrears.core.case_order import in_order
from arrears.core.case_values import CaseFile
from arrears.core.facts import CaseFacts
from cases import operations as case_operations
from cases import queries as case_queries
from cases import transfer as cases_transfer
from cases.core.facts import Nation, Scheme, StruckOut
from cms_tracker.web import storage
from correspondence import queries as correspondence_queries
from correspondence import transfer as correspondence_transfer
from correspondence.operations import challenges as challenges_transfer
from correspondence.operations import events as events_transfer
from correspondence.operations import results as results_transfer

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


_Fact = TypeVar("_Fact", bound=Any)


def bring_in(content: CaseFile, *, owner: "User") -> "Case":
    """Open a case that belongs to ``owner`` and holds all of a case file, or do nothing at all.

    Nothing is looked up: a case that is here already is opened a second time beside the first.
    """
    case_id = uuid.uuid4()
    try:
        return _bring_in(content, owner=owner, case_id=case_id)
    except BaseException:
        with suppress(storage.StorageError):  # then they lie there, and nothing leads to them
            storage.remove_all(case_id)  # the rows went with the transaction; files know nothing of it
        raise


def take_out(case: "Case", *, with_proofs: bool = True) -> CaseFile:
    """All of a case as a case file holds it. Raises FileNotFoundError where a proof's file is gone.

    Without its proofs it is small, whatever was handed in: the caller then gives the files themselves.
    """
    contacts, letters = correspondence_transfer.correspondence_of(case.pk)
    found = CaseFile(
        reference=case.reference,
        nation=Nation(case.nation),
        scheme=Scheme(case.scheme),
        facts=arrears_queries.facts_for(case),
        other_parent=case.other_parent,
        children=tuple(case_queries.children_of(case.pk)),
        note=case.note,
        contacts=contacts,
        proposals=arrears_transfer.proposals_of(case.pk),
        letters=letters,
        clocks=correspondence_transfer.clocks_of(case.pk),
        results=tuple(one.result for one in correspondence_queries.results_of(case.pk)[::-1]),
        events=tuple(one.event for one in correspondence_queries.events_of(case.pk)[::-1]),
        challenges=correspondence_queries.challenges_filed(case.pk),
        files=correspondence_transfer.files_of(case.pk),
        evidence=arrears_transfer.evidence_of(case.pk) if with_proofs else (),
    )
    return in_order(found)


@transaction.atomic
def hand_out(case: "Case", *, actor: "User") -> str:
    """The text of a case file for someone who takes the case away, with the audit row that says so."""
    cases_transfer.note_export(actor=actor, case=case)
    return case_file.dump(take_out(case))


@transaction.atomic
def _bring_in(content: CaseFile, *, owner: "User", case_id: uuid.UUID) -> "Case":
    case = case_operations.open_case(
        actor=owner,
        reference=content.reference,
        nation=content.nation,
        perspective=content.facts.perspective,
        other_parent=content.other_parent,
        children=content.children,
        scheme=content.scheme,
        allocation_rule=content.facts.allocation_rule,
        note=content.note,
        case_id=case_id,
    )
    keys = _row_keys()
    known = _keyed_facts(content.facts, keys)
    cases_transfer.add_decided(
        actor=owner, case=case, decisions=known.decisions, schedules=known.schedules, services=known.services
    )
    arrears_transfer.add_money(actor=owner, case=case, known=known)
    proposals = [(next(keys), one) for one in content.proposals]
    arrears_transfer.add_proposals(actor=owner, case=case, proposals=proposals)
    struck = _add_evidence(content, known, owner=owner, case=case, keys=keys)
    struck |= _struck_facts(known) | _add_words(content, known, owner=owner, case=case, keys=keys)
    cases_transfer.add_strike_outs(actor=owner, case=case, struck=struck)
    cases_transfer.note_import(actor=owner, case=case)
    return case


def _add_words(
    content: CaseFile, known: CaseFacts, *, owner: "User", case: "Case", keys: Iterator[uuid.UUID]
) -> dict[uuid.UUID, StruckOut]:
    """Add what was said and sent and the deadlines that follow; return what of it is struck out."""
    contact_keys, struck_contacts = correspondence_transfer.add_contacts(
        actor=owner, case=case, contacts=content.contacts, keys=keys
    )
    letter_keys, struck_letters = correspondence_transfer.add_letters(
        actor=owner, case=case, letters=content.letters, contact_keys=contact_keys, keys=keys
    )
    decision_keys = [uuid.UUID(one.id) for one in known.decisions]
    struck_clocks = correspondence_transfer.add_clocks(
        actor=owner,
        case=case,
        clocks=content.clocks,
        keys=keys,
        contact_keys=contact_keys,
        letter_keys=letter_keys,
        decision_keys=decision_keys,
    )
    struck_challenges = challenges_transfer.add_challenges(
        actor=owner,
        case=case,
        challenges=content.challenges,
        keys=keys,
        contact_keys=contact_keys,
        letter_keys=letter_keys,
        decision_keys=decision_keys,
    )
    struck_files = correspondence_transfer.add_files(
        actor=owner, case=case, content=content, keys=keys, contact_keys=contact_keys, letter_keys=letter_keys
    )
    struck_results = results_transfer.add_results(actor=owner, case=case, results=content.results, keys=keys)
    struck_events = events_transfer.add_events(actor=owner, case=case, events=content.events, keys=keys)
    struck_facts = struck_results | struck_events | struck_challenges
    return struck_contacts | struck_letters | struck_clocks | struck_files | struck_facts


def _row_keys() -> Iterator[uuid.UUID]:
    """Keys that rise one by one from a random start, so that rows of one instant keep the file's order."""
    start = uuid.uuid4().int >> 32 << 32
    return (uuid.UUID(int=start + number) for number in itertools.count())


def _keyed_facts(facts: CaseFacts, keys: Iterator[uuid.UUID]) -> CaseFacts:
    """The same facts, named by the keys of the rows to be instead of by their paths in the file."""

    def keyed(fact: _Fact) -> _Fact:
        return replace(fact, id=str(next(keys)))

    known = walk.changed(facts, keyed)
    payments = {old.id: new.id for old, new in zip(facts.payments, known.payments, strict=True)}
    return transit_file.with_payments(known, payments)


def _struck_facts(facts: CaseFacts) -> dict[uuid.UUID, StruckOut]:
    return {uuid.UUID(one.id): one.struck_out for one in walk.every(facts) if one.struck_out is not None}


def _add_evidence(
    content: CaseFile, known: CaseFacts, *, owner: "User", case: "Case", keys: Iterator[uuid.UUID]
) -> dict[uuid.UUID, StruckOut]:
    """Add the proofs beside their payments' new keys; return those that are struck out."""
    new_keys = {old.id: new.id for old, new in zip(content.facts.payments, known.payments, strict=True)}
    rows = [(next(keys), replace(one, payment_id=new_keys[one.payment_id])) for one in content.evidence]
    arrears_transfer.add_evidence(actor=owner, case=case, evidence=rows)
    return {key: one.struck_out for key, one in rows if one.struck_out is not None}
