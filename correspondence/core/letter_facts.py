"""The facts that a letter states, frozen on the day it is made.

Figures are read off the engine's position; nothing here works out what is owed. Texts are those
the person typed, already printable. ``as_json`` and ``from_json`` are each other's reverse.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arrears.core.case_values import Direction
from cases.core.facts import Perspective
from cms_tracker.days import clock, day
from correspondence.core import payment_proof
from correspondence.core.letters import LetterKind
from correspondence.core.payment_proof import PaymentProof


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Money that came towards an instalment: ``amount`` pence on a day."""

    on: dt.date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """An instalment that did not come in full. Amounts in pence; due = came + credited + short."""

    due_on: dt.date
    due: int
    came: tuple[Came, ...]
    credited: int
    short: int
    days_late: int

    @property
    def paid(self) -> int:
        """What came in all, in pence."""
        return sum(one.amount for one in self.came)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedPayments:
    """What the report of missed payments states."""

    direct_pay_since: dt.date
    rows: tuple[Reported, ...]
    ask_collect: bool

    @property
    def due(self) -> int:
        """What was due in all, in pence."""
        return sum(row.due for row in self.rows)

    @property
    def paid(self) -> int:
        """What came in all, in pence."""
        return sum(row.paid for row in self.rows)

    @property
    def credited(self) -> int:
        """What was credited in all without money coming, in pence."""
        return sum(row.credited for row in self.rows)

    @property
    def short(self) -> int:
        """What is short in all, in pence."""
        return sum(row.short for row in self.rows)

    @property
    def heading(self) -> str:
        """The subject of the letter, right for one and for many, for missed and for short."""
        missed = any(row.short == row.due for row in self.rows)
        short = any(row.short != row.due for row in self.rows)
        what = "missed and short" if missed and short else "missed" if missed else "short"
        return f"Report of a {what} payment" if len(self.rows) == 1 else f"Report of {what} payments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise as the letter repeats it."""

    text: str
    due_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNote:
    """What the follow-up of a call states."""

    at_date: dt.date
    at_time: dt.time | None
    direction: Direction
    spoke_to: str
    reference: str
    summary: str
    promises: tuple[Promised, ...]

    @property
    def clock(self) -> str:
        """The time as people say it; empty where only the day is known."""
        return clock(self.at_time) if self.at_time else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Everything on the paper. ``sender_address`` is empty where CMS writes to the one it holds.

    ``addressee`` is empty for a proof of payment, which is handed to anybody.
    """

    kind: LetterKind
    perspective: Perspective
    reference: str
    dated_on: dt.date
    reply_by: dt.date
    reply_days: int
    sender: str
    sender_address: tuple[str, ...]
    addressee: tuple[str, ...]
    missed: MissedPayments | None = None
    call: CallNote | None = None
    proof: PaymentProof | None = None

    @property
    def heading(self) -> str:
        """The subject of the letter."""
        if self.call is not None:
            return f"My note of our call on {day(self.call.at_date)}"
        if self.proof is not None:
            return "Proof of payment" if len(self.proof.rows) == 1 else "Proof of payments"
        return self.missed.heading if self.missed is not None else ""


def fingerprint(facts: LetterFacts) -> str:
    """A short name of exactly these facts: it changes when anything on the paper would."""
    return hashlib.sha256(json.dumps(as_json(facts), sort_keys=True).encode()).hexdigest()[:32]


def as_json(facts: LetterFacts) -> dict[str, Any]:
    """The facts as JSON: amounts in pence, days as ``YYYY-MM-DD``."""
    proof = {"proof": payment_proof.as_json(facts.proof)} if facts.proof else {}
    return proof | {
        "kind": facts.kind.value,
        "perspective": facts.perspective.value,
        "reference": facts.reference,
        "dated_on": facts.dated_on.isoformat(),
        "reply_by": facts.reply_by.isoformat(),
        "reply_days": facts.reply_days,
        "sender": facts.sender,
        "sender_address": list(facts.sender_address),
        "addressee": list(facts.addressee),
        "missed": _missed_json(facts.missed) if facts.missed else None,
        "call": _call_json(facts.call) if facts.call else None,
    }


def from_json(value: Mapping[str, Any]) -> LetterFacts:
    """Read frozen facts. Raises ValueError where they are not those of a letter that we can write."""
    try:
        facts = LetterFacts(
            kind=LetterKind(value["kind"]),
            perspective=Perspective(value["perspective"]),
            reference=str(value["reference"]),
            dated_on=dt.date.fromisoformat(value["dated_on"]),
            reply_by=dt.date.fromisoformat(value["reply_by"]),
            reply_days=int(value["reply_days"]),
            sender=str(value["sender"]),
            sender_address=tuple(map(str, value["sender_address"])),
            addressee=tuple(map(str, value["addressee"])),
            missed=_missed(value["missed"]) if value["missed"] else None,
            call=_call(value["call"]) if value["call"] else None,
            proof=payment_proof.from_json(value["proof"]) if value.get("proof") else None,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not the facts of a letter") from error
    about = {
        LetterKind.MISSED_PAYMENTS: facts.missed,
        LetterKind.CALL_FOLLOW_UP: facts.call,
        LetterKind.PROOF_OF_PAYMENT: facts.proof,
    }
    if [kind for kind, found in about.items() if found is not None] != [facts.kind]:
        raise ValueError("not the facts of a letter")
    return facts


def _missed_json(missed: MissedPayments) -> dict[str, Any]:
    return {
        "direct_pay_since": missed.direct_pay_since.isoformat(),
        "ask_collect": missed.ask_collect,
        "rows": [
            {
                "due_on": row.due_on.isoformat(),
                "due": row.due,
                "came": [{"on": one.on.isoformat(), "amount": one.amount} for one in row.came],
                "credited": row.credited,
                "short": row.short,
                "days_late": row.days_late,
            }
            for row in missed.rows
        ],
    }


def _missed(value: Mapping[str, Any]) -> MissedPayments:
    return MissedPayments(
        direct_pay_since=dt.date.fromisoformat(value["direct_pay_since"]),
        ask_collect=bool(value["ask_collect"]),
        rows=tuple(
            Reported(
                due_on=dt.date.fromisoformat(row["due_on"]),
                due=int(row["due"]),
                came=tuple(Came(on=dt.date.fromisoformat(one["on"]), amount=int(one["amount"])) for one in row["came"]),
                credited=int(row["credited"]),
                short=int(row["short"]),
                days_late=int(row["days_late"]),
            )
            for row in value["rows"]
        ),
    )


def _call_json(call: CallNote) -> dict[str, Any]:
    return {
        "at_date": call.at_date.isoformat(),
        "at_time": call.at_time.isoformat() if call.at_time else None,
        "direction": call.direction.value,
        "spoke_to": call.spoke_to,
        "reference": call.reference,
        "summary": call.summary,
        "promises": [
            {"text": one.text, "due_on": one.due_on.isoformat() if one.due_on else None} for one in call.promises
        ],
    }


def _call(value: Mapping[str, Any]) -> CallNote:
    return CallNote(
        at_date=dt.date.fromisoformat(value["at_date"]),
        at_time=dt.time.fromisoformat(value["at_time"]) if value["at_time"] else None,
        direction=Direction(value["direction"]),
        spoke_to=str(value["spoke_to"]),
        reference=str(value["reference"]),
        summary=str(value["summary"]),
        promises=tuple(
            Promised(text=str(one["text"]), due_on=dt.date.fromisoformat(one["due_on"]) if one["due_on"] else None)
            for one in value["promises"]
        ),
    )
