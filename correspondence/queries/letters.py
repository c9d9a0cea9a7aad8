"""Read letters, and draft one from the record. A draft writes nothing."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from arrears import queries as money_queries
from arrears.core.position import position
from cases.core.facts import Nation, Perspective
from correspondence.core.letter_check import Beside, beside
from correspondence.core.letters import envelope, registry
from correspondence.core.letters.draft import Choices, draft
from correspondence.core.letters.kind import KeptFile, Kind, Record, SentLetter, To
from correspondence.core.letters.missed_payments import MissedPayments
from correspondence.core.letters.registry import Offer
from correspondence.core.sending import NOT_SENT, Sending
from correspondence.models import Letter
from correspondence.queries.contacts import contacts_of
from correspondence.queries.sendings import sendings_of

if TYPE_CHECKING:
    from cases.models import Case


def letters_of(case_id: uuid.UUID) -> list[Letter]:
    """Every letter of a case, latest first."""
    return list(Letter.objects.filter(case_id=case_id).order_by("-dated_on", "-made_at", "id"))


def letter_of(case_id: uuid.UUID, letter_id: uuid.UUID) -> Letter | None:
    """One letter of this case, or None where the case has no such letter."""
    return Letter.objects.filter(case_id=case_id, pk=letter_id).first()


def next_version(letter: Letter) -> Letter | None:
    """The letter that was made to correct this one, or None."""
    return Letter.objects.filter(case_id=letter.case_id, replaces_id=letter.pk).first()


def record_of(case: "Case", *, on: dt.date, with_files: bool = False) -> Record:
    """What letters may read of a case, as known on the day ``on``; the files kept with payments if asked for."""
    facts = money_queries.facts_for(case)
    sendings = sendings_of([case.pk])
    kept = money_queries.proofs_of_payments(case.pk, [one.id for one in facts.payments]) if with_files else {}
    return Record(
        facts=facts,
        perspective=Perspective(case.perspective),
        reference=case.reference,
        nation=Nation(case.nation),
        on=on,
        contacts=tuple(contacts_of(case.pk)),
        letters=tuple(sent_letter(row, sendings.get(row.pk, NOT_SENT)) for row in letters_of(case.pk)),
        files={key: [KeptFile(name=one.name, sha256=one.sha256) for one in found] for key, found in kept.items()},
    )


def offers_of(case: "Case", *, on: dt.date) -> list[Offer]:
    """The letters this side may send, each with the reason where it cannot be made today."""
    return list(registry.offers(record_of(case, on=on)))


def offer_of(case: "Case", code: str, *, on: dt.date) -> Offer | None:
    """One letter as it is offered today, or None where this side never sends it."""
    kind = registry.kind_of(code)
    return registry.offer(kind, record_of(case, on=on)) if kind else None


def draft_of(case: "Case", kind: Kind, choices: Choices, *, on: dt.date) -> envelope.Letter:
    """The letter that these choices make of the record of the day ``on``. Raises Refusal where it cannot be made."""
    return draft(kind, record_of(case, on=on, with_files=kind.needs_files), choices)


def beside_letter(case: "Case", missed: MissedPayments, *, on: dt.date) -> Beside:
    """What to tell beside a report drafted on the day ``on``, before it is made."""
    facts = money_queries.facts_for(case)
    return beside(facts, position(facts, on=on, known_on=on), missed)


def last_sender(case_id: uuid.UUID, *, to: To) -> envelope.Letter | None:
    """The latest letter of a case to the same reader, whose name and addresses the next one starts from."""
    codes = [one.code for one in registry.KINDS if one.to is to]
    row = Letter.objects.filter(case_id=case_id, kind__in=codes).order_by("-made_at").values_list("facts", flat=True)
    return read_letter(row.first())


def sent_letter(row: Letter, sending: Sending) -> SentLetter:
    """An earlier letter, as far as the next one may speak of it."""
    kept = read_letter(row.facts)
    due_days = frozenset(one.due_on for one in kept.about.rows) if kept and _is_report(kept) else frozenset()
    return SentLetter(
        id=row.pk,
        kind=row.kind,
        heading=(kept.heading if kept else "") or registry.title_of(row.kind),
        dated_on=row.dated_on,
        posted_on=sending.sent_on,
        answered_on=sending.reply.on if sending.reply else None,
        reply_by=kept.reply_by if kept else None,
        due_days=due_days,
    )


def _is_report(letter: envelope.Letter) -> bool:
    return isinstance(letter.about, MissedPayments)


def read_letter(kept: object) -> envelope.Letter | None:
    """A frozen letter, or None for one that was written elsewhere."""
    try:
        return envelope.from_json(kept) if isinstance(kept, dict) and kept else None
    except ValueError:  # a letter from a case file that was written elsewhere
        return None
