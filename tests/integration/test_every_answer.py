"""The headers of every answer, of every URL: pages, files, redirects, refusals, and what is not there."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.client import ClientHandler

from tests.integration.access_calls import ROUTES, Route, call, path_of, taken_back
from tests.integration.access_world import ANONYMOUS, OTHER_PARENT, OWNER, World

pytestmark = pytest.mark.django_db

ON_ALL = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ON_PAGES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
TELLING = {"Server", "X-Powered-By", "Via", "X-Django", "X-Runtime"}
ELSEWHERE = [
    "/no-such-page/",
    "/static/css/site.css",
    "/static/no-such.css",
    "/%00",
    "/records/not-an-id/",
    "/healthz?q=%ff",
]


def policy(answer: HttpResponse) -> dict[str, str]:
    """The content security policy, by directive."""
    parts = [part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";")]
    return {name: value for name, _, value in parts}


def assert_safe(answer: HttpResponse, *, what: str) -> None:
    """Hold an answer against everything that every answer must carry, and must not."""
    assert {name: answer.get(name) for name in ON_ALL} == ON_ALL, what
    assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}, what
    assert "geolocation=()" in answer["Permissions-Policy"], what
    assert "unsafe" not in answer["Content-Security-Policy"], what
    assert "*" not in answer["Content-Security-Policy"], what
    assert not TELLING & set(answer.headers), what
    found = policy(answer)
    if "sandbox" in found:  # a file to keep: nothing in it may run, or load anything
        assert found["default-src"] == "'none'", what
        assert answer["Content-Disposition"].startswith("attachment"), what
    else:
        assert {name: found.get(name) for name in ON_PAGES} == ON_PAGES, what
    if not what.startswith("/static/"):
        assert answer["Cache-Control"] == "no-store", what
    for cookie in answer.cookies.values():
        assert cookie["samesite"] in {"Lax", "Strict"} or not cookie.value, what
        assert cookie["httponly"] or not cookie.value, what
        assert not cookie["domain"], what
        assert cookie["path"] == "/", what


@pytest.mark.parametrize("route", ROUTES, ids=str)
class TestEveryUrl:
    def test_carries_the_safety_headers_whoever_asks_and_however(self, world: World, route: Route) -> None:
        for who, methods in ((OWNER, ("GET", "POST", "PUT", "OPTIONS")), (OTHER_PARENT, ["GET"]), (ANONYMOUS, ["GET"])):
            client = world.client_of(who)
            for method in methods:
                with taken_back():
                    path = path_of(route, world)
                    assert_safe(call(client, method, path), what=f"{path} {method} by {who}")


class TestEveryOtherAnswer:
    @pytest.mark.parametrize("path", ELSEWHERE)
    def test_carries_them_too(self, client: Client, path: str) -> None:
        answer = client.get(path)
        list(answer.streaming_content if answer.streaming else [])
        assert_safe(answer, what=path)

    def test_carries_them_where_we_failed(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError("a fault of ours")

        client.raise_request_exception = False
        assert client.get("/privacy/").status_code == 200
        monkeypatch.setattr("django.template.backends.django.Template.render", fail)
        monkeypatch.setattr("cms_tracker.pages.errors.render_to_string", lambda *_: "failed")
        answer = client.get("/privacy/")
        assert answer.status_code == 500
        assert_safe(answer, what="500")

    def test_carries_them_where_there_were_too_many_tries(self, client: Client) -> None:
        post = {"login": "nell@example.com", "password": "not-the-password"}
        for _ in range(10):
            client.post("/account/login/", post)
        answer = client.post("/account/login/", post)
        assert answer.status_code == 429
        assert_safe(answer, what="429")

    @override_settings(SECURE_HSTS_SECONDS=63_072_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True)
    @pytest.mark.parametrize("path", ["/", "/no-such-page/", "/account/login/"])
    def test_of_a_server_asks_for_encryption_ever_after(self, path: str) -> None:
        client = Client()
        client.handler = ClientHandler()  # made anew, with these settings
        answer = client.get(path, secure=True)
        assert re.fullmatch(r"max-age=(\d+); includeSubDomains; preload", answer["Strict-Transport-Security"])


class TestACookie:
    def test_of_a_server_is_bound_to_its_host(self) -> None:
        names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.DEVICE_COOKIE_NAME)
        assert names == (
            "session",
            "csrf",
            "device",
        )  # on this machine alone; tests/unit/web/test_settings.py has the rest
