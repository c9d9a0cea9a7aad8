"""The one way out for e-mail: only where it is safe, and without a word too many in its headers."""

import uuid
from email.message import Message
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage

from cms_tracker.web.mail import NotSafeError, Recipient, deliver


def sent() -> Message:
    [message] = django_mail.outbox
    assert isinstance(message, EmailMessage)
    return message.message()


class TestDeliver:
    @pytest.mark.parametrize(
        "known", [{}, {"is_confirmed": True}, {"is_safe": True}], ids=["nothing", "confirmed only", "safe only"]
    )
    def test_refuses_an_address_that_nobody_called_safe(self, known: dict[str, Any]) -> None:
        with pytest.raises(NotSafeError):
            deliver(Recipient(address="a@example.com", **known), subject="Hello", body="Hello")
        assert django_mail.outbox == []

    def test_writes_to_one_that_is_confirmed_and_safe(self) -> None:
        key = uuid.uuid4()
        to = Recipient(address="a@example.com", is_confirmed=True, is_safe=True)
        deliver(to, subject="Hello", body="Hello", message_id=key)
        assert sent()["To"] == "a@example.com"
        assert sent()["Message-ID"].startswith(f"<{key}@")

    def test_answers_what_was_just_asked_for(self) -> None:
        deliver(Recipient(address="a@example.com", asked_now=True), subject="Hello", body="Hello")
        assert sent()["Auto-Submitted"] == "auto-generated"

    def test_does_not_name_this_machine(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("django.core.mail.message.DNS_NAME", "canary-host")
        settings.DEFAULT_FROM_EMAIL = "Family Records <no-reply@example.org>"
        deliver(Recipient(address="a@example.com", asked_now=True), subject="Hello", body="Hello")
        assert "canary-host" not in sent().as_string()
        assert sent()["Message-ID"].endswith("@example.org>")
        assert sorted(sent().keys()) == sorted(
            {
                "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
                "Content-Type", "MIME-Version", "Content-Transfer-Encoding",
            }
        )  # fmt: skip

    def test_takes_no_header_from_a_subject(self) -> None:
        deliver(Recipient(address="a@example.com", asked_now=True), subject="Hello\r\nBcc: b@example.com", body="Hello")
        assert sent()["Bcc"] is None
        assert sent()["Subject"] == "Hello Bcc: b@example.com"
