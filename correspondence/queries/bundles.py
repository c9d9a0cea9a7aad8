"""Read bundles, and everything of a record that one can be made of. Figures are the engine's."""

import datetime as dt
import hashlib
import html
import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arrears import queries as money_queries
from arrears.core.position import position
from cases import queries as case_queries
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.users.queries import addresses_of
from correspondence.core.bundles import contents, hiding, tables
from correspondence.core.bundles.choices import Choices
from correspondence.core.bundles.contents import Document
from correspondence.core.bundles.exhibits import Exhibit, Ground, LetterCopy, Offered
from correspondence.core.bundles.hiding import Needle
from correspondence.core.evidence import standing
from correspondence.core.letters.registry import title_of
from correspondence.core.sending import Sending
from correspondence.models import Bundle, KeepOut, Letter
from correspondence.queries.contacts import contacts_of
from correspondence.queries.evidence import evidence_of
from correspondence.queries.letters import letters_of
from correspondence.queries.sendings import sendings_of
from correspondence.queries.timeline import timeline_of

if TYPE_CHECKING:
    from cases.models import Case

_HEADING = re.compile(r"<h1[^>]*>([^<>]{1,200})</h1>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The generated parts of a bundle, as rows of words."""

    chronology: list[tables.Line]
    dues: list[tables.DueRow]
    others: list[tables.EntryRow]
    sums: tables.Sums
    plans: list[tables.PlanRow]
    contacts: list[tables.ContactRow]


def bundles_of(case_id: uuid.UUID) -> list[Bundle]:
    """Every bundle of a case, latest first."""
    return list(Bundle.objects.filter(case_id=case_id).order_by("-begun_at", "id"))


def bundle_of(case_id: uuid.UUID, bundle_id: uuid.UUID) -> Bundle | None:
    """One bundle of this case, or None where the case has no such bundle."""
    return Bundle.objects.filter(case_id=case_id, pk=bundle_id).select_related("continues").first()


def documents_of(bundle: Bundle) -> tuple[Document, ...]:
    """What stands in a finished bundle."""
    return contents.from_json(bundle.contents)


def kept_out(case_id: uuid.UUID) -> list[KeepOut]:
    """What the people of a case keep out of documents, in the order in which it was added."""
    return list(KeepOut.objects.filter(case_id=case_id).order_by("added_at", "id"))


def needles_of(case_id: uuid.UUID) -> tuple[Needle, ...]:
    """Everything that must not leave, whether or not anybody thought of it when the bundle was made.

    What was typed to be kept out; the address and the number of safe contact; the addresses of the
    people in the record, those of their sign-ins and those this site may write to; reply addresses.
    """
    texts = [one.text for one in kept_out(case_id)]
    contact = case_queries.safe_contact_of(case_id)
    texts += contact.secrets() if contact else []
    texts += addresses_of([one.user_id for one in case_queries.members_of(case_id)])
    for facts in Letter.objects.filter(case_id=case_id).values_list("facts", flat=True):
        lines = facts.get("sender_address") if isinstance(facts, dict) else None
        if isinstance(lines, list) and lines:
            texts.append("\n".join(map(str, lines)))
    return hiding.needles_of(texts)


def bundle_ground(case: "Case") -> Ground:
    """Everything of a record that a bundle can be made of."""
    sent = sendings_of([case.pk])
    return Ground(
        letters=tuple(_letter(one, sent.get(one.pk)) for one in reversed(letters_of(case.pk))),
        exhibits=tuple(sorted(_exhibits(case), key=lambda one: (one.on, one.key))),
        contacts=tuple(
            Offered(key=str(one.id), label=one.title, on=one.at_date, detail=one.summary)
            for one in reversed(contacts_of(case.pk))
            if one.struck_out is None
        ),
    )


def bundle_account(case: "Case", choices: Choices, *, on: dt.date) -> Account:
    """The generated parts, as the record is known on the day ``on``."""
    facts = money_queries.facts_for(case)
    until = min(choices.until, on)
    at = position(facts, on=until, known_on=on)
    before = choices.since - dt.timedelta(days=1) if choices.since else None
    return Account(
        chronology=tables.chronology(timeline_of(case, on=until), choices),
        dues=tables.schedule(at, choices),
        others=tables.other_entries(at, choices),
        sums=tables.sums(at, before=position(facts, on=before, known_on=on) if before else None),
        plans=tables.plans(money_queries.plans_of(case, on=on).reviews, choices),
        contacts=tables.contacts(contacts_of(case.pk), choices, on=on),
    )


def _letter(row: Letter, sending: Sending | None) -> LetterCopy:
    sent_on = sending.sent_on if sending else None
    return LetterCopy(
        key=f"letter:{row.pk}",
        label=say("Letter: {heading}", heading=_heading(row)),
        on=row.dated_on,
        html=row.html,
        sha256=row.pdf_sha256 or hashlib.sha256(row.html.encode()).hexdigest(),
        posted=say("Sent on {sent_on}.", sent_on=day(sent_on)) if sent_on else "",
    )


def _heading(row: Letter) -> str:
    """What stands at the head of a letter; what it is for, where its words are not ours."""
    found = _HEADING.search(row.html)
    return html.unescape(found.group(1)) if found else title_of(row.kind)


def _exhibits(case: "Case") -> list[Exhibit]:
    """Proofs of payments and files of evidence that stand and are here, each file once."""
    files = [
        Exhibit(
            key=f"file:{one.id}",
            label=one.shows,
            on=one.happened_on,
            detail=one.name,
            media_type=one.media_type,
            stored_as=one.stored_as,
            sha256=one.sha256,
        )
        for one in standing(evidence_of(case.pk))
        if one.is_here
    ]
    once = {one.sha256: one for one in reversed([*files, *_proofs(case)])}
    return list(once.values())


def _proofs(case: "Case") -> list[Exhibit]:
    payments = {one.id: one for one in money_queries.facts_for(case).payments if one.struck_out is None}
    return [
        Exhibit(
            key=f"proof:{file.id}",
            label=say("Proof of the payment of {amount}", amount=pounds(payments[paid].amount)),
            on=payments[paid].paid_on,
            detail=file.name,
            media_type=file.media_type,
            stored_as=file.stored_as,
            sha256=file.sha256,
        )
        for paid, files in money_queries.proofs_of_payments(case.pk, list(payments)).items()
        for file in files
    ]
