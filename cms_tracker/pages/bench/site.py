"""A web server on the loopback, and people who use it over HTTP: no test client, no shortcut.

The pages are read as a browser does: cookies are kept, hidden fields go back with what is typed.
"""

import html
import http.client
import re
import secrets
import socket
import time
from collections.abc import Mapping
from contextlib import closing
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode

from cms_tracker.pages.bench import pids
from cms_tracker.processes import programs

PASSWORD = "violet-harbour-lantern"  # noqa: S105 - of people who are invented for a measurement
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_PATIENCE = 60  # seconds


class Answer(NamedTuple):
    """What came back. ``headers`` by their lower-case names."""

    status: int
    headers: dict[str, str]
    text: str

    def hidden(self) -> dict[str, str]:
        """The hidden fields of its forms, the token among them."""
        return {name: html.unescape(value) for name, value in _HIDDEN.findall(self.text)}


class Site:
    """Gunicorn with some processes. Entered: it answers."""

    def __init__(self, environment: Mapping[str, str], *, processes: int = 2) -> None:
        self.port = _free_port()
        self.server = programs.separate_web(environment, port=self.port, processes=processes)

    def __enter__(self) -> "Site":
        self.server.start()
        try:
            self.wait_until_it_answers()
        except BaseException:
            self.server.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.server.stop()

    def wait_until_it_answers(self) -> None:
        """Return when it answers anything at all. Raises TimeoutError."""
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                Visitor(self).get("/static/css/site.css")
            except OSError:
                if time.monotonic() > end or self.server.exit_code is not None:
                    raise TimeoutError("The web server did not start.") from None
                time.sleep(0.05)
            else:
                return

    def processes(self) -> list[int]:
        """Those that answer requests."""
        return pids.children_of(self.server.pid)


class Visitor:
    """One browser."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Ask for a page. Raises OSError or http.client.HTTPException where the line breaks."""
        return self._send("GET", path, b"", "")

    def post(self, path: str, fields: Mapping[str, str], files: Mapping[str, bytes] | None = None) -> Answer:
        """Send a form, with files by the names of their fields. Raises as ``get`` does."""
        if not files:
            return self._send("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")
        line = secrets.token_hex(16)
        parts = [f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                 for name, value in fields.items()]  # fmt: skip
        for name, content in files.items():
            said = f'form-data; name="{name}"; filename="file.txt"\r\nContent-Type: text/plain'
            parts.append(f"--{line}\r\nContent-Disposition: {said}\r\n\r\n".encode() + content + b"\r\n")
        body = b"".join([*parts, f"--{line}--\r\n".encode()])
        return self._send("POST", path, body, f"multipart/form-data; boundary={line}")

    def sign_in(self, email: str) -> None:
        """By the form. Raises LookupError where that does not let one in."""
        page = self.get("/account/login/")
        answer = self.post("/account/login/", page.hidden() | {"login": email, "password": PASSWORD})
        if answer.status != http.client.FOUND:
            raise LookupError(email)

    def _send(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        with closing(http.client.HTTPConnection("127.0.0.1", self._site.port, timeout=_PATIENCE)) as line:
            line.request(method, path, body or None, headers)
            got = line.getresponse()
            text = got.read().decode(errors="replace")
        for written in got.headers.get_all("Set-Cookie") or ():
            for name, cookie in SimpleCookie(written).items():
                self.cookies[name] = cookie.value
        return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, text)


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])
