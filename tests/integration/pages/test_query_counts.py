"""How often the pages of every day read the database: seldom, and no more for a long record than for a short one."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arrears import operations as money
from cases.models import Case
from tests.cast import ROSA
from tests.factories import import_example, make_user

pytestmark = pytest.mark.django_db

#: Session, person and membership take three, the place of the look in the audit one, and the facts of a case
#: twelve: one for each common kind of row,
#: and one that says which of the rare kinds there are.
CEILINGS = {
    "arrears:payments": 16,
    "arrears:other-money": 16,
    "arrears:claims": 16,
    # The facts above, and all that decides what can be done next: events, challenges, letters sent, safe contact.
    "pages:today": 36,
    "correspondence:deadlines": 34,
    "correspondence:timeline": 25,
    "correspondence:next": 52,
    "correspondence:promises": 11,
    "correspondence:log": 13,
    # The whole answer: the facts above, and all that decides which days to keep and what can be done next.
    "pages:overview": 44,
}


def reads(client: Client, name: str, case: Case) -> int:
    """How often a page reads."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name, args=[case.pk])).status_code == 200
    return sum(one["sql"].startswith("SELECT") for one in asked)


@pytest.mark.parametrize(("name", "ceiling"), CEILINGS.items())
class TestAPage:
    def test_reads_seldom_however_long_the_record_is(self, client: Client, name: str, ceiling: int) -> None:
        rosa = make_user(ROSA)
        client.force_login(rosa)
        short, long = import_example("p-002456", rosa), import_example("p-002456", rosa)
        for number in range(40):
            paid_on = dt.date(2024, 3, 1) + dt.timedelta(days=number)
            money.record_payment(actor=rosa, case=long, paid_on=paid_on, amount_pence=100, recorded_on=None)

        counts = [reads(client, name, case) for case in (short, long)]

        assert max(counts) <= ceiling
        assert counts[0] == counts[1]
