"""What moves the balance without being a payment, and the figures that CMS gives for it."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from arrears.core import facts
from arrears.models import Adjustment, OpeningBalance, Statement
from cases import queries as case_queries
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def record_opening_balance(
    *,
    actor: "User",
    case: "Case",
    on: dt.date,
    amount_pence: int,
    source: str,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> OpeningBalance:
    """Record arrears brought forward, in pence. A case has one such sum (rules section 7).

    Raises Refusal where one stands already.
    """
    held = set(OpeningBalance.objects.filter(case_id=case.pk).values_list("pk", flat=True))
    if held - {entry_id} - set(case_queries.struck_in(case.pk)):
        raise Refusal(say("Your record holds an amount carried over already. If it is wrong, strike it out first."))
    return audit.add_fact(
        OpeningBalance,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        on=on,
        amount_pence=amount_pence,
        source=source,
        note=note,
    )


@transaction.atomic
def record_adjustment(
    *,
    actor: "User",
    case: "Case",
    kind: facts.AdjustmentKind,
    on: dt.date,
    amount_pence: int,
    recorded_on: dt.date | None,
    reason: str,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> Adjustment:
    """Record a correction, write-off, offset or other credit that CMS made, in pence."""
    return audit.add_fact(
        Adjustment,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        kind=kind,
        on=on,
        amount_pence=amount_pence,
        recorded_on=recorded_on,
        reason=reason,
        note=note,
    )


@transaction.atomic
def record_statement(
    *,
    actor: "User",
    case: "Case",
    stated_on: dt.date,
    as_at: dt.date,
    amount_pence: int,
    source: str,
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> Statement:
    """Record a figure that CMS gave for what is owed on ``as_at``, in pence."""
    return audit.add_fact(
        Statement,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        stated_on=stated_on,
        as_at=as_at,
        amount_pence=amount_pence,
        source=source,
        note=note,
    )
