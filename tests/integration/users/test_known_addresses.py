"""Nothing that can be seen from outside tells whether an address is known here."""

import itertools
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cms_tracker.audit.models import Event
from cms_tracker.users import operations
from cms_tracker.users.models import User
from tests.cast import ROSA, SAM
from tests.factories import make_user
from tests.masking import bare

pytestmark = pytest.mark.django_db

# All of one length, so that the address itself makes no difference to compare.
KNOWN, UNCONFIRMED, GONE, UNKNOWN = "rosa@example.com", "paul@example.com", "adam@example.com", "nell@example.com"
PASSWORD = ROSA.password
ASKED = [KNOWN, UNCONFIRMED, GONE, UNKNOWN]


class Counting(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    algorithm = "md5"
    count = 0

    def encode(self, password: str, salt: str) -> str:
        """Hash and count."""
        Counting.count += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def _people(settings: object) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    make_user(ROSA)
    operations.sign_up(UNCONFIRMED)
    # None is kept before the address is confirmed; if one ever were, it would still not let anybody in.
    User.objects.filter(email=UNCONFIRMED).update(password=make_password(PASSWORD))
    gone = User.objects.create_user(GONE, PASSWORD)
    EmailAddress.objects.create(user=gone, email=GONE, verified=True, primary=True)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    mail.outbox.clear()


def sign_up(email: str) -> HttpResponse:
    return Client().post(reverse("account_signup"), {"email": email}, follow=True)


def sign_in(email: str, password: str = "not-the-password") -> HttpResponse:
    return Client().post(reverse("account_login"), {"login": email, "password": password})


def ask_for_new_password(email: str) -> HttpResponse:
    return Client().post(reverse("account_reset_password"), {"email": email}, follow=True)


def hashes(act: object, *args: str) -> int:
    Counting.count = 0
    act(*args)
    return Counting.count


class TestSigningUp:
    def test_answers_every_address_alike(self) -> None:
        answers = {bare(sign_up(email), but_for=[email]) for email in ASKED}
        assert len(answers) == 1

    def test_answers_a_second_asking_like_the_first(self) -> None:
        assert bare(sign_up(UNKNOWN)) == bare(sign_up(UNKNOWN))

    def test_answers_alike_to_a_password_that_nobody_asked_for(self) -> None:
        post = {"password1": "short"}
        answers = {
            bare(Client().post(reverse("account_signup"), post | {"email": email}), but_for=[email]) for email in ASKED
        }
        assert len(answers) == 1
        assert next(iter(answers))[0] == 302

    def test_sends_one_message_whoever_asks(self) -> None:
        for email in ASKED:
            sign_up(email)
            assert [message.to for message in mail.outbox] == [[email]]
            mail.outbox.clear()

    def test_hashes_nothing_and_writes_one_audit_row_whoever_asks(self) -> None:
        before = Event.objects.count()
        assert [hashes(sign_up, email) for email in ASKED] == [0, 0, 0, 0]
        assert Event.objects.count() == before + 4

    def test_leaves_the_password_of_a_known_address_as_it_was(self) -> None:
        sign_up(KNOWN)
        assert User.objects.get(email=KNOWN).check_password(PASSWORD)

    def test_knows_an_address_in_capital_letters(self) -> None:
        sign_up(KNOWN.upper())
        assert User.objects.filter(email__iexact=KNOWN).count() == 1


class TestSigningIn:
    def test_answers_a_wrong_password_and_an_unknown_address_alike(self) -> None:
        answers = {bare(sign_in(email), but_for=[email]) for email in ASKED}
        assert len(answers) == 1

    @pytest.mark.parametrize("email", [UNCONFIRMED, GONE])
    def test_answers_the_right_password_like_a_wrong_one_without_a_confirmed_address(self, email: str) -> None:
        # Otherwise: sign up with someone's address and one's own password, then try to sign in with it.
        assert bare(sign_in(email, PASSWORD), but_for=[email]) == bare(sign_in(UNKNOWN, PASSWORD), but_for=[UNKNOWN])

    def test_lets_the_right_person_in(self) -> None:
        assert sign_in(KNOWN, PASSWORD).status_code == 302
        assert sign_in(KNOWN.upper(), PASSWORD).status_code == 302

    def test_hashes_once_whatever_is_tried(self) -> None:
        tries = itertools.product(ASKED, [PASSWORD, "not-the-password"])
        assert {hashes(sign_in, email, password) for email, password in tries} == {1}

    @pytest.mark.parametrize("email", ASKED)
    def test_stops_after_ten_wrong_tries_whoever_is_meant(self, email: str) -> None:
        first = [bare(sign_in(email), but_for=[email]) for _ in range(10)]
        assert len(set(first)) == 1
        assert b"too many tries" in sign_in(email).content

    @pytest.mark.parametrize("email", [UNCONFIRMED, GONE])
    def test_counts_a_right_password_without_a_confirmed_address_as_a_wrong_one(self, email: str) -> None:
        for _ in range(10):
            sign_in(email, PASSWORD)
        assert b"too many tries" in sign_in(email, PASSWORD).content

    def test_does_not_let_one_person_lock_another_out(self) -> None:
        for _ in range(11):
            sign_in(KNOWN)
        elsewhere = Client(REMOTE_ADDR="192.0.2.7")
        post = {"login": KNOWN, "password": PASSWORD}
        assert elsewhere.post(reverse("account_login"), post).status_code == 302


class TestAskingForANewPassword:
    def test_answers_every_address_alike(self) -> None:
        answers = {bare(ask_for_new_password(email), but_for=[email]) for email in ASKED}
        assert len(answers) == 1

    def test_sends_one_message_whoever_asks(self) -> None:
        for email in ASKED:
            ask_for_new_password(email)
            assert [message.to for message in mail.outbox] == [[email]]
            mail.outbox.clear()


class TestAskingTooOften:
    """A message that was asked for too often is not sent, and nothing on the page says so."""

    @pytest.mark.parametrize("ask", [sign_up, ask_for_new_password])
    def test_is_answered_as_ever(self, ask: Callable[[str], HttpResponse]) -> None:
        answers = {bare(ask(KNOWN)) for _ in range(8)}
        assert len(answers) == 1
        assert len(mail.outbox) == 5

    @pytest.mark.parametrize("ask", ["account_signup", "account_reset_password"])
    @pytest.mark.parametrize("email", ASKED)
    def test_elsewhere_keeps_no_mail_from_the_mailbox(self, ask: str, email: str) -> None:
        for place in range(12):
            Client(REMOTE_ADDR=f"192.0.2.{place % 3}").post(reverse(ask), {"email": email})
        mail.outbox.clear()
        answer = Client(REMOTE_ADDR="198.51.100.7").post(reverse(ask), {"email": email})
        assert answer.status_code == 302
        assert [message.to for message in mail.outbox] == [[email]]

    def test_for_many_addresses_from_one_place_is_answered_as_ever(self) -> None:
        answers = {bare(ask_for_new_password(f"nell{number:02}@example.com")) for number in range(22)}
        assert len(answers) == 1
        assert len(mail.outbox) == 20


class TestStayingOut:
    def test_two_sign_ups_with_one_address_make_one_user(self) -> None:
        first = operations.sign_up(SAM.email)
        assert first is not None
        assert operations.sign_up(SAM.email) == first
        assert User.objects.filter(email=SAM.email).count() == 1

    def test_two_presses_on_one_link_set_the_first_password(self) -> None:
        user = operations.sign_up(SAM.email)
        assert user is not None
        assert operations.confirm_address(user, password=PASSWORD)
        assert not operations.confirm_address(user, password="not-the-password")
        assert User.objects.get(email=SAM.email).check_password(PASSWORD)
