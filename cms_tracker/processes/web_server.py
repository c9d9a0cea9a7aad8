"""Gunicorn's settings that have no option of their own.

It does not introduce itself in every answer, its lines have the shape of all others, and an unsafe installation ends
before a port is opened.
"""

from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # published without types
from gunicorn.http import wsgi  # type: ignore[import-untyped]  # the same

from cms_tracker.web import logs

_all_of_them = wsgi.Response.default_headers


def _without_its_name(response: Any) -> list[str]:
    return [header for header in _all_of_them(response) if not header.startswith("Server:")]


wsgi.Response.default_headers = _without_its_name


def on_starting(server: Any) -> None:
    """Load the program before any worker does, and end with one line where the start would be unsafe."""
    from cms_tracker import wsgi  # noqa: F401, PLC0415 - its import is the refusal


class Lines(Logger):  # type: ignore[misc]  # published without types
    """Writes what the web server itself has to say, such as when a process starts, in the shape of ``LOG_FORMAT``."""

    def setup(self, cfg: Any) -> None:
        """Take gunicorn's handlers, and not its words for a request: each request has a line of ours."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(logs.formatter())


logger_class = Lines
