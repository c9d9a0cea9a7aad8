"""Money on its way through CMS: each leg that a letter, a payslip or an account told of.

Values only, as in facts.py. The legs of one sum share a ``number``. They move no balance: what was
paid is a payment, and a leg may name the payment that it became.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cases.core.facts import StruckOut

MOST_LEGS = 600  # a record, struck-out ones counted: four legs a month for twelve years


class Way(StrEnum):
    """How the money sets out for CMS."""

    EARNINGS = "earnings"  # taken from pay by an employer
    BENEFIT = "benefit"
    BANK = "bank"  # taken from a bank account by an order
    PARENT = "parent"  # the paying parent pays CMS


class LegKind(StrEnum):
    """How far the money has come, in the order in which it goes."""

    DEDUCTED = "deducted"  # taken from pay, benefit or account, or paid to CMS
    RECEIVED = "received"  # CMS says that it has it
    ALLOCATED = "allocated"  # CMS says what it is for, and what it keeps of it as the paying parent's fee
    PAID_OUT = "paid_out"  # CMS sends it to the receiving parent, less its fee


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg of the sum ``number``: amounts in pence, as the letter gives them.

    ``gross`` is what went in, ``fee`` what CMS kept, ``net`` what went on; at least one of gross and
    net is there. ``payment_id`` names the payment that it became; empty: none yet.
    """

    number: int
    kind: LegKind
    way: Way
    on: dt.date
    recorded_on: dt.date
    gross: int | None = None
    fee: int | None = None
    net: int | None = None
    reference: str = ""
    payment_id: str = ""
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""
