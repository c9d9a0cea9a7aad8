"""From a record and a person's choices to the facts of a letter. Figures come from the engine's position."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from arrears.core.case_values import ContactKind
from arrears.core.facts import CaseFacts
from arrears.core.in_force import service_on, services_in_order
from arrears.core.ledger import known
from arrears.core.reporting import report_from
from arrears.core.results import CoverKind, Instalment, Position
from cases.core.calendar import add_working_days
from cases.core.facts import Nation, Perspective, ServiceType
from correspondence.core import contact_data
from correspondence.core.contacts import CMS, ContactSeen
from correspondence.core.letter_facts import CallNote, Came, LetterFacts, MissedPayments, Promised, Reported
from correspondence.core.letters import LetterKind
from correspondence.core.payment_proof import PaymentProof
from correspondence.core.words import on_one_line, printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the person chose for a letter.

    ``addressee`` empty: the known address of CMS; ``reply_to`` empty: the address CMS holds.
    ``due_days`` are the instalments to report; those of ``nothing_came`` among them were not
    logged before, and are noted when the letter is made. ``contact_id`` is the call to follow up,
    ``payment_ids`` the payments of a proof, ``shows_towards`` whether it says what they count towards.
    """

    kind: LetterKind
    sender: str
    reply_to: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    due_days: frozenset[dt.date] = frozenset()
    nothing_came: frozenset[dt.date] = frozenset()
    ask_collect: bool = False
    contact_id: uuid.UUID | None = None
    payment_ids: frozenset[str] = frozenset()
    shows_towards: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reportable:
    """An instalment that could be reported.

    ``logged``: the record already says what came. ``is_news``: it falls into the window of
    ``arrears.core.reporting``, so a letter begins with it.
    """

    row: Reported
    logged: bool
    is_news: bool


def reportable(facts: CaseFacts, position: Position) -> list[Reportable]:
    """The Direct Pay instalments due before the day of ``position`` that did not come in full, oldest first."""
    seen = known(facts, position.known_on)
    paid_on = {payment.id: payment.paid_on for payment in seen.payments}
    since = report_from(position.on)
    noted = {observation.due_on for observation in seen.observations}
    found = []
    for one in position.instalments:
        service = service_on(seen, one.due_on)
        if not one.is_short:
            continue
        if service is None or service.type is not ServiceType.DIRECT_PAY:
            continue
        row = _reported(one, paid_on, on=position.on)
        logged = bool(row.came) or one.due_on in noted
        found.append(Reportable(row=row, logged=logged, is_news=one.due_on >= since))
    return found


def direct_pay_since(facts: CaseFacts, *, on: dt.date, known_on: dt.date) -> dt.date | None:
    """The day Direct Pay began for good, or None where the service on that day is another."""
    since = None
    for service in services_in_order(known(facts, known_on).services):
        if service.from_on > on:
            break
        if service.type is not ServiceType.DIRECT_PAY:
            since = None
        elif since is None:
            since = service.from_on
    return since


def missed_payments(
    rows: Sequence[Reportable], *, chosen: Collection[dt.date], since: dt.date, ask_collect: bool
) -> MissedPayments:
    """The report of the chosen instalments."""
    return MissedPayments(
        direct_pay_since=since,
        rows=tuple(one.row for one in rows if one.row.due_on in chosen),
        ask_collect=ask_collect,
    )


def can_be_followed_up(contact: ContactSeen) -> bool:
    """Say whether a contact is a call with CMS that stands on the record and says something."""
    says = contact.summary.strip() or any(one.struck_out is None for one in contact.promises)
    return contact.kind is ContactKind.CALL and contact.struck_out is None and contact.party == CMS and bool(says)


def call_note(contact: ContactSeen) -> CallNote:
    """The note of a call, in the person's own words, printable."""
    return CallNote(
        at_date=contact.at_date,
        at_time=contact.at_time,
        direction=contact.direction,
        spoke_to=on_one_line(contact.spoke_to),
        reference=on_one_line(contact.reference),
        summary=printable(contact.summary).strip(),
        promises=tuple(
            Promised(text=on_one_line(one.text), due_on=one.due_on)
            for one in contact.promises
            if one.struck_out is None
        ),
    )


def letter_facts(
    choices: Choices,
    *,
    perspective: Perspective,
    reference: str,
    nation: Nation,
    on: dt.date,
    missed: MissedPayments | None = None,
    call: CallNote | None = None,
    proof: PaymentProof | None = None,
) -> LetterFacts:
    """The whole letter. Raises ValueError where no address is known and none was given."""
    address = contact_data.address_of(nation)
    addressee = choices.addressee or (address.lines if address else ())
    if proof is not None:
        addressee = ()
    elif not addressee:
        raise ValueError("an address is needed")
    reply = contact_data.reply_time()
    return LetterFacts(
        kind=choices.kind,
        perspective=perspective,
        reference=reference,
        dated_on=on,
        reply_by=add_working_days(on, reply.working_days, nation=nation),
        reply_days=reply.working_days,
        sender=on_one_line(choices.sender),
        sender_address=choices.reply_to,
        addressee=addressee,
        missed=missed,
        call=call,
        proof=proof,
    )


def _reported(one: Instalment, paid_on: dict[str, dt.date], *, on: dt.date) -> Reported:
    money = [cover for cover in one.covers if cover.kind is CoverKind.PAYMENT]
    return Reported(
        due_on=one.due_on,
        due=one.amount,
        came=tuple(Came(on=paid_on.get(cover.payment_id, cover.on), amount=cover.amount) for cover in money),
        credited=one.amount - one.outstanding - sum(cover.amount for cover in money),
        short=one.outstanding,
        days_late=(on - one.due_on).days,
    )
