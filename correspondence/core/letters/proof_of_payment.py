"""A proof of payment: the payments that a person chose, and nothing else of the record.

The values that a one-page paper states, and how they are drafted from a record.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from arrears.core import results
from arrears.core.facts import CaseFacts, Route
from arrears.core.ledger import known
from arrears.core.position import payment_uses
from arrears.core.results import PaymentUse, Use
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import Answers, Ask, Option, PickMany, yes_no
from correspondence.core.letters.kind import EVERYONE, Group, KeptFile, Kind, Record, To
from correspondence.core.words import on_one_line

MOST = 20  # payments on a page
SHOWN_AT_ONCE = 12  # payments to tick; older ones are folded away
_ROOM, _ROW, _PART, _FILE = 122, 6, 5, 9  # millimetres: what the page leaves, and what a line of each kind takes

_HOW = {
    Route.DIRECT: "Directly, not through CMS",
    Route.VIA_CMS_RECEIVED: "Through CMS, after its fee",
    Route.VIA_CMS_PAID: "Through CMS, with its fee",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Towards:
    """A part of a payment: ``what`` is the kind of amount it went to, "fee" or "credit"; pence."""

    what: str
    due_on: dt.date | None
    amount: int

    @property
    def words(self) -> str:
        """What it went to, as it stands on the paper."""
        if self.what == "credit" or self.due_on is None:
            return "what falls due next"
        if self.what == "fee":
            return f"the fee of {day(self.due_on)}"
        return f"{day(self.due_on)}" if self.what == results.Kind.INSTALMENT else f"arrears of {day(self.due_on)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """One payment: ``amount`` pence on a day, how it travelled, what it went to, the files that show it."""

    on: dt.date
    amount: int
    route: Route
    towards: tuple[Towards, ...]
    files: tuple[KeptFile, ...]

    @property
    def how(self) -> str:
        """How it travelled, in words."""
        return _HOW[self.route]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentProof:
    """What a proof of payment states, oldest payment first.

    ``shows_towards``: it says what each counts towards in the record. Dates of arrears stand on it then,
    so it does not unless that was chosen.
    """

    rows: tuple[Paid, ...]
    shows_towards: bool = False

    @property
    def total(self) -> int:
        """All of them, in pence."""
        return sum(row.amount for row in self.rows)

    @property
    def heading(self) -> str:
        """The subject of the page."""
        return "Proof of payment" if len(self.rows) == 1 else "Proof of payments"

    @property
    def fits(self) -> bool:
        """Say whether it fits on one page."""
        parts = sum(max(0, len(row.towards) - 1) for row in self.rows)
        files = sum(len(row.files) for row in self.rows)
        return len(self.rows) <= MOST and len(self.rows) * _ROW + parts * _PART + files * _FILE <= _ROOM

    @property
    def has_files(self) -> bool:
        """Say whether a file is kept with any of them."""
        return any(row.files for row in self.rows)


def payment_proof(
    facts: CaseFacts,
    *,
    chosen: Collection[str],
    files: Mapping[str, Sequence[KeptFile]],
    on: dt.date,
    shows_towards: bool = False,
) -> PaymentProof:
    """The chosen payments that stand on the record by ``on``; ``files`` by the payment's id."""
    found = payment_uses(facts, on=on, known_on=on) if shows_towards else ()
    uses = {use.payment_id: use for use in found}
    payments = sorted(
        (one for one in known(facts, on).payments if one.id in chosen), key=lambda one: (one.paid_on, one.id)
    )
    return PaymentProof(
        shows_towards=shows_towards,
        rows=tuple(
            Paid(
                on=one.paid_on,
                amount=one.amount,
                route=one.route,
                towards=_towards(uses.get(one.id)),
                files=tuple(
                    KeptFile(name=on_one_line(file.name), sha256=file.sha256) for file in files.get(one.id, ())
                ),
            )
            for one in payments
        ),
    )


def _asks(record: Record) -> list[Ask]:
    paid = sorted(record.known.payments, key=lambda one: (one.paid_on, one.id), reverse=True)
    options = tuple(
        Option(value=one.id, label=f"{day(one.paid_on)}: {pounds(one.amount)}", is_older=place >= SHOWN_AT_ONCE)
        for place, one in enumerate(paid)
    )
    return [
        PickMany(
            name="payments",
            label="Which payments?",
            help=f"Up to {MOST}, so that they fit on one page. All others stay out.",
            needed="Choose at least one payment.",
            options=options,
            most=MOST,
            too_many=f"Choose {MOST} payments or fewer. Make a second page for the others.",
            older="older payment,older payments",
            back_to=paid[-1].paid_on if paid else None,
        ),
        yes_no(
            "shows_towards",
            "Say what each payment counts towards?",
            help="Then the page names dates of your record, and arrears if a payment went to them.",
            yes="Yes, as my record counts it",
            no="No, only the day, the amount and how it travelled",
        ),
    ]


def _draft(record: Record, answers: Answers) -> PaymentProof:
    proof = payment_proof(
        record.facts,
        chosen=answers.many("payments"),
        files=record.files,
        on=record.on,
        shows_towards=answers.is_yes("shows_towards"),
    )
    if not proof.rows:
        raise Refusal(say("Choose at least one payment."), field="payments")
    if not proof.fits:
        raise Refusal(say("These do not fit on one page with their files. Choose fewer payments."), field="payments")
    return proof


def _towards(use: PaymentUse | None) -> tuple[Towards, ...]:
    parts = sorted(use.uses, key=_place) if use else ()
    return tuple(Towards(what=part.what, due_on=part.due_on, amount=part.amount) for part in parts)


def _place(part: Use) -> tuple[bool, dt.date, str]:
    return (part.due_on is None, part.due_on or dt.date.max, part.what)


KIND = Kind(
    code="proof-of-payment",
    number=3,
    group=Group.PAYMENTS,
    title="Proof of payment",
    purpose="One page with the payments that you choose, for CMS, an adviser or a court. The rest stays out.",
    needs="A payment in your record.",
    never="No other payment, no account number, no address and no phone number.",
    to=To.NOBODY,
    senders=EVERYONE,
    about=PaymentProof,
    why_not=lambda record: (
        "" if record.known.payments else "Log a payment first. The proof is made from the payments in your record."
    ),
    asks=_asks,
    draft=_draft,
    heading=lambda proof: str(proof.heading),
    named_by="payments",
    is_page=True,
    by_parent_only=True,
    needs_files=True,
)
