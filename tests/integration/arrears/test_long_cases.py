"""A case with more payments than anybody made: its pages answer, and show a part of it at a time."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.models import Payment
from cases.models import Case
from cms_tracker.users.models import User
from tests.factories import monthly_case

pytestmark = pytest.mark.django_db
MANY = 10_000


@pytest.fixture
def case(rosa: User) -> Case:
    """Monthly payments since March 2025, and ten thousand pennies over three hundred days."""
    case = monthly_case(rosa)
    operations.record_payment(actor=rosa, case=case, paid_on=dt.date(2025, 3, 3), amount_pence=1, recorded_on=None)
    like = Payment.objects.get()
    columns = {field.attname: getattr(like, field.attname) for field in Payment._meta.concrete_fields}
    Payment.objects.bulk_create(
        [
            Payment(**(columns | {"id": uuid.uuid4(), "paid_on": like.paid_on + dt.timedelta(days=place % 300)}))
            for place in range(MANY - 1)
        ],
        batch_size=1000,
    )
    return case


def test_every_page_about_the_money_answers(client: Client, case: Case) -> None:
    with time_machine.travel(dt.datetime(2026, 1, 20, 9, tzinfo=dt.UTC), tick=False):
        assert queries.position_of(case, on=dt.date(2026, 1, 20), known_on=dt.date(2026, 1, 20)).paid == MANY
        for name in ("arrears:payments", "pages:today", "pages:overview", "arrears:changes", "correspondence:timeline"):
            assert client.get(reverse(name, args=[case.pk])).status_code == 200
