"""Gunicorn's settings that have no option of their own: it does not introduce itself in every answer."""

from typing import Any

from gunicorn.http import wsgi  # type: ignore[import-untyped]  # published without types

_all_of_them = wsgi.Response.default_headers


def _without_its_name(response: Any) -> list[str]:
    return [header for header in _all_of_them(response) if not header.startswith("Server:")]


wsgi.Response.default_headers = _without_its_name
