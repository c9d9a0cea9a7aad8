"""Somebody sees where they are signed in, without learning or showing where that is, and ends it at once."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cms_tracker.audit.models import Event
from cms_tracker.users.models import Device, Session, User
from cms_tracker.users.sessions import Kind, kind_of
from tests.cast import ROSA, SAM
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PHONE = "Mozilla/5.0 (Linux; Android 14; Canary Phone 9) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Canary/126.0"
PLACE = "203.0.113.77"
NEW_PASSWORD = "marble-thistle-kettle"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-03-03 15:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def rosa(clock: time_machine.Traveller) -> User:
    return make_user(ROSA)


def signed_in(agent: str = LAPTOP, *, email: str = ROSA.email, password: str = ROSA.password, **more: str) -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=PLACE)
    post = {"login": email, "password": password, **more}
    assert client.post(reverse("account_login"), post).status_code == 302
    return client


def page(client: Client) -> str:
    return client.get(reverse("users:sessions")).content.decode()


def is_in(client: Client) -> bool:
    return client.get(reverse("users:account")).status_code == 200


def end_elsewhere(client: Client) -> HttpResponse:
    """Press the button beside the first session that is not this one."""
    address = page(client).partition('<form method="post" action="/account/devices/')[2].partition('"')[0]
    return client.post(f"/account/devices/{address}")


class TestTheList:
    def test_names_this_device_and_the_others_by_their_kind_and_since_when(
        self, rosa: User, clock: time_machine.Traveller
    ) -> None:
        signed_in(PHONE)
        clock.shift(300)
        said = page(signed_in(LAPTOP))
        assert said.index("This device") < said.index("Another phone")
        assert "Since Tuesday at 3:00pm." in said
        assert "Since Tuesday at 3:05pm." in said

    def test_tells_nothing_of_place_address_or_make(self, rosa: User) -> None:
        phone = signed_in(PHONE)
        for text in (page(phone), page(signed_in(LAPTOP))):
            for canary in (PLACE, "203.0", "Canary", "Android", "Windows", "Chrome", "10.0"):
                assert canary not in text

    def test_comes_from_a_database_that_holds_neither_place_nor_browser_nor_key(self, rosa: User) -> None:
        client = signed_in(PHONE)
        with connection.cursor() as cursor:
            for table in ("users_session", "users_device", "users_tries", "django_session"):
                cursor.execute(f"SELECT * FROM {table}")
                held = str(cursor.fetchall())
                for canary in (PLACE, "Canary", "Android", client.cookies[settings.SESSION_COOKIE_NAME].value):
                    assert canary not in held

    def test_leaves_out_what_has_ended_by_itself(self, rosa: User, clock: time_machine.Traveller) -> None:
        signed_in(PHONE)
        clock.shift(15 * 60)
        assert "phone" not in page(signed_in(LAPTOP))

    def test_shows_nobody_elses(self, rosa: User) -> None:
        make_user(SAM)
        signed_in(PHONE, email=SAM.email, password=SAM.password)
        assert "Another phone" not in page(signed_in())

    def test_survives_the_new_key_that_a_session_gets_at_step_up(self, rosa: User) -> None:
        client = signed_in(PHONE)
        before = client.cookies[settings.SESSION_COOKIE_NAME].value
        client.post(reverse("users:confirm"), {"password": ROSA.password})
        assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
        said = page(signed_in(LAPTOP))
        assert said.count("Another phone") == 1
        old = Client()
        old.cookies[settings.SESSION_COOKIE_NAME] = before
        assert not is_in(old)


class TestEnding:
    def test_one_signs_out_there_at_once_and_leaves_a_trace(self, rosa: User) -> None:
        phone, laptop = signed_in(PHONE), signed_in(LAPTOP)
        assert end_elsewhere(laptop).status_code == 302
        assert not is_in(phone)
        assert is_in(laptop)
        assert Event.objects.filter(kind="session.ended", actor_id=rosa.pk).count() == 1

    def test_a_session_of_somebody_else_changes_nothing(self, rosa: User) -> None:
        make_user(SAM)
        sams = signed_in(PHONE, email=SAM.email, password=SAM.password)
        name = sams.session["visit"]["name"]
        assert signed_in().post(reverse("users:end-session", args=[name])).status_code == 302
        assert is_in(sams)

    def test_all_others_signs_out_everywhere_but_here_and_forgets_the_devices(self, rosa: User) -> None:
        others, here = [signed_in(PHONE), signed_in(PHONE)], signed_in(LAPTOP)
        here.post(reverse("users:end-other-sessions"))
        assert [is_in(other) for other in others] == [False, False]
        assert is_in(here)
        assert Device.objects.filter(user=rosa).count() == 1

    def test_of_a_password_that_was_forgotten_ends_every_session(self, rosa: User) -> None:
        clients = [signed_in(PHONE), signed_in(LAPTOP)]
        from cms_tracker.users import operations

        operations.replace_forgotten_password(rosa, password=NEW_PASSWORD)
        assert [is_in(client) for client in clients] == [False, False]
        assert not Session.objects.filter(user=rosa).exists()

    def test_happens_by_itself_where_the_person_is_deleted(self, rosa: User) -> None:
        client = signed_in()
        rosa.delete()
        assert not is_in(client)
        assert not Session.objects.filter(session_key__isnull=False, user__isnull=False).exists()


class TestTheKindOfADevice:
    @pytest.mark.parametrize(
        ("agent", "kind"),
        [
            (PHONE, Kind.PHONE),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 Safari/604.1", Kind.PHONE),
            ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) Mobile/15E148 Safari/604.1", Kind.TABLET),
            ("Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 Safari/537.36", Kind.TABLET),
            (LAPTOP, Kind.COMPUTER),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", Kind.COMPUTER),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0)", Kind.COMPUTER),
            ("", Kind.UNKNOWN),
            ("curl/8.5", Kind.UNKNOWN),
        ],
    )
    def test_is_read_coarsely(self, agent: str, kind: Kind) -> None:
        assert kind_of(agent) == kind


class TestTheTable:
    def test_of_sessions_is_the_only_one_and_days_are_those_of_the_settings(self) -> None:
        assert settings.SESSION_ENGINE == "cms_tracker.users.session_store"
        assert dt.timedelta(days=90) == settings.DEVICE_KNOWN  # the page says so
