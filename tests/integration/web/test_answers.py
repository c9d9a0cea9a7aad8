"""Real answers of the whole stack: their headers, and refusals that are never a crash."""

import io
import logging
import re
import sys
import time
from collections.abc import Iterator
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.test import Client

from cms_tracker.web import handler

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


def answer_to(method: str, content_type: str, *, query: str = "", body: bytes = b"") -> tuple[int, dict[str, str]]:
    """The status and the headers that a web server gets from the product, without Django's test client.

    The client makes its requests itself, with Django's class instead of ours.
    """
    environ: dict[str, Any] = {"REMOTE_ADDR": "127.0.0.1", "PATH_INFO": "/account/login/", "QUERY_STRING": query}
    setup_testing_defaults(environ)
    environ |= {"REQUEST_METHOD": method, "CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body))}
    environ["wsgi.input"] = io.BytesIO(body)
    started: list[tuple[str, list[tuple[str, str]]]] = []
    response = handler.Handler()(environ, lambda status, headers, *_: started.append((status, headers)))
    response.close()
    ((status, headers),) = started
    return int(status.partition(" ")[0]), dict(headers)


class TestACharset:
    """What a request says its own bytes are; only UTF-8 is taken, before anything is decoded."""

    @pytest.mark.parametrize("named", ["; charset=utf-8", "; charset=UTF-8", '; charset="utf-8"', ""])
    def test_of_utf_8_is_taken_however_it_is_written(self, client: Client, named: str) -> None:
        kind = f"application/x-www-form-urlencoded{named}"
        assert answer_to("GET", kind, query="q=1")[0] == 200
        answer = client.post("/account/login/", "login=%C3%A9@example.com", content_type=kind)
        assert "é@example.com" in answer.content.decode()

    @pytest.mark.parametrize(
        "charset",
        ["punycode", "PUNYCODE", "hex", "rot13", "idna", "undefined", "unicode_escape", "utf-16", "latin-1", "none",
         "utf-8-sig", "", '"utf-8"x'],
    )  # fmt: skip
    @pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "a/b"])
    def test_of_any_other_name_is_answered_400(self, kind: str, charset: str) -> None:
        body = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n\\ud800\r\n--x--\r\n'
        for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS"):
            status, headers = answer_to(method, f"{kind}; charset={charset}", query="next=\\ud800%41", body=body)
            assert status == 400
            assert headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        "named",
        ["charset*=utf-8''punycode", "charset*=hex''41", "charset*0=puny; charset*1=code", "x*=bogus''a"],
    )
    def test_in_pieces_or_encoded_is_answered_400(self, named: str) -> None:
        assert answer_to("POST", f"a/b; {named}", body=b"login=a")[0] == 400

    def test_that_is_slow_to_decode_is_not_decoded(self) -> None:
        body = b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\n' + b"a-b" * 200_000 + b"\r\n--x--\r\n"
        began = time.process_time()
        assert answer_to("POST", "multipart/form-data; boundary=x; charset=punycode", body=body)[0] == 400
        assert time.process_time() - began < 2  # decoding it takes ten and more


class TestAPartOfAForm:
    """It names a charset of its own, for its name: half a character must not come of it."""

    @pytest.mark.parametrize(
        "named",
        ["name*=unicode_escape''%5Cud800", "name=p; filename*=unicode_escape''%5Cud800.png", "name*=bogus''x"],
    )
    def test_whose_name_is_no_text_is_never_a_crash(self, named: str) -> None:
        body = f"--x\r\nContent-Disposition: form-data; {named}\r\n\r\nvalue\r\n--x--\r\n".encode()
        assert answer_to("POST", "multipart/form-data; boundary=x", body=body)[0] in {400, 403}  # 403: no token


class TestRefusedInput:
    @pytest.fixture
    def written(self) -> Iterator[io.StringIO]:
        """What the terminal is told meanwhile, by every logger of Django's."""
        loggers = [logging.getLogger(name) for name in ("", "django", "django.security")]
        streams = {one for logger in loggers for one in logger.handlers if type(one) is logging.StreamHandler}
        written = io.StringIO()
        before = {one: one.setStream(written) for one in streams}
        yield written
        for one, stream in before.items():
            one.setStream(stream or sys.stderr)

    @pytest.mark.parametrize(
        ("kind", "body"),
        [
            ("application/x-www-form-urlencoded", b"&".join(b"secret%d=secret" % number for number in range(501))),
            ("application/x-www-form-urlencoded", b"secret=" + b"secret" * 400_000),
            (
                "multipart/form-data; boundary=x",
                b'--x\r\nContent-Disposition: form-data; name="secret"; filename="secret"\r\n\r\nsecret\r\n' * 11
                + b"--x--\r\n",
            ),
        ],
        ids=["501 fields", "two megabytes", "11 files"],
    )
    def test_is_one_line_in_the_log_without_what_was_sent(self, written: io.StringIO, kind: str, body: bytes) -> None:
        assert answer_to("POST", kind, body=body)[0] in {400, 413}
        (line,) = written.getvalue().splitlines()
        assert re.fullmatch(r"[-0-9:, ]+ WARNING django\.security\.\w+: input was refused", line)

    def test_names_no_host_that_was_made_up(self, written: io.StringIO, client: Client) -> None:
        assert client.get("/account/login/", headers={"Host": "secret.example"}).status_code == 400
        assert "secret" not in written.getvalue()
        assert len(written.getvalue().splitlines()) == 1
