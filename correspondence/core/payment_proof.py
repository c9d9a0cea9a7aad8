"""A proof of payment: the payments that a person chose, and nothing else of the record.

The values that a one-page paper states, how they are drafted from a record, and their JSON.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from arrears.core.facts import CaseFacts, Route
from arrears.core.ledger import known
from arrears.core.position import payment_uses
from arrears.core.results import Kind, PaymentUse, Use
from cms_tracker.days import day
from correspondence.core.words import on_one_line

MOST = 20  # payments on a page
_ROOM, _ROW, _PART, _FILE = 122, 6, 5, 9  # millimetres: what the page leaves, and what a line of each kind takes

_HOW = {
    Route.DIRECT: "Directly, not through CMS",
    Route.VIA_CMS_RECEIVED: "Through CMS, after its fee",
    Route.VIA_CMS_PAID: "Through CMS, with its fee",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that is kept with a payment: its name, and the SHA-256 of its content."""

    name: str
    sha256: str


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
        return f"{day(self.due_on)}" if self.what == Kind.INSTALMENT else f"arrears of {day(self.due_on)}"


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


def as_json(proof: PaymentProof) -> dict[str, Any]:
    """The proof as JSON: amounts in pence, days as ``YYYY-MM-DD``."""
    return {
        "shows_towards": proof.shows_towards,
        "rows": [
            {
                "on": row.on.isoformat(),
                "amount": row.amount,
                "route": row.route.value,
                "towards": [
                    {
                        "what": part.what,
                        "due_on": part.due_on.isoformat() if part.due_on else None,
                        "amount": part.amount,
                    }
                    for part in row.towards
                ],
                "files": [{"name": file.name, "sha256": file.sha256} for file in row.files],
            }
            for row in proof.rows
        ],
    }


def from_json(value: Mapping[str, Any]) -> PaymentProof:
    """Read what ``as_json`` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    return PaymentProof(
        shows_towards=bool(value.get("shows_towards", True)),  # every page did before there was a choice
        rows=tuple(
            Paid(
                on=dt.date.fromisoformat(row["on"]),
                amount=int(row["amount"]),
                route=Route(row["route"]),
                towards=tuple(
                    Towards(
                        what=str(part["what"]),
                        due_on=dt.date.fromisoformat(part["due_on"]) if part["due_on"] else None,
                        amount=int(part["amount"]),
                    )
                    for part in row["towards"]
                ),
                files=tuple(KeptFile(name=str(file["name"]), sha256=str(file["sha256"])) for file in row["files"]),
            )
            for row in value["rows"]
        ),
    )


def _towards(use: PaymentUse | None) -> tuple[Towards, ...]:
    parts = sorted(use.uses, key=_place) if use else ()
    return tuple(Towards(what=part.what, due_on=part.due_on, amount=part.amount) for part in parts)


def _place(part: Use) -> tuple[bool, dt.date, str]:
    return (part.due_on is None, part.due_on or dt.date.max, part.what)
