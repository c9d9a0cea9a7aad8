"""Another address to sign in with: it counts when its link is pressed, and the one that is left is told nothing."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from cms_tracker.audit.models import Event
from cms_tracker.users import links, operations, second_step
from cms_tracker.users.models import User
from tests.cast import ADA, ROSA, SAM, Person
from tests.factories import make_user
from tests.masking import bare
from tests.pages import words
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

NEW = "new@example.com"
CHANGE = "/account/address/"


@pytest.fixture
def rosa() -> User:
    user = make_user(ROSA)
    User.objects.update(safety_page_seen_at=timezone.now())
    return user


def asked(client: Client, address: str = NEW) -> str:
    client.post(CHANGE, {"email": address})
    return re.search(r"http://\S+", mail.outbox[-1].body)[0].removeprefix(settings.SITE_URL)


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


class TestAnotherAddress:
    def test_counts_only_when_its_link_was_pressed(self, rosa: User) -> None:
        client = signed_in(ROSA)
        link = asked(client)
        assert "Use this address" in words(Client().get(link))
        assert User.objects.get().email == ROSA.email
        assert "waits for its link" in words(client.get("/account/"))
        client.post(link)
        assert User.objects.get().email == NEW
        assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(NEW, True, True)]
        assert is_in(signed_in(Person(name="Rosa", email=NEW, password=ROSA.password)))
        assert Event.objects.filter(kind="user.address_changed").count() == 1

    def test_tells_nothing_to_the_one_that_is_left(self, rosa: User) -> None:
        operations.allow_mail(actor=rosa, address=ROSA.email, at=timezone.now())
        client = signed_in(ROSA)
        client.post(asked(client))
        assert {address for message in mail.outbox for address in message.to} == {NEW}

    def test_ends_every_other_session_and_voids_the_links_before(self, rosa: User) -> None:
        here, elsewhere = signed_in(ROSA), signed_in(ROSA)
        link = asked(here)
        Client().post("/account/password/reset/", {"email": ROSA.email})
        reset = re.search(r"http://\S+", mail.outbox[-1].body)[0].removeprefix(settings.SITE_URL)
        here.post(link)
        assert is_in(here)
        assert not is_in(elsewhere)
        assert "too old" in words(Client().get(reset, follow=True))
        assert here.post(link).status_code == 404

    def test_is_one_at_a_time(self, rosa: User) -> None:
        client = signed_in(ROSA)
        first = asked(client)
        second = asked(client, "other@example.com")
        assert client.post(first).status_code == 404
        assert client.post(second).status_code == 302

    def test_that_somebody_has_is_answered_alike(self, rosa: User) -> None:
        make_user(SAM)
        client = signed_in(ROSA)
        taken, free = (client.post(CHANGE, {"email": one}, follow=True) for one in (SAM.email, "no@example.com"))
        assert bare(taken, but_for=[SAM.email]) == bare(free, but_for=["no@example.com"])
        assert "/address/" not in mail.outbox[0].body
        assert User.objects.get(pk=rosa.pk).email == ROSA.email

    def test_that_somebody_took_meanwhile_changes_nothing(self, rosa: User) -> None:
        client = signed_in(ROSA)
        link = asked(client)
        User.objects.create_user(NEW)
        assert client.post(link).status_code == 404
        assert User.objects.get(pk=rosa.pk).email == ROSA.email

    def test_opens_nothing_by_a_link_of_another_kind(self, rosa: User) -> None:
        client = signed_in(ROSA)
        asked(client)
        assert client.post(f"{CHANGE}{links.key_for(User.objects.get())}/").status_code == 404

    def test_is_sealed_while_it_waits(self, rosa: User) -> None:
        asked(signed_in(ROSA))
        with connection.cursor() as cursor:
            cursor.execute("SELECT new_email FROM users_user")
            assert NEW not in str(cursor.fetchall())


class TestANotice:
    def test_goes_only_where_the_person_said_that_it_is_safe(self, rosa: User) -> None:
        change = {"oldpassword": ROSA.password, "password1": "marble-thistle-kettle"}
        client = signed_in(ROSA)
        client.post("/account/password/change/", change)
        assert not mail.outbox
        operations.allow_mail(actor=rosa, address=ROSA.email, at=timezone.now())
        back = {"oldpassword": "marble-thistle-kettle", "password1": ROSA.password}
        client.post("/account/password/change/", back)
        (message,) = mail.outbox
        assert message.to == [ROSA.email]
        assert not re.search("password|maintenance|child", f"{message.subject} {message.body}", re.IGNORECASE)


class TestALostPhone:
    def test_is_mended_by_the_operator_who_sets_no_password(self, capsys: Any) -> None:
        ada = make_user(ADA)
        client = signed_in(ADA)
        assert is_in(client)
        call_command("reset_second_factor", ADA.email)
        assert ADA.password not in capsys.readouterr().out
        assert not is_in(client)
        assert not second_step.is_on(ada)
        assert Event.objects.filter(kind="user.second_step_reset", actor_id=ada.pk).count() == 1
        again = Client()
        again.post("/account/login/", {"login": ADA.email, "password": ADA.password})
        assert again.get("/caseload/")["Location"] == "/account/second-step/"

    @pytest.mark.parametrize("address", [ROSA.email, "nobody@example.com"])
    def test_is_refused_for_somebody_without_one(self, rosa: User, address: str) -> None:
        with pytest.raises(CommandError):
            call_command("reset_second_factor", address)
