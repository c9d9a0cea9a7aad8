"""Real answers of the whole stack: their headers, and refusals that are never a crash."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

REQUIRED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PATHS = ["/healthz", "/", "/no-such-page/", "/static/css/site.css", "/healthz?q=%00"]


class TestEveryAnswer:
    @pytest.mark.parametrize("path", PATHS)
    def test_carries_the_safety_headers(self, client: Client, path: str) -> None:
        response = client.get(path)
        response.close()
        headers = response.headers

        assert {name: headers.get(name) for name in REQUIRED} == REQUIRED
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "geolocation=()" in headers["Permissions-Policy"]

    @pytest.mark.parametrize("path", [path for path in PATHS if "static" not in path])
    def test_may_not_be_kept_unless_it_is_static(self, client: Client, path: str) -> None:
        assert client.get(path).headers["Cache-Control"] == "no-store"


class TestHealth:
    def test_is_ok_while_the_database_answers(self, client: Client) -> None:
        response = client.get("/healthz")

        assert (response.status_code, response.content) == (200, b"ok\n")

    def test_cannot_be_posted_to(self, client: Client) -> None:
        assert client.post("/healthz").status_code == 405


class TestBadInput:
    @pytest.mark.parametrize("query", ["q=%00", "q=%ff", "&".join(f"f{n}=1" for n in range(1001))])
    def test_is_answered_400(self, client: Client, query: str) -> None:
        assert client.get("/healthz").status_code == 200

        assert client.get(f"/healthz?{query}").status_code == 400
