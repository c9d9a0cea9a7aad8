"""Anybody can complain about the site, and read the answer, without anything being sent or told."""

import datetime as dt
import io
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cms_tracker.rights.models import Complaint
from tests.cast import ROSA, SAM
from tests.factories import make_user
from tests.masking import bare

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def complain(client: Client, said: str = "Canary fault") -> tuple[str, str]:
    """Send a complaint; the reference and the code that the page shows."""
    with time_machine.travel(NOON, tick=False):
        page = client.post(reverse("rights:complain"), {"said": said}).content.decode()
    reference, code = re.findall(r"<output>([^<]+)</output>", page)
    return reference, code


def answered(reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("We are sorry, and have mended it."))
    call_command("complaints", "answer", reference, by="Jo", stdout=io.StringIO())


def read(client: Client, reference: str, code: str) -> Any:
    return client.post(reverse("rights:answer"), {"reference": reference, "code": code})


class TestAComplaint:
    def test_needs_no_sign_in_and_says_at_once_that_it_came(self, client: Client) -> None:
        reference, code = complain(client)
        kept = Complaint.objects.get()
        assert (kept.reference, kept.user, kept.said) == (reference, None, "Canary fault")
        assert kept.made_at == NOON
        assert kept.reply_by == dt.date(2026, 12, 20)
        assert code not in str(Complaint.objects.values())

    def test_is_answered_by_a_command_and_read_with_the_code(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reference, code = complain(client)
        waiting = io.StringIO()
        call_command("complaints", "list", stdout=waiting)
        assert reference in waiting.getvalue()
        assert "not answered yet" in read(client, reference, code).content.decode()
        answered(reference, monkeypatch)
        assert "have mended it" in read(client, reference.lower(), code.lower()).content.decode()
        with pytest.raises(CommandError, match="answered already"):
            answered(reference, monkeypatch)

    def test_is_found_by_who_was_signed_in_and_by_nobody_else(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rosa = make_user(ROSA)
        client.force_login(rosa)
        reference, _ = complain(client)
        answered(reference, monkeypatch)
        client.force_login(rosa)  # days later
        assert "have mended it" in client.get(reverse("rights:complain")).content.decode()
        sam = Client()
        sam.force_login(make_user(SAM))
        assert "Canary" not in sam.get(reverse("rights:complain")).content.decode()

    def test_is_not_told_apart_from_one_that_never_was(self, client: Client) -> None:
        reference, code = complain(client)
        tries = [(reference, "AAAAA-AAAAA"), ("C-NEVER", code), ("C-NEVER", "AAAAA-AAAAA")]
        answers = {bare(read(client, *one), but_for=one) for one in tries}
        assert len(answers) == 1

    def test_is_answered_without_a_message_to_anybody(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        client.force_login(make_user(ROSA))
        answered(complain(client)[0], monkeypatch)
        assert mail.outbox == []

    def test_is_throttled(self, client: Client) -> None:
        sent = {"said": "x"}
        assert [client.post(reverse("rights:complain"), sent).status_code for _ in range(6)] == [200] * 5 + [429]

    def test_sent_twice_is_kept_once(self, client: Client) -> None:
        sent = {"said": "x", "entry": "7f0c1d7e-6d3f-4f60-9a50-2b3a3d1a9c11"}
        first, again = (client.post(reverse("rights:complain"), sent).content.decode() for _ in range(2))
        assert "We have your complaint" in first
        assert "We have this already" in again
        assert Complaint.objects.count() == 1

    @pytest.mark.parametrize("said", ["", "x" * 4001])
    def test_without_words_or_with_too_many_is_refused(self, client: Client, said: str) -> None:
        answer = client.post(reverse("rights:complain"), {"said": said})
        assert answer.context["form"].errors["said"]
        assert not Complaint.objects.exists()
