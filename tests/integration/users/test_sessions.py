"""A session begins with a new key and ends everywhere when it should."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from cms_tracker.users.models import Session, User
from cms_tracker.users.session_store import SessionStore
from cms_tracker.users.sessions import KEPT
from tests.cast import ROSA
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


def signed_in() -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": ROSA.email, "password": ROSA.password})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("users:account")).status_code == 200


class TestASession:
    @pytest.fixture(autouse=True)
    def _rosa(self, rosa: User) -> None:
        self.rosa = rosa

    def test_gets_a_new_key_at_sign_in(self) -> None:
        client = Client()
        client.get(reverse("account_login"))
        session = client.session
        session["planted"] = True
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
        client.post(reverse("account_login"), {"login": ROSA.email, "password": ROSA.password})
        assert is_in(client)
        assert client.session.session_key != session.session_key

    def test_ends_at_sign_out_for_the_old_cookie_too(self) -> None:
        client = signed_in()
        copy = Client()
        copy.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        assert is_in(copy)
        answer = client.post(reverse("account_logout"))
        assert answer["Clear-Site-Data"] == '"cache", "storage"'
        assert copy.get(reverse("users:account")).status_code == 302

    def test_ends_elsewhere_and_stays_here_when_the_password_changes(self) -> None:
        here, elsewhere = signed_in(), signed_in()
        post = {"oldpassword": ROSA.password, "password1": "marble-thistle-kettle"}
        here.post(reverse("account_change_password"), post)
        assert is_in(here)
        assert not is_in(elsewhere)

    def test_ends_when_the_user_is_switched_off(self) -> None:
        client = signed_in()
        User.objects.update(is_active=False)
        assert not is_in(client)

    def test_is_kept_in_a_cookie_that_goes_with_the_browser(self) -> None:
        cookie = signed_in().cookies[settings.SESSION_COOKIE_NAME]
        assert cookie["max-age"] == ""
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


class TestADatabaseThatGoesAwayAtTheLastMoment:
    def fails(self, error: type[Exception], *, of: str) -> Any:
        def failing(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.startswith("UPDATE") and Session._meta.db_table in sql:
                raise error(of)
            return execute(sql, params, many, context)

        return connection.execute_wrapper(failing)

    def answer(self, error: type[Exception]) -> Any:
        make_user(ROSA)
        client = signed_in()
        client.raise_request_exception = False
        with self.fails(error, of="the server closed the connection unexpectedly"):
            return client.post(reverse("users:stay"))

    def test_is_told_of_as_what_passes_by_itself(self) -> None:
        assert self.answer(OperationalError).status_code == 503

    def test_is_no_fault_of_who_asked_where_a_row_is_gone(self) -> None:
        assert self.answer(DatabaseError).status_code == 400


class TestTwoRequestsAtOnce:
    @pytest.fixture
    def one(self, rosa: User) -> SessionStore:
        """One of the two, which loads what the session holds before the other one saves."""
        self.client = signed_in()
        one = self.other()
        assert one[KEPT]
        return one

    def other(self) -> SessionStore:
        return SessionStore(self.client.cookies[settings.SESSION_COOKIE_NAME].value)

    def test_keep_what_each_of_them_added(self, one: SessionStore) -> None:
        two = self.other()
        two["drafts"] = {"letter": {"words": "short again"}}
        two.save()
        one["drafts"] = {"payment": {"amount": "12"}}
        one.save()
        one["seen"] = True
        one.save()
        assert self.other()["drafts"] == {"letter": {"words": "short again"}, "payment": {"amount": "12"}}
        assert self.other()["seen"]
        assert is_in(self.client)

    def test_do_not_bring_back_what_one_of_them_dropped(self, one: SessionStore) -> None:
        one["drafts"] = {"letter": {}}
        one.save()
        late, two = self.other(), self.other()
        assert late["drafts"]
        two["drafts"] = {}
        two.save()
        late["seen"] = True
        late.save()
        assert self.other()["drafts"] == {}

    def test_do_not_bring_back_a_session_that_was_ended(self, one: SessionStore) -> None:
        self.client.post(reverse("account_logout"))
        one["drafts"] = {"letter": {}}
        with pytest.raises(UpdateError):
            one.save()
        assert not Session.objects.exists()

    def test_keep_everything_under_a_new_key(self, one: SessionStore) -> None:
        one["drafts"] = {"letter": {}}
        one.cycle_key()
        one.save()
        kept = SessionStore(one.session_key)
        assert kept["drafts"] == {"letter": {}}
        assert kept[KEPT]
        assert not self.other().exists(self.client.cookies[settings.SESSION_COOKIE_NAME].value)

    def test_cost_no_more_than_one(
        self, one: SessionStore, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
    ) -> None:
        one["seen"] = True
        with django_assert_num_queries(3):  # the row, within a savepoint
            one.save()
