"""The paying parent's offer of one sum in full and final settlement of arrears.

Child Support Act 1991, section 41D: arrears only, CMS must agree, and the receiving parent must
agree in writing unless CMS would keep the money.
"""

import datetime as dt
from dataclasses import dataclass

from arrears.core import settlements
from arrears.core.settlements import SettlementState
from cases.core.facts import Nation, Perspective
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import Answers, Ask, Day, Line, Money, Words
from correspondence.core.letters.kind import Group, Kind, Record, To
from correspondence.core.words import on_one_line, printable


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPaymentOffer:
    """``amount`` pence instead of ``arrears``, paid by ``pay_by``. ``comes_from`` is where the money is from.

    ``is_by_record``: the record shows the same arrears on ``arrears_on``.
    """

    arrears: int
    arrears_on: dt.date
    amount: int
    pay_by: dt.date
    comes_from: str
    reason: str
    is_by_record: bool
    is_great_britain: bool = True

    @property
    def given_up(self) -> int:
        """What would not be paid, in pence."""
        return self.arrears - self.amount


def _asks(record: Record) -> list[Ask]:
    offered = [
        one
        for one in record.known.settlements
        if settlements.standing(one, on=record.on).state is SettlementState.OFFERED
    ]
    last = max(offered, key=lambda one: one.offered_on, default=None)
    return [
        Money(
            name="arrears",
            label="Arrears that this would settle",
            help="What your record shows today.",
            needed="Enter the arrears, like 4,000.00.",
            initial=last.arrears if last else record.position.outstanding or None,
        ),
        Money(
            name="amount",
            label="What you offer to pay",
            needed="Enter what you offer, like 2,500.00.",
            initial=last.amount if last else None,
        ),
        Day(
            name="pay_by",
            label="You can pay it by",
            what="the day you can pay by",
            is_ahead=True,
            initial=last.pay_by if last else None,
            needed="Enter the day by which you can pay.",
        ),
        Line(
            name="comes_from",
            label="Where the money comes from",
            help="For example: savings, or a loan from family.",
            most=120,
        ),
        Words(name="reason", label="Why you ask for this", help="Why it is unlikely that all of it can be paid."),
    ]


def _draft(record: Record, answers: Answers) -> PartPaymentOffer:
    arrears, amount = answers.number("arrears") or 0, answers.number("amount") or 0
    pay_by = answers.day("pay_by")
    if amount >= arrears:
        raise Refusal(
            say("The offer has to be less than the arrears. To pay all of it, no letter is needed."), field="amount"
        )
    if pay_by is None or pay_by < record.on:
        raise Refusal(say("The day has to be today or later."), field="pay_by")
    return PartPaymentOffer(
        arrears=arrears,
        arrears_on=record.on,
        amount=amount,
        pay_by=pay_by,
        comes_from=on_one_line(answers.text("comes_from")),
        reason=printable(answers.text("reason")).strip(),
        is_by_record=arrears == record.position.outstanding,
        is_great_britain=record.nation is not Nation.NORTHERN_IRELAND,
    )


KIND = Kind(
    code="part-payment-offer",
    number=32,
    group=Group.SETTLING,
    title="Offer part payment in full and final settlement",
    purpose="Offer one sum now instead of all the arrears. CMS has to agree, and so has the receiving parent.",
    needs="What you offer, and the day by which you can pay it.",
    never="It holds no account number and no address unless you write it.",
    before="Pay nothing under this offer before CMS has confirmed it in writing. Regular maintenance goes on.",
    to=To.CMS,
    senders=frozenset({Perspective.PAYING}),
    about=PartPaymentOffer,
    why_not=lambda record: "" if record.position.outstanding else "Your record shows no arrears today.",
    asks=_asks,
    draft=_draft,
    heading=lambda offer: "Offer of part payment in full and final settlement",
)
