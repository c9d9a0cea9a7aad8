"""Confirm it is you: asked before a page that could do harm in the wrong hands, ten minutes after the last time."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Invitation
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from tests.cast import ROSA, SAM
from tests.factories import make_case, make_user
from tests.filled_form import filled
from tests.pages import words

pytestmark = pytest.mark.django_db

Clock = time_machine.Traveller
CONFIRM = "/account/confirm/"


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel("2026-03-02 10:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def case(clock: Clock) -> Case:
    case = make_case(make_user(ROSA))
    User.objects.update(safety_page_seen_at=timezone.now())
    return case


@pytest.fixture
def rosa(case: Case) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": ROSA.email, "password": ROSA.password})
    return client


def path(case: Case, name: str = "cases:invite") -> str:
    return reverse(name, args=[case.pk])


class TestBeingAsked:
    def test_begins_ten_minutes_after_signing_in(self, clock: Clock, rosa: Client, case: Case) -> None:
        clock.shift(dt.timedelta(minutes=9, seconds=59))
        assert rosa.get(path(case)).status_code == 200
        clock.shift(dt.timedelta(seconds=1))
        assert rosa.get(path(case))["Location"] == f"{CONFIRM}?next={path(case)}"

    def test_leads_back_to_the_page_and_holds_for_ten_minutes(self, clock: Clock, rosa: Client, case: Case) -> None:
        clock.shift(dt.timedelta(minutes=10))
        asked = rosa.get(path(case), follow=True)
        assert "ten minutes" in words(asked)
        answer = rosa.post(CONFIRM, filled(asked.content.decode()) | {"password": ROSA.password})
        assert answer["Location"] == path(case)
        clock.shift(dt.timedelta(minutes=9))
        assert rosa.get(path(case)).status_code == 200
        clock.shift(dt.timedelta(minutes=1))
        assert rosa.get(path(case)).status_code == 302

    def test_gives_the_session_a_new_key_and_writes_it_down(self, clock: Clock, rosa: Client, case: Case) -> None:
        before = rosa.cookies[settings.SESSION_COOKIE_NAME].value
        clock.shift(dt.timedelta(minutes=10))
        rosa.post(CONFIRM, {"password": ROSA.password})
        assert rosa.cookies[settings.SESSION_COOKIE_NAME].value != before
        assert Event.objects.filter(kind="user.confirmed").count() == 1
        old = Client()
        old.cookies[settings.SESSION_COOKIE_NAME] = before
        assert old.get(path(case))["Location"].startswith("/account/login/")

    def test_does_not_take_another_password(self, clock: Clock, rosa: Client, case: Case) -> None:
        clock.shift(dt.timedelta(minutes=10))
        answer = rosa.post(CONFIRM, {"password": SAM.password, "next": path(case)})
        assert "not the password you use now" in words(answer)
        assert rosa.get(path(case)).status_code == 302

    def test_ends_after_ten_tries_in_a_minute(self, clock: Clock, rosa: Client, case: Case) -> None:
        clock.shift(dt.timedelta(minutes=10))
        for _ in range(10):
            rosa.post(CONFIRM, {"password": "not this one"})
        answer = rosa.post(CONFIRM, {"password": ROSA.password})
        assert "too many tries" in words(answer)
        assert rosa.get(path(case)).status_code == 302

    def test_leads_to_no_other_site(self, rosa: Client) -> None:
        for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "evil"):
            answer = rosa.post(CONFIRM, {"password": ROSA.password, "next": elsewhere})
            assert answer["Location"] == "/account/"


class TestAFormThatWasOpenTooLong:
    def test_is_not_acted_on_and_shows_again_what_was_typed(self, clock: Clock, rosa: Client, case: Case) -> None:
        page = rosa.get(path(case)).content.decode()
        clock.shift(dt.timedelta(minutes=11))
        asked = rosa.post(path(case), filled(page) | {"label": "My sister", "role": "helper"}, follow=True)
        assert "press the button again" in words(asked)
        back = rosa.post(CONFIRM, filled(asked.content.decode()) | {"password": ROSA.password}, follow=True)
        assert Invitation.objects.count() == 0
        assert "Nothing was done yet" in words(back)
        assert filled(back.content.decode())["label"] == "My sister"
        rosa.post(path(case), filled(back.content.decode()) | {"role": "helper"})
        assert Invitation.objects.get().label == "My sister"

    def test_keeps_no_secret(self, clock: Clock, rosa: Client) -> None:
        clock.shift(dt.timedelta(minutes=11))
        change = reverse("account_change_password")
        rosa.post(change, {"oldpassword": ROSA.password, "password1": "marble-thistle-kettle"})
        assert "marble" not in str(dict(rosa.session))
        assert ROSA.password not in str(dict(rosa.session))


class TestAFile:
    def test_leads_back_to_the_page_that_it_was_asked_on(self, clock: Clock, rosa: Client, case: Case) -> None:
        clock.shift(dt.timedelta(minutes=11))
        details = path(case, "arrears:details")
        asked = rosa.get(path(case, "pages:export"), headers={"referer": f"http://testserver{details}"}, follow=True)
        back = rosa.post(CONFIRM, filled(asked.content.decode()) | {"password": ROSA.password})
        assert back["Location"] == details
        assert rosa.get(path(case, "pages:export"))["Content-Type"] == "application/json"
