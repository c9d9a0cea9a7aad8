"""The receiving parent's reply to an offer of part payment in full and final settlement (CSA 1991, s.41D)."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from arrears.core import settlements
from arrears.core.other_facts import Settlement
from arrears.core.settlements import SettlementState
from cases.core.facts import Nation, Perspective
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import Answers, Ask, Option, Pick, Words
from correspondence.core.letters.kind import Group, Kind, Record, To
from correspondence.core.words import printable


class OfferAnswer(StrEnum):
    """What the parent answers."""

    AGREE = "i_agree"
    REFUSE = "i_refuse"
    ASK = "i_ask_first"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPaymentReply:
    """The offer (pence, days) and the answer to it. ``words`` are conditions, reasons or questions."""

    offered_on: dt.date
    arrears: int
    amount: int
    given_up: int
    pay_by: dt.date | None
    answer: OfferAnswer
    words: str
    is_great_britain: bool = True


def open_offers(record: Record) -> list[Settlement]:
    """The offers that wait for an answer, the latest first."""
    found = [
        one
        for one in record.known.settlements
        if settlements.standing(one, on=record.on).state in {SettlementState.OFFERED, SettlementState.PARENT_AGREES}
    ]
    return sorted(found, key=lambda one: (one.offered_on, one.id), reverse=True)


def label_of(one: Settlement) -> str:
    """A settlement in a list to choose from."""
    return f"{pounds(one.amount)} instead of {pounds(one.arrears)}, offered on {day(one.offered_on)}"


def _asks(record: Record) -> list[Ask]:
    options = tuple(
        Option(value=one.id, label=label_of(one), is_ticked=place == 0) for place, one in enumerate(open_offers(record))
    )
    return [
        Pick(name="offer", label="Which offer?", needed="Choose the offer.", options=options),
        Pick(
            name="answer",
            label="Your answer",
            needed="Choose your answer.",
            options=(
                Option(value=OfferAnswer.REFUSE, label="I do not agree"),
                Option(value=OfferAnswer.ASK, label="I have questions first"),
                Option(value=OfferAnswer.AGREE, label="I agree, and I know what I give up"),
            ),
        ),
        Words(
            name="words",
            label="Your reasons, questions or conditions",
            help="If you agree, it stands as your condition. For example: only if it is paid in one sum by that day.",
        ),
    ]


def _draft(record: Record, answers: Answers) -> PartPaymentReply:
    offer = next((one for one in open_offers(record) if one.id == answers.text("offer")), None)
    if offer is None:
        raise Refusal(say("Choose the offer."), field="offer")
    answer = OfferAnswer(answers.text("answer"))
    words = printable(answers.text("words")).strip()
    if answer is OfferAnswer.ASK and not words:
        raise Refusal(say("Write your questions."), field="words")
    return PartPaymentReply(
        offered_on=offer.offered_on,
        arrears=offer.arrears,
        amount=offer.amount,
        given_up=offer.given_up,
        pay_by=offer.pay_by,
        answer=answer,
        words=words,
        is_great_britain=record.nation is not Nation.NORTHERN_IRELAND,
    )


_HEADINGS = {
    OfferAnswer.AGREE: "I agree to the offer of part payment",
    OfferAnswer.REFUSE: "I do not agree to the offer of part payment",
    OfferAnswer.ASK: "My questions about the offer of part payment",
}

KIND = Kind(
    code="part-payment-reply",
    number=33,
    group=Group.SETTLING,
    title="Answer an offer of part payment",
    purpose="Agree to an offer of less than is owed, refuse it, or ask first. You never have to agree.",
    needs="The offer, in your record under money that is not arrears.",
    never="It does not say where you live, and nothing about your own money.",
    before=(
        "If you agree, CMS confirms it and it is paid, the rest is given up for good. "
        "You cannot take that back. Take advice first if you can."
    ),
    to=To.CMS,
    senders=frozenset({Perspective.RECEIVING}),
    about=PartPaymentReply,
    why_not=lambda record: "" if open_offers(record) else "Your record holds no offer that waits for an answer.",
    asks=_asks,
    draft=_draft,
    gives_up=lambda reply: reply.answer is OfferAnswer.AGREE,
    heading=lambda reply: _HEADINGS[reply.answer],
)
