"""A Direct Pay case with one payment in full, one short, and two that nothing came for."""

import datetime as dt

from arrears import operations as money
from cases import operations
from cases.core.facts import Frequency, ServiceType
from cases.models import Case
from cms_tracker.users.models import User
from tests.factories import make_case

BEGAN = dt.date(2025, 1, 6)
TODAY = dt.date(2025, 7, 10)
MISSED_UNLOGGED = dt.date(2025, 6, 3)


def direct_pay_case(owner: User, **details: object) -> Case:
    """£60 a week, due monthly on the 3rd from March 2025; April is £60.00 short; May and June never came."""
    case = make_case(owner, **details)
    known = {"actor": owner, "case": case}
    operations.record_service(**known, type=ServiceType.DIRECT_PAY, from_on=BEGAN)
    operations.record_calculation(
        **known, weekly_pence=6000, effective_on=dt.date(2025, 2, 3), decided_on=None, notified_on=None
    )
    operations.record_schedule(**known, frequency=Frequency.MONTHLY, first_due_on=dt.date(2025, 3, 3))
    for paid_on, pence in ((dt.date(2025, 3, 3), 26000), (dt.date(2025, 4, 22), 20000), (dt.date(2025, 7, 3), 26000)):
        money.record_payment(**known, paid_on=paid_on, amount_pence=pence, recorded_on=None)
    money.note_nothing_came(**known, due_on=dt.date(2025, 5, 3), noted_on=dt.date(2025, 5, 5))
    return case
