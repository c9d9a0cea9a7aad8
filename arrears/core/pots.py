"""Money that is not arrears, each kind in a pot of its own: fees, enforcement charges, consolatory payments.

None of it is ever in the arrears figure. Fees and charges are owed to CMS, never to the receiving
parent; a consolatory payment is CMS's own money for its own mistake, and reduces nothing (RC-3).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from arrears.core import rates
from arrears.core.allocation import counted
from arrears.core.facts import CaseFacts, Route
from arrears.core.other_facts import OtherMoney, OtherMoneyKind
from arrears.core.rate_values import Cited, Rate, Row
from arrears.core.results import Position
from cases.core.facts import Perspective, Scheme

_ONE_DAY = dt.timedelta(days=1)


class Year(NamedTuple):
    """What a calendar year added to a pot, in pence, and by how many amounts; a net reduction is negative."""

    year: int
    times: int
    amount: int


class Taken(NamedTuple):
    """What CMS kept of one payment before it passed it on: ``came`` pence of ``counted``, on day ``on``."""

    payment_id: str
    on: dt.date
    came: int
    counted: int

    @property
    def amount(self) -> int:
        """The fee, in pence."""
        return self.counted - self.came


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """The collection fees. On a paying file what CMS charged; on a receiving file what it took of what came."""

    rate: Rate
    charged: int
    paid: int
    outstanding: int
    years: tuple[Year, ...] = ()
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """The enforcement charges, owed by the paying parent to CMS. ``left`` is below nothing where too much was paid."""

    charged: int
    paid: int
    waived: int
    entries: tuple[OtherMoney, ...]

    @property
    def left(self) -> int:
        """What is still to be paid, in pence."""
        return self.charged - self.paid - self.waived


@dataclass(frozen=True, slots=True, kw_only=True)
class Pots:
    """Every pot on a day, as known on another."""

    on: dt.date
    fees: Fees
    charges: Charges
    consolatory: int
    consolatory_entries: tuple[OtherMoney, ...]


def pots(seen: CaseFacts, at: Position) -> Pots:
    """Each pot on the day of a position. ``seen`` are the facts as known on its ``known_on``."""
    entries = _entries(seen, at.on)
    consolatory = tuple(one for one in entries if one.kind is OtherMoneyKind.CONSOLATORY_PAYMENT)
    return Pots(
        on=at.on,
        fees=_fees(seen, at),
        charges=charges(seen, on=at.on),
        consolatory=sum(one.amount for one in consolatory),
        consolatory_entries=consolatory,
    )


def charges(seen: CaseFacts, *, on: dt.date) -> Charges:
    """The enforcement charges up to a day. ``seen`` are the facts as known."""
    entries = tuple(one for one in _entries(seen, on) if one.kind is not OtherMoneyKind.CONSOLATORY_PAYMENT)
    return Charges(
        charged=_sum(entries, OtherMoneyKind.ENFORCEMENT_CHARGE),
        paid=_sum(entries, OtherMoneyKind.ENFORCEMENT_CHARGE_PAID),
        waived=_sum(entries, OtherMoneyKind.ENFORCEMENT_CHARGE_WAIVED),
        entries=entries,
    )


def usual_charges(on: dt.date) -> tuple[Cited, tuple[Row, ...]]:
    """What CMS charges for each step of enforcement on a day, in pounds, with the source."""
    scale = rates.on(on).scale("enforcement_charge")
    return scale, scale.rows


def answer_write_off_by(received_on: dt.date, *, scheme: Scheme) -> tuple[dt.date, Rate]:
    """The last safe day to answer a notice that arrears will be written off, and the rule (SI 2009/3151 reg 13H).

    The day of receipt counts as the first. Sixty days for a debt of the Child Support Agency, under
    regulation 13K; otherwise thirty.
    """
    found = rates.on(received_on)
    rule: Rate = (
        found.write_off_representations_days if scheme is Scheme.CMS_2012 else found.old_scheme_representations_days
    )
    return received_on + dt.timedelta(days=int(rule.value)) - _ONE_DAY, rule


def _entries(seen: CaseFacts, on: dt.date) -> tuple[OtherMoney, ...]:
    return tuple(sorted((one for one in seen.other_money if one.on <= on), key=lambda one: (one.on, one.id)))


def _sum(entries: Iterable[OtherMoney], kind: OtherMoneyKind) -> int:
    return sum(one.amount for one in entries if one.kind is kind)


def _fees(seen: CaseFacts, at: Position) -> Fees:
    now = rates.on(at.on)
    if seen.perspective is Perspective.PAYING:
        return Fees(
            rate=now.collection_fee_paying_parent,
            charged=at.fees_due,
            paid=at.fees_due - at.fees_outstanding,
            outstanding=at.fees_outstanding,
            years=_years(at),
        )
    taken = tuple(
        Taken(one.id, one.paid_on, one.amount, counted(one))
        for one in sorted(seen.payments, key=lambda one: (one.paid_on, one.id))
        if one.route is Route.VIA_CMS_RECEIVED and one.paid_on <= at.on
    )
    total = sum(one.amount for one in taken)
    return Fees(rate=now.collection_fee_receiving_parent, charged=total, paid=total, outstanding=0, taken=taken)


def _years(at: Position) -> tuple[Year, ...]:
    found: dict[int, list[int]] = {}
    for entry in at.entries:
        if entry.fee:
            found.setdefault(entry.on.year, []).append(entry.fee)
    return tuple(Year(year, len(fees), sum(fees)) for year, fees in sorted(found.items()))
