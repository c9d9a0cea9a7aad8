"""Links that are e-mailed: they work once, for an hour, for our own host, and sign nobody in."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from cms_tracker.users.models import User
from tests.cast import ROSA, SAM
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "marble-thistle-kettle"


def link() -> str:
    found = re.search(r"http://[^/]+(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def sign_up(email: str = SAM.email) -> str:
    Client().post(reverse("account_signup"), {"email": email, "password1": SAM.password})
    return link()


def ask(email: str = ROSA.email) -> str:
    Client().post(reverse("account_reset_password"), {"email": email})
    return link()


def confirmed(email: str = SAM.email) -> bool:
    return EmailAddress.objects.get(email=email).verified


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("users:account")).status_code == 200


class TestConfirmingAnAddress:
    def test_takes_a_press_and_not_only_a_look(self) -> None:
        address = sign_up()
        client = Client()
        client.get(address)
        client.head(address)
        assert not confirmed()
        client.post(address)
        assert confirmed()

    def test_signs_nobody_in(self) -> None:
        client = Client()
        client.post(sign_up())
        assert not is_signed_in(client)

    def test_works_once(self) -> None:
        address = sign_up()
        Client().post(address)
        assert "has been used" in Client().get(address).content.decode()
        assert Client().post(address).status_code == 404

    def test_ends_after_an_hour(self) -> None:
        with time_machine.travel("2026-03-02 10:00Z", tick=False) as clock:
            address = sign_up()
            clock.shift(dt.timedelta(minutes=59))
            assert "Confirm this address" in Client().get(address).content.decode()
            clock.shift(dt.timedelta(minutes=2))
            assert "too old" in Client().get(address).content.decode()
            assert Client().post(address).status_code == 404

    def test_leaves_another_person_signed_in_who_opens_it(self) -> None:
        address = sign_up()
        client = Client()
        client.force_login(make_user(ROSA))
        client.get(address)
        client.post(address)
        assert is_signed_in(client)


class TestChoosingANewPassword:
    @pytest.fixture(autouse=True)
    def _rosa(self) -> None:
        make_user(ROSA)

    def choose(self, address: str) -> Client:
        client = Client()
        form = client.get(address, follow=True)
        client.post(form.redirect_chain[-1][0] if form.redirect_chain else address, {"password1": NEW_PASSWORD})
        return client

    def has(self, password: str) -> bool:
        return User.objects.get(email=ROSA.email).check_password(password)

    def test_sets_it_and_signs_nobody_in(self) -> None:
        client = self.choose(ask())
        assert self.has(NEW_PASSWORD)
        assert not is_signed_in(client)

    def test_works_once(self) -> None:
        address = ask()
        self.choose(address)
        assert "has been used" in Client().get(address, follow=True).content.decode()

    def test_ends_after_an_hour(self) -> None:
        with time_machine.travel("2026-03-02 10:00Z", tick=False) as clock:
            address = ask()
            clock.shift(dt.timedelta(minutes=61))
            self.choose(address)
        assert self.has(ROSA.password)

    def test_is_void_after_the_password_has_changed(self) -> None:
        address = ask()
        user = User.objects.get(email=ROSA.email)
        user.set_password("changed-by-another-road")
        user.save()
        self.choose(address)
        assert self.has("changed-by-another-road")

    def test_confirms_an_address_that_nobody_had_confirmed(self) -> None:
        sign_up()
        self.choose(ask(SAM.email))
        assert confirmed()
        answer = Client().post(reverse("account_login"), {"login": SAM.email, "password": NEW_PASSWORD})
        assert answer.status_code == 302

    def test_shows_the_form_at_an_address_without_the_key(self) -> None:
        form = Client().get(ask(), follow=True)
        assert form.redirect_chain[-1][0].endswith("-set-password/")


class TestTheHostInALink:
    @pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
    def test_is_never_one_that_a_request_made_up(self, header: str) -> None:
        make_user(ROSA)
        Client(**{header: "evil.example"}).post(reverse("account_reset_password"), {"email": ROSA.email})
        assert all("evil" not in str(message.body) for message in mail.outbox)
