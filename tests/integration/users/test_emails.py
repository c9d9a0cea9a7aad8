"""What is e-mailed says the site's name and nothing else: somebody else may read the mailbox."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from cms_tracker.users import operations
from tests.cast import PAUL, ROSA
from tests.factories import make_case, make_user

FORBIDDEN = re.compile(
    r"maintenance|\bcms\b|\bcsa\b|arrears|child|court|abuse|letter|parent|payment|owed|debt|safety|£|"
    r"direct pay|adviser|1200",
    re.IGNORECASE,
)
TEMPLATES = sorted((settings.BASE_DIR / "templates/account/email").glob("*.txt"), key=str)


def ways_to_be_written_to() -> None:
    rosa = make_user(ROSA)
    make_case(rosa, reference="120000000017", other_parent="Canary Parent", children=["Canary Child"])
    operations.sign_up(PAUL.email)
    for email in [ROSA.email, PAUL.email, "new@example.com"]:
        Client().post(reverse("account_signup"), {"email": email})
    for email in [ROSA.email, PAUL.email, "unknown@example.com"]:
        Client().post(reverse("account_reset_password"), {"email": email})


@pytest.mark.django_db
class TestEveryMessageSent:
    @pytest.fixture(autouse=True)
    def _sent(self) -> None:
        ways_to_be_written_to()
        assert len(mail.outbox) == 6

    def test_has_the_same_bland_subject_and_sender(self) -> None:
        assert {message.subject for message in mail.outbox} == {f"{settings.SITE_NAME}: your sign-in"}
        assert {message.from_email for message in mail.outbox} == {settings.DEFAULT_FROM_EMAIL}

    def test_holds_no_word_of_what_the_site_is_for_and_nothing_of_a_case(self) -> None:
        for message in mail.outbox:
            # Links hold random letters.
            text = re.sub(r"http\S+", "", message.message().as_string())
            assert not FORBIDDEN.search(text), FORBIDDEN.search(text)
            assert "Canary" not in text

    def test_has_links_whose_paths_say_nothing(self) -> None:
        links = [link for message in mail.outbox for link in re.findall(r"http\S+", str(message.body))]
        assert len(links) == 6
        for link in links:
            assert re.match(rf"{settings.SITE_URL}/account/(confirm-email|password/reset|signup)/", link)

    def test_is_plain_text_to_one_person_without_attachments(self) -> None:
        for message in mail.outbox:
            assert not isinstance(message, EmailMultiAlternatives) or not message.alternatives
            assert message.attachments == []
            assert message.message().get_content_type() == "text/plain"
            assert len(message.to) == 1
            assert not message.cc
            assert not message.bcc


class TestEveryTemplate:
    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
    def test_writes_nothing_that_it_is_told_about_a_person(self, path: Path) -> None:
        told = {name: f"canary-{name}" for name in ("user", "email", "ip", "user_agent", "timestamp", "username")}
        text = render_to_string(f"account/email/{path.name}", told | {"site_name": "Family Records"})
        assert "Family Records" in text
        assert "canary" not in text
        assert not FORBIDDEN.search(text)


class TestAMailServerThatFails:
    @pytest.mark.django_db
    def test_changes_nothing_on_the_page(self, settings: object) -> None:
        answer = Client().post(reverse("account_signup"), {"email": "a@example.com"})
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        failed = Client().post(reverse("account_signup"), {"email": "b@example.com"})
        assert (failed.status_code, failed["Location"]) == (answer.status_code, answer["Location"])
