"""Read letters, and draft one from the record. A draft writes nothing."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from arrears import queries as money_queries
from arrears.core.facts import Payment
from arrears.core.in_force import service_on
from arrears.core.ledger import known
from arrears.core.position import position
from cases.core.facts import Nation, Perspective
from cms_tracker.refusal import Refusal
from correspondence.core import drafting, letters
from correspondence.core.contacts import ContactSeen
from correspondence.core.drafting import Choices, Reportable
from correspondence.core.letter_check import Beside, beside
from correspondence.core.letter_facts import CallNote, LetterFacts, MissedPayments, from_json
from correspondence.core.letters import LetterKind, Offer, RecordSummary
from correspondence.core.payment_proof import KeptFile, PaymentProof, payment_proof
from correspondence.models import Letter
from correspondence.queries.contacts import contact_of, contacts_of

if TYPE_CHECKING:
    from cases.models import Case


def letters_of(case_id: uuid.UUID) -> list[Letter]:
    """Every letter of a case, latest first."""
    return list(Letter.objects.filter(case_id=case_id).order_by("-dated_on", "-made_at", "id"))


def letter_of(case_id: uuid.UUID, letter_id: uuid.UUID) -> Letter | None:
    """One letter of this case, or None where the case has no such letter."""
    return Letter.objects.filter(case_id=case_id, pk=letter_id).first()


def offers_of(case: "Case", *, on: dt.date) -> list[Offer]:
    """The letters this side may send, each with the reason where it cannot be made today."""
    facts = money_queries.facts_for(case)
    service = service_on(known(facts, on), on)
    at = position(facts, on=on, known_on=on)
    summary = RecordSummary(
        perspective=Perspective(case.perspective),
        service=service.type if service else None,
        short_on_direct_pay=len(drafting.reportable(facts, at)),
        calls=len(calls_of(case.pk)),
        payments=len(known(facts, on).payments),
    )
    return list(letters.offers(summary))


def offer_of(case: "Case", kind: LetterKind, *, on: dt.date) -> Offer | None:
    """One letter as it is offered today, or None where this side never sends it."""
    return next((one for one in offers_of(case, on=on) if one.type.kind is kind), None)


def calls_of(case_id: uuid.UUID) -> list[ContactSeen]:
    """The calls with CMS that can be put in writing, latest first."""
    return [one for one in contacts_of(case_id) if drafting.can_be_followed_up(one)]


def payments_of(case: "Case", *, on: dt.date) -> list[Payment]:
    """The payments that stand on the record, latest first."""
    every = known(money_queries.facts_for(case), on).payments
    return sorted(every, key=lambda one: (one.paid_on, one.id), reverse=True)


def reportable_of(case: "Case", *, on: dt.date) -> list[Reportable]:
    """The Direct Pay instalments that did not come in full by ``on``, oldest first."""
    facts = money_queries.facts_for(case)
    return drafting.reportable(facts, position(facts, on=on, known_on=on))


def draft(case: "Case", choices: Choices, *, on: dt.date) -> LetterFacts:
    """The letter that these choices make of today's record. Raises Refusal where it cannot be made."""
    missed = _missed(case, choices, on=on) if choices.kind is LetterKind.MISSED_PAYMENTS else None
    call = _call(case, choices) if choices.kind is LetterKind.CALL_FOLLOW_UP else None
    proof = _proof(case, choices, on=on) if choices.kind is LetterKind.PROOF_OF_PAYMENT else None
    try:
        return drafting.letter_facts(
            choices,
            perspective=Perspective(case.perspective),
            reference=case.reference,
            nation=Nation(case.nation),
            on=on,
            missed=missed,
            call=call,
            proof=proof,
        )
    except ValueError as error:
        raise Refusal("Copy the address from a letter that CMS sent you.", field="addressee") from error


def beside_letter(case: "Case", missed: MissedPayments, *, on: dt.date) -> Beside:
    """What to tell beside a report drafted on the day ``on``, before it is made."""
    facts = money_queries.facts_for(case)
    return beside(facts, position(facts, on=on, known_on=on), missed)


def last_sender(case_id: uuid.UUID) -> LetterFacts | None:
    """The facts of the latest letter of a case, whose name and addresses the next one starts from."""
    to_cms = Letter.objects.filter(case_id=case_id).exclude(kind=LetterKind.PROOF_OF_PAYMENT)
    row = to_cms.order_by("-made_at").values_list("facts", flat=True).first()
    try:
        return from_json(row) if row else None
    except ValueError:  # a letter from a case file that was written elsewhere
        return None


def _missed(case: "Case", choices: Choices, *, on: dt.date) -> MissedPayments:
    facts = money_queries.facts_for(case)
    since = drafting.direct_pay_since(facts, on=on, known_on=on)
    if since is None:
        raise Refusal("This letter is for Direct Pay, and your record shows another service today.")
    rows = drafting.reportable(facts, position(facts, on=on, known_on=on))
    confirmed = [one for one in rows if one.logged or one.row.due_on in choices.nothing_came]
    missed = drafting.missed_payments(confirmed, chosen=choices.due_days, since=since, ask_collect=choices.ask_collect)
    if not missed.rows:
        raise Refusal("Choose at least one payment to report.", field="reported")
    return missed


def _proof(case: "Case", choices: Choices, *, on: dt.date) -> PaymentProof:
    kept = money_queries.proofs_of_payments(case.pk, choices.payment_ids)
    files = {key: [KeptFile(name=one.name, sha256=one.sha256) for one in found] for key, found in kept.items()}
    proof = payment_proof(
        money_queries.facts_for(case),
        chosen=choices.payment_ids,
        files=files,
        on=on,
        shows_towards=choices.shows_towards,
    )
    if not proof.rows:
        raise Refusal("Choose at least one payment.", field="payments")
    if not proof.fits:
        raise Refusal("These do not fit on one page with their files. Choose fewer payments.", field="payments")
    return proof


def _call(case: "Case", choices: Choices) -> CallNote:
    contact = contact_of(case.pk, choices.contact_id) if choices.contact_id else None
    if contact is None or not drafting.can_be_followed_up(contact):
        raise Refusal("Choose the call that this letter is about.", field="call")
    return drafting.call_note(contact)
