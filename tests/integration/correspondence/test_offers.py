"""Which letters are offered follows from the record as it stands."""

import datetime as dt

import pytest
import time_machine

from arrears import queries as money
from cases import operations
from cases.core.facts import ServiceType
from correspondence import queries
from correspondence.core.letters.missed_payments import KIND
from tests.cast import ROSA
from tests.factories import make_user
from tests.functional.direct_pay import TODAY, direct_pay_case

pytestmark = pytest.mark.django_db


@time_machine.travel(dt.datetime(2025, 7, 10, 9, tzinfo=dt.UTC), tick=False)
def test_a_service_that_was_struck_out_decides_nothing() -> None:
    rosa = make_user(ROSA)
    case = direct_pay_case(rosa)
    slip = operations.record_service(
        actor=rosa, case=case, type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2025, 7, 1)
    )
    offered = queries.offer_of(case, KIND.code, on=TODAY)
    assert offered is not None
    assert offered.why_not == "You are on Collect and Pay, so CMS can see for itself what was missed."

    operations.strike_out(actor=rosa, case=case, fact_id=slip.pk, on=TODAY, reason="It was meant for another record")

    assert any(one.struck_out for one in money.facts_for(case).services)
    offered = queries.offer_of(case, KIND.code, on=TODAY)
    assert offered is not None
    assert offered.why_not == ""
