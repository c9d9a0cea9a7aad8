"""A change of service and of payment dates, by their forms."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from cases import queries
from cases.core.facts import Frequency, ServiceType
from cases.models import Case, PaymentSchedule, ServicePeriod
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.typed import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(make_user(ROSA))


@pytest.fixture
def client(case: Case) -> Client:
    client = Client()
    owner = queries.owner_of(case.pk)
    assert owner is not None
    client.force_login(owner)
    return client


class TestNewService:
    def test_records_the_service_from_its_day(self, client: Client, case: Case) -> None:
        typed = {"type": "collect_and_pay", **day("from_on", "2025-04-01")}
        assert client.post(reverse("cases:new-service", args=[case.pk]), typed).status_code == 302
        row = ServicePeriod.objects.get()
        assert (row.type, row.from_on) == (ServiceType.COLLECT_AND_PAY, dt.date(2025, 4, 1))

    def test_refuses_a_second_one_on_the_same_day_beside_the_field(self, client: Client, case: Case) -> None:
        url = reverse("cases:new-service", args=[case.pk])
        client.post(url, {"type": "collect_and_pay", **day("from_on", "2025-04-01")})
        page = client.post(url, {"type": "direct_pay", **day("from_on", "2025-04-01")}).content.decode()
        assert page.count("You already have a service that starts on this day.") == 2
        assert ServicePeriod.objects.count() == 1

    def test_refuses_a_day_more_than_a_year_ahead(self, client: Client, case: Case) -> None:
        typed = {"type": "direct_pay", **day("from_on", "2052-04-01")}
        page = client.post(reverse("cases:new-service", args=[case.pk]), typed).content.decode()
        assert "The year 2052 is too far ahead. Did you mean 2025?" in page
        assert ServicePeriod.objects.count() == 0


class TestNewDates:
    def test_records_how_often_and_from_when(self, client: Client, case: Case) -> None:
        typed = {"frequency": "four_weekly", **day("first_due_on", "2025-04-01")}
        assert client.post(reverse("cases:new-dates", args=[case.pk]), typed).status_code == 302
        row = PaymentSchedule.objects.get()
        assert (row.frequency, row.first_due_on) == (Frequency.FOUR_WEEKLY, dt.date(2025, 4, 1))

    def test_refuses_dates_that_start_on_the_day_others_start(self, client: Client, case: Case) -> None:
        url = reverse("cases:new-dates", args=[case.pk])
        client.post(url, {"frequency": "weekly", **day("first_due_on", "2025-04-01")})
        page = client.post(url, {"frequency": "monthly", **day("first_due_on", "2025-04-01")}).content.decode()
        assert page.count("You already have payment dates that start on this day.") == 2
        assert PaymentSchedule.objects.count() == 1

    def test_asks_for_what_is_missing(self, client: Client, case: Case) -> None:
        page = client.post(reverse("cases:new-dates", args=[case.pk]), {}).content.decode()
        assert "Choose how often a payment is due." in page
        assert "Enter the first payment date, like 22 4 2025." in page
