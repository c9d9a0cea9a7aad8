"""The same work for every address: how long an answer takes tells no more than what it says.

The time itself is measured by `manage.py bench timing`; this is what makes it equal.
"""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases import operations as cases
from cases.core.roles import Role
from cms_tracker.users.models import User
from tests.cast import ADA, SAM
from tests.factories import make_case, make_user
from tests.integration.users.test_known_addresses import (
    ASKED,
    KNOWN,
    PASSWORD,
    UNCONFIRMED,
    Counting,
    _people,  # noqa: F401 - every test here has them
    ask_for_new_password,
    sign_in,
    sign_up,
)
from tests.masking import bare

pytestmark = pytest.mark.django_db

Ask = Callable[[str], HttpResponse]
ASKS = [sign_in, sign_up, ask_for_new_password]


def statements(act: Callable[[], object]) -> list[str]:
    """The first word of each statement, like SELECT; savepoints stand for the commits."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return [one["sql"].split(maxsplit=1)[0] for one in asked]


def done(act: Callable[[], object]) -> tuple[int, int, int, int]:
    """Statements, those that write, hashes and messages."""
    Counting.count, before = 0, len(mail.outbox)
    asked = statements(act)
    writes = [word for word in asked if word in {"INSERT", "UPDATE", "DELETE"}]
    return len(asked), len(writes), Counting.count, len(mail.outbox) - before


class TestTheWork:
    @pytest.mark.parametrize("ask", ASKS)
    def test_is_the_same_for_every_address(self, ask: Ask) -> None:
        ask("someone@example.com")  # what the first request of a process does once
        assert len({done(lambda email=email: ask(email)) for email in ASKED}) == 1

    @pytest.mark.parametrize("ask", ASKS)
    def test_is_the_same_with_a_device_that_somebody_knows(self, ask: Ask) -> None:
        client = Client()
        client.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD})
        client.cookies.pop("session")
        ways = {
            "sign_in": ("account_login", "login"),
            "sign_up": ("account_signup", "email"),
            "ask_for_new_password": ("account_reset_password", "email"),
        }
        name, field = ways[ask.__name__]
        others = [email for email in ASKED if email != KNOWN]
        work = {
            done(lambda email=email: client.post(reverse(name), {field: email, "password": "not-the-password"}))
            for email in others
        }
        assert len(work) == 1

    def test_of_the_right_password_without_a_confirmed_address_is_that_of_a_wrong_one(self) -> None:
        assert done(lambda: sign_in(UNCONFIRMED, PASSWORD)) == done(lambda: sign_in(UNCONFIRMED))

    def test_of_a_known_address_writes_to_nobody_else(self) -> None:
        ask_for_new_password(KNOWN.upper())
        assert mail.outbox[-1].to == [KNOWN]

    @pytest.mark.parametrize("ask", ASKS)
    def test_answers_with_the_same_headers_cookies_and_length(self, ask: Ask) -> None:
        lengths = {len(ask(email).content.replace(email.encode(), b"")) for email in ASKED}
        assert len(lengths) == 1
        assert len({bare(ask(email), but_for=[email]) for email in ASKED}) == 1


class TestACodeThatDoesNotWork:
    """A code that is used, withdrawn, too old, an adviser's, or that never was."""

    def test_takes_the_same_work_and_gets_the_same_answer(self) -> None:
        rosa, sam, at = User.objects.get(email=KNOWN), make_user(SAM), timezone.now()
        make_user(ADA)
        case = make_case(rosa)
        codes = [
            cases.make_invitation(actor=rosa, case=case, role=role, label="One", at=at)
            for role in (Role.ADVISER, Role.HELPER)
        ]
        invitation = case.invitations.get(role=Role.HELPER)
        cases.withdraw_invitation(actor=rosa, case=case, invitation_id=invitation.pk, at=at)
        client = Client()
        client.force_login(sam)
        client.get(reverse("cases:join"))
        answers, work = [], []
        for code in [*codes, re.sub("[A-Z2-9]", "7", codes[0])]:
            with CaptureQueriesContext(connection) as asked:
                answers.append(bare(client.post(reverse("cases:join"), {"code": code}), but_for=[code]))
            work.append([one["sql"].split(maxsplit=1)[0] for one in asked])
        assert answers[0] == answers[1] == answers[2]
        assert work[0] == work[1] == work[2]
