"""The letters that can be made: what each is for, who may send it, and when it is available."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cases.core.facts import Perspective, ServiceType

TEMPLATE_VERSION = "4"  # raise it with every change of words in templates/letters


class LetterKind(StrEnum):
    """A purpose a letter is made for; also its name in the address of the page."""

    MISSED_PAYMENTS = "missed-payments"
    CALL_FOLLOW_UP = "call-follow-up"
    PROOF_OF_PAYMENT = "proof-of-payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterType:
    """One entry of the registry: a purpose, in the words of the person who has it."""

    kind: LetterKind
    title: str
    purpose: str
    needs: str
    senders: frozenset[Perspective]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSummary:
    """The little of a record that decides which letters are available."""

    perspective: Perspective
    service: ServiceType | None
    short_on_direct_pay: int
    calls: int
    payments: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A letter as it is offered: ``why_not`` is one sentence, empty where it can be made now."""

    type: LetterType
    why_not: str = ""


_EVERYONE = frozenset(Perspective)

LETTER_TYPES: dict[LetterKind, LetterType] = {
    one.kind: one
    for one in (
        LetterType(
            kind=LetterKind.MISSED_PAYMENTS,
            title="Report missed Direct Pay payments",
            purpose="Tell CMS which payments did not come, or came short, with every date and amount.",
            needs="The payments that your record shows as missed or short on Direct Pay.",
            senders=frozenset({Perspective.RECEIVING}),
        ),
        LetterType(
            kind=LetterKind.CALL_FOLLOW_UP,
            title="Put a call in writing",
            purpose="Send CMS your note of a call, and ask them to confirm what they said they would do.",
            needs="A call with CMS that you have logged.",
            senders=_EVERYONE,
        ),
        LetterType(
            kind=LetterKind.PROOF_OF_PAYMENT,
            title="Proof of payment",
            purpose="One page with the payments that you choose, for CMS, an adviser or a court. The rest stays out.",
            needs="A payment in your record.",
            senders=_EVERYONE,
        ),
    )
}


def title_of(kind: str) -> str:
    """What a letter is for; one of a kind from elsewhere is only called a letter."""
    return LETTER_TYPES[LetterKind(kind)].title if kind in set(LetterKind) else "Letter"


def offers(record: RecordSummary) -> Sequence[Offer]:
    """Every letter this side may send, with the reason where one cannot be made now."""
    return [
        Offer(type=one, why_not=why_not(one.kind, record))
        for one in LETTER_TYPES.values()
        if record.perspective in one.senders
    ]


def why_not(kind: LetterKind, record: RecordSummary) -> str:
    """Why a letter cannot be made from this record now, in one sentence; empty where it can."""
    if record.perspective not in LETTER_TYPES[kind].senders:
        return "This letter is for the parent who receives the money."
    if kind is LetterKind.CALL_FOLLOW_UP:
        return "" if record.calls else "Log a call with CMS first. The letter is made from your note of it."
    if kind is LetterKind.PROOF_OF_PAYMENT:
        return "" if record.payments else "Log a payment first. The proof is made from the payments in your record."
    if record.service is None:
        return "First say in your case details whether you use Direct Pay."
    if record.service is not ServiceType.DIRECT_PAY:
        return "You are on Collect and Pay, so CMS can see for itself what was missed."
    if not record.short_on_direct_pay:
        return "Your record shows no missed or short payment on Direct Pay."
    return ""
