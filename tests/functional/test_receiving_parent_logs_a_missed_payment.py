"""Rosa sees on Today that nothing came, says so in three presses, and puts a slip right."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears.models import Observation, Payment
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from tests.cast import ROSA, SAM
from tests.factories import make_user, monthly_case
from tests.filled_form import filled
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(dt.datetime(2025, 4, 7, 19, 40, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return monthly_case(rosa)


@pytest.fixture
def phone(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def press(phone: Client, url: str, **answers: str) -> Any:
    """Open a page, give the answers, and press its button."""
    return phone.post(url, {**filled(phone.get(url).content.decode()), **answers}, follow=True)


def first_thing_to_do(phone: Client, case: Case) -> str:
    return str(phone.get(reverse("pages:today", args=[case.pk])).context["todo"][0].url)


def test_a_missed_payment_is_three_presses_from_today(phone: Client, case: Case) -> None:
    after = press(phone, first_thing_to_do(phone, case), came="none")
    assert "Noted: nothing came for 3 April 2025. £260.00 of it is still owed." in words(after)
    assert Observation.objects.get().due_on == dt.date(2025, 4, 3)
    # The older one is offered next: in March half of it came, on the day.
    after = press(phone, first_thing_to_do(phone, case), came="other", amount="£130", when="due")
    assert "£130.00 logged. £130.00 of March 2025 is still owed." in words(after)
    assert "You are owed £390.00" in words(after)
    assert "Tell CMS about 2 missed or short payments" in words(after)

    ledger = words(phone.get(reverse("arrears:payments", args=[case.pk])))
    assert "Nothing came. Noted on 7 April 2025" in ledger
    assert "£130.00 on 3 March" in ledger
    assert set(Event.objects.values_list("kind", flat=True)) >= {"observation.recorded", "payment.recorded"}


def test_a_slip_is_struck_out_with_a_reason_and_both_stay(phone: Client, case: Case) -> None:
    log = first_thing_to_do(phone, case)
    after = press(phone, log, came="other", amount="2600", when="today")
    slip = Payment.objects.get()
    way_back = reverse("pages:strike-out", args=[case.pk, slip.pk])
    said = "That is more than ten times what was expected. Is it right?"
    assert f'{said} <a href="{way_back}">' in after.content.decode()
    press(phone, way_back, reason="One nought too many")
    press(phone, log, came="all_on_day")
    page = words(phone.get(reverse("arrears:payments", args=[case.pk])))
    assert "£2,600.00 on 7 April 2025 Struck out on 7 April 2025: One nought too many" in page
    assert "You are owed £260.00" in words(phone.get(reverse("pages:today", args=[case.pk])))
    assert Payment.objects.count() == 2


def test_a_stranger_finds_nothing_there(phone: Client, case: Case) -> None:
    log = first_thing_to_do(phone, case)
    answers = {**filled(phone.get(log).content.decode()), "came": "all_on_day"}
    stranger = Client()
    stranger.force_login(make_user(SAM))
    assert stranger.get(log).status_code == 404
    assert stranger.post(log, answers).status_code == 404
    assert not Payment.objects.exists()
    assert phone.post(log, answers).status_code == 302
