"""Links that are e-mailed: they work once, for an hour, for our own host, and sign nobody in."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cms_tracker.users.models import User
from tests.cast import ROSA, SAM
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "marble-thistle-kettle"


def path_in(body: str) -> str:
    found = re.search(r"http://[^/]+(/\S+)", body)
    assert found
    return found[1]


def link() -> str:
    return path_in(str(mail.outbox[-1].body))


def key_in(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def sign_up(email: str = SAM.email) -> str:
    Client().post(reverse("account_signup"), {"email": email})
    return link()


def confirm(address: str, password: str = SAM.password, client: Client | None = None) -> HttpResponse:
    return (client or Client()).post(address, {"password1": password})


def can_sign_in(email: str, password: str) -> bool:
    return Client().post(reverse("account_login"), {"login": email, "password": password}).status_code == 302


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
        confirm(address, client=client)
        assert confirmed()

    def test_sets_the_password_that_is_chosen_there(self) -> None:
        answer = confirm(sign_up())
        assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
        assert can_sign_in(SAM.email, SAM.password)

    @pytest.mark.parametrize("password", ["", "short", SAM.email])
    def test_changes_nothing_with_a_password_that_is_refused(self, password: str) -> None:
        address = sign_up()
        assert confirm(address, password).status_code == 200
        assert not confirmed()
        assert confirm(address).status_code == 302

    def test_takes_no_password_from_whoever_typed_the_address_first(self) -> None:
        # Signing up asks for none; one that is sent all the same, first or again, is not kept.
        for client in (Client(), Client()):
            client.post(reverse("account_signup"), {"email": SAM.email, "password1": NEW_PASSWORD})
        first, second = [str(message.body) for message in mail.outbox]
        assert not User.objects.get(email=SAM.email).has_usable_password()
        confirm(path_in(second))
        assert can_sign_in(SAM.email, SAM.password)
        assert not can_sign_in(SAM.email, NEW_PASSWORD)
        assert confirm(path_in(first), NEW_PASSWORD).status_code == 404
        assert can_sign_in(SAM.email, SAM.password)

    def test_signs_nobody_in(self) -> None:
        client = Client()
        confirm(sign_up(), client=client)
        assert confirmed()
        assert not is_signed_in(client)

    def test_works_once(self) -> None:
        address = sign_up()
        confirm(address)
        assert "has been used" in Client().get(address).content.decode()
        assert confirm(address, NEW_PASSWORD).status_code == 404
        assert can_sign_in(SAM.email, SAM.password)

    def test_is_void_after_the_password_was_chosen_by_the_other_link(self) -> None:
        address = sign_up()
        Client().post(reverse("account_reset_password"), {"email": SAM.email})
        form = (client := Client()).get(link(), follow=True)
        client.post(form.redirect_chain[-1][0], {"password1": NEW_PASSWORD})
        assert can_sign_in(SAM.email, NEW_PASSWORD)
        assert confirm(address).status_code == 404

    def test_is_void_for_a_person_who_was_switched_off(self) -> None:
        address = sign_up()
        User.objects.update(is_active=False)
        assert confirm(address).status_code == 404

    @pytest.mark.parametrize("spoil", [str.upper, lambda key: key[:-1], lambda key: "0" * 32 + key[32:]])
    def test_takes_no_key_that_we_did_not_make(self, spoil: Callable[[str], str]) -> None:
        key = key_in(sign_up())
        answer = confirm(reverse("account_confirm_email", args=[spoil(key)]))
        assert answer.status_code == 404
        assert not confirmed()

    def test_takes_no_key_for_a_new_password_nor_gives_one(self) -> None:
        key = key_in(sign_up())
        other = key_in(ask())
        page = Client().get(f"/account/password/reset/key/{key}/", follow=True).content.decode()
        assert "has been used" in page
        assert confirm(reverse("account_confirm_email", args=[other])).status_code == 404

    def test_ends_after_an_hour(self) -> None:
        with time_machine.travel("2026-03-02 10:00Z", tick=False) as clock:
            address = sign_up()
            clock.shift(dt.timedelta(minutes=59))
            assert "choose a password" in Client().get(address).content.decode()
            clock.shift(dt.timedelta(minutes=2))
            assert "too old" in Client().get(address).content.decode()
            assert confirm(address).status_code == 404

    def test_leaves_another_person_signed_in_who_opens_it(self) -> None:
        address = sign_up()
        client = Client()
        client.force_login(make_user(ROSA))
        client.get(address)
        confirm(address, client=client)
        assert confirmed()
        assert is_signed_in(client)


class TestTheKeyInALink:
    """Between two sign-ups of one's own, a third with somebody's address: was it known?"""

    def keys(self, *between: str) -> tuple[str, str]:
        first = sign_up("one@example.com")
        for email in between:
            sign_up(email)
        return key_in(first), key_in(sign_up("two@example.com"))

    def test_is_a_random_number_the_second_and_a_signature_whatever_was_between(self) -> None:
        make_user(ROSA)
        with time_machine.travel("2026-03-02 10:00Z", tick=False):
            for between in ([], [ROSA.email], [SAM.email], [ROSA.email, "three@example.com"]):
                User.objects.filter(email__in=["one@example.com", "two@example.com"]).delete()
                parts = [key.split("-") for key in self.keys(*between)]
                for email, (who, second, signature) in zip(["one@example.com", "two@example.com"], parts, strict=True):
                    assert uuid.UUID(who).version == 4
                    assert User.objects.get(pk=who).email == email
                    assert second == parts[0][1]  # when it was asked for, which whoever asked knows
                    assert re.fullmatch("[0-9a-f]{32}", signature)

    def test_for_a_new_password_names_a_person_by_a_random_number_too(self) -> None:
        make_user(ROSA)
        who, _, _ = key_in(ask()).partition("-")
        assert User.objects.get(email=ROSA.email).pk == uuid.UUID(who)
        assert uuid.UUID(who).version == 4


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

    @pytest.mark.parametrize("change", [{"email": "other@example.com"}, {"last_login": dt.datetime.now(dt.UTC)}])
    def test_is_void_after_another_address_or_a_sign_in(self, change: dict[str, Any]) -> None:
        address, user = ask(), User.objects.get(email=ROSA.email)
        User.objects.update(**change)
        self.choose(address)
        user.refresh_from_db()
        assert user.check_password(ROSA.password)

    def test_leaves_no_trace_of_its_key_in_what_is_asked_for_next(self) -> None:
        address = ask()
        answer = Client().get(address)
        assert (answer.status_code, answer["Referrer-Policy"]) == (302, "no-referrer")
        assert key_in(address).partition("-")[2] not in answer["Location"]

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
    @pytest.fixture(autouse=True)
    def _rosa(self) -> None:
        make_user(ROSA)

    def links(self, client: Client) -> list[str]:
        """Every link of every kind of message that a stranger can cause."""
        for email in (ROSA.email, SAM.email):
            client.post(reverse("account_signup"), {"email": email})
        for email in (ROSA.email, "unknown@example.com"):
            client.post(reverse("account_reset_password"), {"email": email})
        return [found for message in mail.outbox for found in re.findall(r"http\S+", str(message.body))]

    @pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
    def test_is_never_one_that_a_request_made_up(self, header: str) -> None:
        assert all("evil" not in link for link in self.links(Client(**{header: "evil.example"})))

    @pytest.mark.parametrize("host", ["testserver", "testserver:6666", "localhost:6666", "127.0.0.1", "[::1]:6666"])
    def test_is_the_configured_one_whatever_host_and_port_the_request_names(self, host: str, settings: Any) -> None:
        settings.SITE_URL = "https://records.example"
        links = self.links(Client(HTTP_HOST=host))
        assert len(links) == 4
        assert all(link.startswith("https://records.example/account/") for link in links)
