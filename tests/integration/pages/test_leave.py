"""Leaving: the session ends, the page is blank, and nothing but the button does it."""

from typing import Any

import pytest
from django.conf import settings
from django.db import InternalError, OperationalError, ProgrammingError, connection
from django.test import Client
from django.urls import reverse

from cms_tracker.pages import leaving
from cms_tracker.sealed.ring import CannotOpenError
from tests.cast import ROSA
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LEAVE = "/leave/"
ACCOUNT = "/account/"


@pytest.fixture
def client() -> Client:
    """Signed in as Rosa, in a browser that checks form tokens."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(ROSA))
    return client


def is_in(client: Client) -> bool:
    client.cookies.pop(leaving.MARK, None)
    return client.get(ACCOUNT).status_code == 200


class TestThePageThatFollows:
    def test_has_no_words_of_ours_and_moves_on(self, client: Client) -> None:
        page = client.post(LEAVE).content.decode()
        assert settings.SITE_NAME not in page
        assert "<body></body>" in page
        assert "<title>One moment</title>" in page
        assert f'http-equiv="refresh" content="0; url={settings.EXIT_URL}"' in page
        assert "static" not in page

    def test_is_not_kept_and_clears_what_is(self, client: Client) -> None:
        answer = client.post(LEAVE)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert answer["Clear-Site-Data"] == '"cache", "storage"'
        assert answer.cookies[settings.CSRF_COOKIE_NAME]["max-age"] == 0


class TestPressingTheButton:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "same-origin"},
            {"Sec-Fetch-Site": "none"},
            {"Origin": "http://testserver"},
            {"Origin": "null"},
            {},
        ],
    )
    def test_ends_the_session_without_any_form_token(self, client: Client, headers: dict[str, str]) -> None:
        old = client.cookies[settings.SESSION_COOKIE_NAME].value
        client.post(LEAVE, headers=headers)
        assert not is_in(client)
        client.cookies[settings.SESSION_COOKIE_NAME] = old
        assert not is_in(client)

    def test_ends_the_session_with_a_token_that_is_too_old(self, client: Client) -> None:
        client.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32
        client.post(LEAVE, {"csrfmiddlewaretoken": "y" * 64})
        assert not is_in(client)

    def test_works_for_somebody_who_is_not_signed_in(self) -> None:
        assert Client().post(LEAVE).status_code == 200

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "http://evil.example"},
            {"Origin": "http://testserver.evil.example"},
        ],
    )
    def test_does_nothing_from_another_site(self, client: Client, headers: dict[str, str]) -> None:
        assert client.post(LEAVE, headers=headers).status_code == 403
        assert is_in(client)


class TestAFailureWhileLeaving:
    @pytest.mark.parametrize("asked_of", ["users_session", "users_user"])
    @pytest.mark.parametrize("error", [OperationalError, ProgrammingError, InternalError, CannotOpenError, ValueError])
    def test_keeps_nobody_on_the_page_and_leaves_no_cookie(
        self, client: Client, asked_of: str, error: type[Exception]
    ) -> None:
        failed = []

        def fails(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if asked_of not in sql:
                return execute(sql, params, many, context)
            failed.append(sql)
            raise error("what the database says")

        client.raise_request_exception = False
        client.cookies[settings.DEVICE_COOKIE_NAME] = "of a browser that is known"
        with connection.execute_wrapper(fails):
            answer = client.post(LEAVE)

        assert failed
        assert (answer.status_code, "<body></body>" in answer.content.decode()) == (200, True)
        assert answer["Clear-Site-Data"] == '"cache", "storage"'
        for name in (settings.SESSION_COOKIE_NAME, settings.DEVICE_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
            assert answer.cookies[name]["max-age"] == 0, name
        assert answer.cookies[leaving.MARK].value
        assert not is_in(client)

    def test_is_told_to_whoever_runs_the_site(self, client: Client, caplog: pytest.LogCaptureFixture) -> None:
        def fails(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            raise ProgrammingError

        client.raise_request_exception = False
        with connection.execute_wrapper(fails):
            client.post(LEAVE)

        assert [one.levelname for one in caplog.records if one.message.startswith("leaving failed")] == ["ERROR"]


class TestAskingForThePage:
    def test_changes_nothing(self, client: Client) -> None:
        answer = client.get(LEAVE)
        assert "Clear-Site-Data" not in answer
        assert leaving.MARK not in answer.cookies
        assert is_in(client)


class TestGoingBack:
    @pytest.fixture
    def left(self, client: Client) -> Client:
        """A browser that has just left."""
        client.post(LEAVE)
        return client

    @pytest.mark.parametrize("path", ["/", "/account/login/", "/safety/", "/records/", "/nowhere/", LEAVE])
    def test_shows_a_page_with_no_words_of_ours(self, left: Client, path: str) -> None:
        page = left.get(path).content.decode()
        assert "Go on" in page
        assert settings.SITE_NAME not in page
        assert "Sign in" not in page

    def test_is_over_when_somebody_presses_go_on(self, left: Client) -> None:
        assert left.post(LEAVE, {"again": "1"})["Location"] == "/"
        assert "Start a record" in left.get("/").content.decode()

    def test_still_lets_styles_and_the_health_check_through(self, left: Client) -> None:
        assert left.head("/static/css/site.css")["Content-Type"].startswith("text/css")
        assert left.get("/healthz").content == b"ok\n"


class TestTheButtonItself:
    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/", 200),
            ("/safety/", 200),
            ("/privacy/", 200),
            ("/sources/", 200),
            ("/plan/", 200),
            (reverse("account_login"), 200),
            (reverse("account_signup"), 200),
            (reverse("account_reset_password"), 200),
            ("/nowhere/", 404),
            ("/%00", 400),
            ("/account/confirm-email/no-such-key/", 200),
        ],
    )
    def test_is_on_every_page_also_on_those_about_mistakes(self, path: str, status: int) -> None:
        answer = Client().get(path)
        assert answer.status_code == status
        page = answer.content.decode()
        assert f'<form method="post" action="{LEAVE}" data-leave="{settings.EXIT_URL}">' in page
        assert 'href="#leave-button">Skip to Leave this page' in page
        assert f"- {settings.SITE_NAME}</title>" in page

    def test_is_on_the_page_for_a_form_that_was_open_too_long(self) -> None:
        answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a"})
        assert answer.status_code == 403
        assert "data-leave" in answer.content.decode()
        assert "open too long" in answer.content.decode()

    def test_is_on_the_page_for_a_fault_of_ours(self) -> None:
        from cms_tracker.pages import errors

        page = errors.failed(Client().get("/").wsgi_request).content.decode()
        assert "data-leave" in page
        assert "our side" in page
