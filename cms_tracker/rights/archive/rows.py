"""Every row that is kept of a record or of a person, as JSON, without what would open something.

A kind of row is handed out only if it stands here. A test refuses a kind that names a record or a
person and stands in neither list, so that nobody can forget to say which it is.
"""

import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

#: Rows of a record that its owner gets, by app.
OF_A_RECORD: dict[str, tuple[str, ...]] = {
    "cases": (
        "Calculation", "PaymentSchedule", "ServicePeriod", "Child", "CaseMembership", "Invitation", "SafeContact",
        "SharedCopy", "StrikeOut", "Authority", "Look", "HandOver",
    ),
    "arrears": (
        "BankReference", "Budget", "BudgetLine", "Evidence", "OpeningBalance", "Payment", "PaymentAllocation",
        "Observation", "Adjustment", "Statement", "Claim", "Settlement", "LiabilityOrder", "OtherMoney", "Step",
        "RepaymentPlan", "PlanProposal", "SharedPlan", "TransitLeg",
    ),
    "correspondence": (
        "AccountStatement", "Bundle", "KeepOut", "ClockStart", "ClockEnd", "Contact", "Promise", "PromiseOutcome",
        "EvidenceFile", "Letter", "BatchedLetter", "LetterStep", "CaseResult", "CaseEvent", "Challenge",
        "ChallengeStep",
    ),
}  # fmt: skip
#: Rows of a person that they get.
OF_A_PERSON: dict[str, tuple[str, ...]] = {
    "users": ("User", "SafeMail"),
    "account": ("EmailAddress",),
    "cases": ("CaseMembership", "Post"),
    "arrears": ("SavedView",),
    "correspondence": ("LetterBatch", "ReminderSettings", "Reminder", "CalendarFeed"),
    "rights": ("AccountCopy", "Complaint"),
}
#: Rows that name a record or a person and are not handed out, each with the reason.
LEFT_OUT: dict[str, str] = {
    "arrears.PositionSnapshot": "follows from the rows that are handed out",
    "arrears.CaseloadEntry": "follows from the rows that are handed out",
    "arrears.SharedPlanEnd": "whether the other parent has looked is shown to nobody",
    "cases.Holding": "an organisation's own list; its client sees on the record who may open it",
    "cases.ClientCode": "made by an organisation, and used up or void",
    "cases.ConflictMark": "would tell whether somebody else is a client",
    "cases.ConflictDecision": "would tell whether somebody else is a client",
    "cases.CheckedCase": "what a supervisor found in an adviser's work, for these two; the look itself is handed out",
    "cases.Closing": "why an adviser stopped: it may tell that somebody else is a client; the membership says when",
    "correspondence.Job": "how far a worker is; the papers themselves are handed out",
    "mfa.Authenticator": "a second step of signing in: it opens something",
    "users.Session": "where somebody is signed in now; the page of sign-ins shows them",
    "users.Device": "knows a browser again by a code that opens something",
    "rights.SecondThoughts": "whoever makes somebody delete would look for it first; it is told on request",
}
#: Rows in which an adviser or a supervisor writes about people, handed out or not: a name is looked for in all of
#: them, and what is found is for people to review.
WRITTEN_AT_WORK: dict[str, tuple[str, ...]] = {"cases": ("HandOver", "CheckedCase", "Closing")}
_SECRET = ("_hash", "password", "stored_as", "pdf_name", "key")


def rows_of_record(case_id: uuid.UUID) -> Iterator[bytes]:
    """A JSON object: of each kind of row every row of this record."""
    return _object(OF_A_RECORD, "case_id", case_id)


def rows_of_person(user_id: uuid.UUID) -> Iterator[bytes]:
    """A JSON object: of each kind of row every row of this person, that of the sign-in first."""
    return _object(OF_A_PERSON, "user_id", user_id)


def _object(kinds: dict[str, tuple[str, ...]], column: str, key: uuid.UUID) -> Iterator[bytes]:
    yield b"{"
    first = True
    for app, names in kinds.items():
        for name in names:
            model = apps.get_model(app, name)
            yield f'{"" if first else ","}\n "{name}": ['.encode()
            yield from _rows(model, "pk" if name == "User" else column, key)
            yield b"]"
            first = False
    yield b"\n}\n"


def _rows(model: type[models.Model], column: str, key: uuid.UUID) -> Iterator[bytes]:
    kept = [field for field in model._meta.concrete_fields if not field.name.endswith(_SECRET)]
    found = model._base_manager.filter(**{column: key}).order_by("pk")
    for number, row in enumerate(found.iterator(chunk_size=200)):
        values: dict[str, Any] = {field.name: getattr(row, field.attname) for field in kept}
        yield (",\n  " if number else "\n  ").encode() + json.dumps(values, cls=_Plain, ensure_ascii=False).encode()


class _Plain(DjangoJSONEncoder):
    """Days and keys as text, and anything that has no form of its own as it is written."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return str(o)
