"""The page on which reminders are asked for: off by default, and on only where it is safe."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms_tracker.audit.models import Event
from cms_tracker.users.models import SafeMail, User
from correspondence.models import ReminderSettings
from tests.cast import ROSA, SAM
from tests.factories import make_user


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.mark.django_db
class TestThePage:
    @pytest.fixture
    def client(self, rosa: User) -> Client:
        client = Client()
        client.force_login(rosa)
        return client

    def send(self, client: Client, **typed: str) -> Any:
        return client.post(reverse("correspondence:reminders"), typed)

    def test_is_off_by_default(self, client: Client) -> None:
        page = client.get(reverse("correspondence:reminders")).content.decode()
        assert 'value="off" ' in page
        assert not ReminderSettings.objects.exists()

    def test_turns_nothing_on_without_the_word_that_it_is_safe(self, client: Client) -> None:
        page = self.send(client, where="own").content.decode()
        assert "leave reminders off" in page
        assert not ReminderSettings.objects.exists()

    def test_asks_for_the_other_address(self, client: Client) -> None:
        assert "Enter the address" in self.send(client, where="other", safe="on").content.decode()
        page = self.send(client, where="other", safe="on", address="no address").content.decode()
        assert "That is not an e-mail address" in page
        assert "no address" in page

    def test_turns_on_and_off_with_an_audit_row_that_names_no_address(self, client: Client, rosa: User) -> None:
        assert self.send(client, where="own", safe="on").status_code == 302
        chosen = SafeMail.objects.get(user=rosa)
        assert (ReminderSettings.objects.get(user=rosa).is_on, chosen.address, chosen.confirmed_at is not None) == (
            True,
            ROSA.email,
            True,
        )
        assert 'value="own" ' in client.get(reverse("correspondence:reminders")).content.decode()
        assert self.send(client, where="off").status_code == 302
        assert not ReminderSettings.objects.exists()
        assert not SafeMail.objects.exists()
        kinds = list(Event.objects.filter(kind__startswith="reminders").order_by("pk").values_list("kind", "subject"))
        assert kinds == [("reminders.turned_on", ""), ("reminders.turned_off", "")]

    def test_says_that_it_waits_for_the_other_address(self, client: Client) -> None:
        self.send(client, where="other", safe="on", address="quiet@example.com")
        page = client.get(reverse("correspondence:reminders")).content.decode()
        assert "We wait for you" in page
        assert "quiet@example.com" in page

    def test_does_not_send_links_without_end(self, client: Client) -> None:
        answers = [self.send(client, where="other", safe="on", address=f"{n}@example.com") for n in range(6)]
        assert [answer.status_code for answer in answers] == [302] * 5 + [200]
        assert "too many links" in answers[-1].content.decode()

    def test_is_each_persons_own(self, client: Client) -> None:
        self.send(client, where="own", safe="on")
        other = Client()
        other.force_login(make_user(SAM))
        assert ROSA.email not in other.get(reverse("correspondence:reminders")).content.decode()
        assert uuid.UUID(str(ReminderSettings.objects.get().pk))
