"""The one way out for e-mail: only where it is safe, and without a word too many in its headers."""

import datetime as dt
import uuid
from email.message import Message
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage

from cms_tracker.users import operations as users
from cms_tracker.users.models import User
from cms_tracker.web.mail import Asked, NotSafeError, Person, deliver
from tests.cast import ROSA
from tests.factories import make_user

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def sent() -> Message:
    [message] = django_mail.outbox
    assert isinstance(message, EmailMessage)
    return message.message()


@pytest.fixture
def rosa(db: None) -> User:
    return make_user(ROSA)


@pytest.mark.django_db
class TestDeliver:
    def test_refuses_somebody_who_never_said_where_it_is_safe(self, rosa: User) -> None:
        with pytest.raises(NotSafeError):
            deliver(Person(rosa.pk), subject="Hello", body="Hello")
        assert django_mail.outbox == []

    def test_refuses_an_address_until_its_reader_has_confirmed_it(self, rosa: User) -> None:
        key = users.allow_mail(actor=rosa, address="quiet@example.com", at=NOON)
        assert key is not None
        with pytest.raises(NotSafeError):
            deliver(Person(rosa.pk), subject="Hello", body="Hello")
        assert not users.confirm_mail(key, at=NOON + users.MAIL_KEY_LASTS)
        assert users.confirm_mail(key, at=NOON)
        assert not users.confirm_mail(key, at=NOON)
        deliver(Person(rosa.pk), subject="Hello", body="Hello")
        assert sent()["To"] == "quiet@example.com"

    def test_writes_to_the_address_of_the_sign_in_that_was_called_safe(self, rosa: User) -> None:
        key = uuid.uuid4()
        assert users.allow_mail(actor=rosa, address=ROSA.email.upper(), at=NOON) is None
        deliver(Person(rosa.pk), subject="Hello", body="Hello", message_id=key)
        assert sent()["To"] == ROSA.email
        assert sent()["Message-ID"].startswith(f"<{key}@")

    @pytest.mark.parametrize("change", ["taken back", "left", "closed", "unknown"])
    def test_reads_what_holds_at_this_moment(self, rosa: User, change: str) -> None:
        """Security requirement 18: what a caller knew a moment ago does not count, and an old address gets nothing."""
        users.allow_mail(actor=rosa, address=ROSA.email, at=NOON)
        person = Person(rosa.pk if change != "unknown" else uuid.uuid4())
        if change == "taken back":
            users.forbid_mail(actor=rosa)
        elif change == "left":
            User.objects.filter(pk=rosa.pk).update(email="elsewhere@example.com")
        elif change == "closed":
            User.objects.filter(pk=rosa.pk).update(is_active=False)
        with pytest.raises(NotSafeError):
            deliver(person, subject="Hello", body="Hello")
        assert django_mail.outbox == []

    def test_of_a_change_tells_the_old_address_nothing(self, rosa: User) -> None:
        users.allow_mail(actor=rosa, address=ROSA.email, at=NOON)
        users.allow_mail(actor=rosa, address="quiet@example.com", at=NOON)
        users.forbid_mail(actor=rosa)
        assert django_mail.outbox == []

    def test_answers_what_was_just_asked_for(self) -> None:
        deliver(Asked("a@example.com"), subject="Hello", body="Hello")
        assert sent()["Auto-Submitted"] == "auto-generated"

    def test_does_not_name_this_machine(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("django.core.mail.message.DNS_NAME", "canary-host")
        settings.DEFAULT_FROM_EMAIL = "Family Records <no-reply@example.org>"
        deliver(Asked("a@example.com"), subject="Hello", body="Hello")
        assert "canary-host" not in sent().as_string()
        assert sent()["Message-ID"].endswith("@example.org>")
        assert sorted(sent().keys()) == sorted(
            {
                "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
                "Content-Type", "MIME-Version", "Content-Transfer-Encoding",
            }
        )  # fmt: skip

    def test_takes_no_header_from_a_subject(self) -> None:
        deliver(Asked("a@example.com"), subject="Hello\r\nBcc: b@example.com", body="Hello")
        assert sent()["Bcc"] is None
        assert sent()["Subject"] == "Hello Bcc: b@example.com"
