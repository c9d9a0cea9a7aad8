"""Which passwords are taken: long ones, of any letters, that nobody would guess here."""

import pytest
from django.test import Client
from django.urls import reverse

from cms_tracker import settings as product
from cms_tracker.users import links, operations
from cms_tracker.users.models import User

pytestmark = pytest.mark.django_db


def link() -> str:
    """Sign up, and give the address of the page that the e-mailed link opens."""
    user = operations.sign_up("new@example.com")
    assert user
    return reverse("account_confirm_email", args=[links.key_for(user)])


def choose(password: str) -> str:
    """Choose a password there; give what the page says against it."""
    answer = Client().post(link(), {"password1": password})
    return "" if answer.status_code == 302 else answer.content.decode()


class TestAPassword:
    @pytest.mark.parametrize(
        "password",
        [
            "violet-harbour-lantern",
            "пароль из трёх слов",
            "twelve chars",
            "marble-9 " * 100,
            "7h-92-k3-55-0z",
            "   spaces at both ends   ",
        ],
    )
    def test_is_taken_whole_whatever_its_letters(self, password: str) -> None:
        assert choose(password) == ""
        user = User.objects.get(email="new@example.com")
        assert user.check_password(password)
        assert not user.check_password(password[:-1])

    @pytest.mark.parametrize(
        ("password", "reason"),
        [
            ("eleven char", "too short"),
            ("password123456789", "easy to guess"),
            ("childmaintenance2026", "easy to guess"),
            ("Family-Records-1", "easy to guess"),
            ("CMS arrears 12", "easy to guess"),
            ("qwertyuiop123", "too common"),
            ("new@example.com", "too similar"),
            ("123456789012", "easy to guess"),
            ("aaaaaaaaaaaaaaa", "easy to guess"),
            ("", "Enter a password"),
            ("ab-" * 334, "at most 1000 characters"),
        ],
    )
    def test_is_refused_with_a_reason(self, password: str, reason: str) -> None:
        assert reason in choose(password)
        assert not User.objects.get().has_usable_password()

    def test_is_never_sent_back(self) -> None:
        assert "short-one" not in choose("short-one")

    def test_is_kept_as_argon2(self) -> None:
        assert product.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]

    def test_can_be_filled_in_by_a_password_manager_and_pasted(self) -> None:
        page = Client().get(link()).content.decode()
        assert 'autocomplete="new-password"' in page
        assert 'autocomplete="email"' in Client().get(reverse("account_signup")).content.decode()
        assert "onpaste" not in page
        assert 'type="password" name="password1" maxlength' not in page
        assert 'autocomplete="current-password"' in Client().get(reverse("account_login")).content.decode()
