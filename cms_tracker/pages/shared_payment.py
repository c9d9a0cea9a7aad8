"""One sum that went to CMS for several receiving parents: a payment in each record, all or none."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from arrears import operations as arrears
from arrears.core.facts import Route
from cms_tracker.money import pounds
from cms_tracker.pages.core import together
from cms_tracker.pages.core.together import Share

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def record(
    *,
    actor: "User",
    cases: "Sequence[Case]",
    shares: Sequence[Share],
    paid_on: dt.date,
    recorded_on: dt.date,
    entry_id: uuid.UUID | None,
) -> None:
    """Record one payment through CMS in each record, each its share, all or none. Twice adds nothing."""
    key = entry_id or uuid.uuid4()
    total = pounds(sum(share.amount for share in shares))
    by_id = {case.pk: case for case in cases}
    for share in shares:
        if share.amount:
            arrears.record_payment(
                actor=actor, case=by_id[share.debt.case_id], paid_on=paid_on, amount_pence=share.amount,
                recorded_on=recorded_on, route=Route.VIA_CMS_PAID, note=together.note(total, share, shares),
                entry_id=uuid.uuid5(key, str(share.debt.case_id)),
            )  # fmt: skip
