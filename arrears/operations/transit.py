"""Write what somebody told of money on its way through CMS."""

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from arrears.core.transit_facts import Leg
from arrears.models import Payment, TransitLeg, rows
from cases import queries as case_queries
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def record_leg(*, actor: "User", case: "Case", leg: Leg) -> TransitLeg:
    """Record one leg under its own key (``id``). The number 0 begins a new sum, and the row gets the next one free.

    It moves no balance. Raises Refusal where the case has no such sum, where the sum goes another
    way, or where the payment that it names is not in the record.
    """
    # Held, so that of two new sums at once the second gets a number of its own.
    list(type(case)._default_manager.select_for_update(no_key=True).filter(pk=case.pk).values_list("pk"))
    leg = replace(leg, number=leg.number or _new_number(case, leg))
    _check_way(case, leg)
    _check_payment(case, leg)
    key = uuid.UUID(leg.id)
    return audit.add_fact(TransitLeg, actor=actor, case_id=case.pk, entry_id=key, **rows.TRANSITS.values(leg))


def _new_number(case: "Case", leg: Leg) -> int:
    of_case = TransitLeg.objects.filter(case_id=case.pk)
    held = of_case.filter(pk=leg.id).values_list("number", flat=True).first()
    if held is not None:  # the form was sent twice
        return held
    return (of_case.aggregate(most=Max("number"))["most"] or 0) + 1


def _check_way(case: "Case", leg: Leg) -> None:
    others = TransitLeg.objects.filter(case_id=case.pk, number=leg.number).exclude(pk=leg.id)
    if others.exclude(way=leg.way).exists():
        raise Refusal(say("The rest of this sum goes another way."), field="way")


def _check_payment(case: "Case", leg: Leg) -> None:
    if not leg.payment_id:
        return
    key = uuid.UUID(leg.payment_id)
    is_there = Payment.objects.filter(case_id=case.pk, pk=key).exists()
    if not is_there or key in case_queries.struck_in(case.pk):
        raise Refusal(say("This payment is not in your record any more."), field="payment")
