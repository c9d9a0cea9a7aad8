"""A part payment that CMS confirmed and that was not paid by its day: pay it, or bring the arrears back."""

import datetime as dt
from dataclasses import dataclass

from arrears.core import settlements
from arrears.core.other_facts import Settlement, StepKind
from cases.core.facts import Perspective
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import Answers, Ask, Option, Pick, Words
from correspondence.core.letters.kind import Group, Kind, Record, To
from correspondence.core.letters.part_payment_reply import label_of
from correspondence.core.words import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpaidSettlement:
    """What was agreed and not paid: pence and days. ``cancels``: asks to cancel now, not to chase once more."""

    arrears: int
    amount: int
    given_up: int
    confirmed_on: dt.date | None
    pay_by: dt.date
    days_late: int
    cancels: bool
    words: str


def unpaid(record: Record) -> list[Settlement]:
    """The settlements that CMS confirmed and that were not paid by their day."""
    return list(settlements.unpaid(record.known.settlements, on=record.on))


def _asks(record: Record) -> list[Ask]:
    options = tuple(
        Option(value=one.id, label=label_of(one), is_ticked=place == 0) for place, one in enumerate(unpaid(record))
    )
    return [
        Pick(name="settlement", label="Which part payment?", needed="Choose the part payment.", options=options),
        Pick(
            name="wanted",
            label="What do you want CMS to do?",
            needed="Choose one.",
            options=(
                Option(value="cancel", label="Cancel the settlement and collect all the arrears", is_ticked=True),
                Option(value="chase", label="First ask for the payment once more"),
            ),
        ),
        Words(name="words", label="Anything else CMS should know"),
    ]


def _draft(record: Record, answers: Answers) -> UnpaidSettlement:
    chosen = next((one for one in unpaid(record) if one.id == answers.text("settlement")), None)
    if chosen is None or chosen.pay_by is None:
        raise Refusal(say("Choose the part payment."), field="settlement")
    confirmed = (one.on for one in chosen.steps if one.kind is StepKind.AGREED and one.struck_out is None)
    return UnpaidSettlement(
        arrears=chosen.arrears,
        amount=chosen.amount,
        given_up=chosen.given_up,
        confirmed_on=max(confirmed, default=None),
        pay_by=chosen.pay_by,
        days_late=(record.on - chosen.pay_by).days,
        cancels=answers.text("wanted") == "cancel",
        words=printable(answers.text("words")).strip(),
    )


KIND = Kind(
    code="part-payment-chase",
    number=34,
    group=Group.SETTLING,
    title="A part payment was not paid",
    purpose="Tell CMS that an agreed part payment did not come, and ask for the arrears to be brought back.",
    needs="A part payment that CMS confirmed, with a day that has passed.",
    never="It does not say where you live, and nothing about your own money.",
    to=To.CMS,
    senders=frozenset({Perspective.RECEIVING}),
    about=UnpaidSettlement,
    why_not=lambda record: "" if unpaid(record) else "Your record holds no agreed part payment that is late.",
    asks=_asks,
    draft=_draft,
    heading=lambda found: "An agreed part payment has not been paid",
)
