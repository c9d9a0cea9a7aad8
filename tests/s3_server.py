"""A store that speaks S3, in a process of its own on the loopback: moto's, behind what a real store insists on.

moto takes whatever comes. A real store refuses who has no key, and a body that is not what its
headers say. So does this one; and it can be told to misbehave, by a POST to ``/_trouble/<kind>``:
``none``, ``changed`` (one bit of each body, on the way in), ``cut`` (half of each body, on the way
out), ``public`` (anybody may come in), ``refuses`` (no key is good enough).

Prints its port, and ends when its standard input does: no run leaves one behind.
"""

import base64
import hashlib
import io
import logging
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

_DENIED = b"<Error><Code>AccessDenied</Code></Error>"
_BAD_DIGEST = b"<Error><Code>BadDigest</Code></Error>"
Start = Callable[..., Any]


class Strict:
    """The application, and the door in front of it."""

    def __init__(self, store: Any) -> None:
        self._store, self._trouble = store, "none"

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/_trouble/"):
            self._trouble = path.rpartition("/")[2]
            return _answer(start, "200 OK", b"")
        if self._trouble == "refuses" or (self._trouble != "public" and "HTTP_AUTHORIZATION" not in environ):
            return _answer(start, "403 Forbidden", _DENIED)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if self._trouble == "changed" and body:
            body = bytes([body[0] ^ 1]) + body[1:]
        if not _is_what_it_says(body, environ):
            return _answer(start, "400 Bad Request", _BAD_DIGEST)
        environ["wsgi.input"] = io.BytesIO(body)
        if self._trouble == "cut" and environ["REQUEST_METHOD"] == "GET" and "list-type" not in environ["QUERY_STRING"]:
            whole = b"".join(self._store(environ, start))
            return [whole[: len(whole) // 2]]
        return self._store(environ, start)


def _is_what_it_says(body: bytes, environ: dict[str, Any]) -> bool:
    """Hold a body against the MD5 and the SHA-256 that came with it; a PUT must bring both."""
    md5 = environ.get("HTTP_CONTENT_MD5", "")
    query = environ.get("QUERY_STRING", "")
    sha256 = environ.get("HTTP_X_AMZ_CONTENT_SHA256", "")
    if environ["REQUEST_METHOD"] == "PUT" and environ["PATH_INFO"].count("/") > 1 and "acl" not in query:
        said = base64.b64encode(hashlib.md5(body).digest()).decode(), hashlib.sha256(body).hexdigest()
        return (md5, sha256) == said
    return True


def _answer(start: Start, status: str, body: bytes) -> list[bytes]:
    start(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
    return [body]


def main(port: int) -> None:
    """Serve until standard input ends."""
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    application = Strict(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", port, application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]))
