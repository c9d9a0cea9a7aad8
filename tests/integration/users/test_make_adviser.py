"""The operator's command that makes an adviser."""

import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from tests.cast import ADA, ROSA
from tests.factories import make_user

pytestmark = pytest.mark.django_db


class TestMakeAdviser:
    def test_adds_a_person_who_then_chooses_a_password(self) -> None:
        out = io.StringIO()
        call_command("make_adviser", ADA.email.upper(), stdout=out)
        assert User.objects.get().email == ADA.email
        assert User.objects.get().is_adviser
        assert out.getvalue().count("\n") == 1
        Client().post(reverse("account_reset_password"), {"email": ADA.email})
        assert "/account/password/reset/key/" in str(mail.outbox[0].body)

    def test_marks_someone_who_is_here_already(self) -> None:
        rosa = make_user(ROSA)
        call_command("make_adviser", f" {ROSA.email.title()} ", stdout=io.StringIO())
        rosa.refresh_from_db()
        assert rosa.is_adviser
        assert rosa.check_password(ROSA.password)
        assert Event.objects.filter(kind="user.made_adviser", actor_id=rosa.pk).count() == 1

    @pytest.mark.parametrize("email", ["nobody", "", "a@b", "x" * 300 + "@example.com"])
    def test_refuses_what_is_no_address_in_one_line(self, email: str) -> None:
        with pytest.raises(CommandError) as refused:
            call_command("make_adviser", email)
        assert "\n" not in str(refused.value)
        assert not User.objects.exists()

    def test_says_when_there_is_nothing_to_do(self) -> None:
        make_user(ADA)
        with pytest.raises(CommandError, match="adviser already"):
            call_command("make_adviser", ADA.email)
