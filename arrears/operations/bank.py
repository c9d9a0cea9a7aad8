"""What a person confirmed of a bank statement: only that is written, and only once."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db import IntegrityError, transaction

from arrears.core.bank.matching import Candidate
from arrears.models import BankReference, Payment
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

NOTE = "From a bank statement."


class Imported(NamedTuple):
    """How many payments were added, and how many of those sent were in the record already."""

    added: int
    already: int


@transaction.atomic
def import_payments(*, actor: "User", case: "Case", lines: Sequence[Candidate], recorded_on: dt.date) -> Imported:
    """Record the confirmed lines as payments, known from ``recorded_on``, all or none.

    A line's id is worked out from what it says, so one that was confirmed before is found and adds
    nothing. Of its text only the keyed digest is kept. Raises Refusal where nothing was chosen.
    """
    if not lines:
        raise Refusal(say("Tick at least one payment."), field="take")
    wanted = {line.id: line for line in lines}
    try:
        with transaction.atomic():
            added = _add(wanted, actor=actor, case=case, recorded_on=recorded_on)
    except IntegrityError:  # on PostgreSQL, the same page sent twice at once: the other one is done by now
        added = _add(wanted, actor=actor, case=case, recorded_on=recorded_on)
    return Imported(added=added, already=len(wanted) - added)


def _add(wanted: dict[uuid.UUID, Candidate], *, actor: "User", case: "Case", recorded_on: dt.date) -> int:
    """Add the lines that are not there yet, and remember the payers of all of them."""
    held = dict(Payment.objects.filter(pk__in=wanted).values_list("pk", "case_id"))
    if any(case_id != case.pk for case_id in held.values()):
        raise Refusal(say("This page has been used before. Choose the file again."))
    rows = [
        Payment(
            id=key,
            case_id=case.pk,
            paid_on=line.on,
            amount_pence=line.pence,
            route=line.route,
            recorded_on=recorded_on,
            note=NOTE,
        )
        for key, line in wanted.items()
        if key not in held
    ]
    audit.add_facts(rows, actor=actor, case_id=case.pk)
    digests = {line.digest for line in wanted.values()}
    known = set(BankReference.objects.filter(case_id=case.pk, digest__in=digests).values_list("digest", flat=True))
    BankReference.objects.bulk_create(BankReference(case_id=case.pk, digest=new) for new in sorted(digests - known))
    return len(rows)
