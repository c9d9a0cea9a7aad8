"""A record whose only decision, or only payment dates, were struck out says that it lacks them."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import queries
from cases import operations
from cases.models import Case
from cms_tracker.users.models import User
from tests.cast import ROSA
from tests.factories import make_user, monthly_case
from tests.pages import words

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 7, 10)


@pytest.fixture(autouse=True)
def _on_a_day() -> Any:
    with time_machine.travel(dt.datetime(2025, 7, 10, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def rosa(client: Client) -> User:
    person = make_user(ROSA)
    client.force_login(person)
    return person


@pytest.fixture
def case(rosa: User) -> Case:
    return monthly_case(rosa)


def page(client: Client, name: str, case: Case) -> str:
    return words(client.get(reverse(name, args=[case.pk])))


def strike(case: Case, rosa: User, fact_id: str) -> None:
    operations.strike_out(actor=rosa, case=case, fact_id=fact_id, on=TODAY, reason="A slip")


class TestWithoutADecision:
    @pytest.fixture(autouse=True)
    def _struck(self, case: Case, rosa: User) -> None:
        strike(case, rosa, queries.facts_for(case).decisions[0].id)

    def test_today_asks_for_one(self, client: Client, case: Case) -> None:
        shown = page(client, "pages:today", case)

        assert "Start with the CMS decision letter." in shown
        assert "nothing more falls due" not in shown

    def test_payments_asks_for_one(self, client: Client, case: Case) -> None:
        assert "Add your CMS decision" in page(client, "arrears:payments", case)

    def test_the_form_says_that_nothing_is_due(self, client: Client, case: Case) -> None:
        assert "This record has no payment dates yet." in page(client, "arrears:log-payment", case)

    def test_the_first_decision_can_be_added_again(self, case: Case) -> None:
        assert not queries.has_decision(case)


def test_today_asks_for_payment_dates_that_were_struck_out(client: Client, rosa: User, case: Case) -> None:
    strike(case, rosa, queries.facts_for(case).schedules[0].id)

    shown = page(client, "pages:today", case)

    assert "Add the payment dates" in shown
    assert "nothing more falls due" not in shown
