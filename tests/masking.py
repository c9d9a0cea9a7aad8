"""Two answers are the same when nothing in them differs but what is random every time."""

import re
from collections.abc import Iterable

from django.http import HttpResponse
from django.http.response import HttpResponseBase

_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*')
#: Keys that forms are given anew each time they are shown.
_ENTRY = re.compile(rb'(name="entry" value=")[^"]*')

#: Headers that follow the clock, the length of what is masked, or no rule at all.
_CLOCK = {"Expires", "Last-Modified", "Content-Length", "X-Request-ID"}


def headers_of(response: HttpResponseBase) -> list[tuple[str, str]]:
    """The headers in their order, without those that follow the clock or no rule."""
    return sorted((name, value) for name, value in response.items() if name not in _CLOCK)


def bare(response: HttpResponse, *, but_for: Iterable[str] = ()) -> tuple[object, ...]:
    """Status, headers, cookies and body, without tokens and without the texts ``but_for``."""
    body = _ENTRY.sub(rb"\1", _TOKEN.sub(rb"\1", response.content))
    headers = "\n".join(f"{name}: {value}" for name, value in headers_of(response))
    cookies = tuple(sorted((morsel.key, morsel["max-age"], morsel["path"]) for morsel in response.cookies.values()))
    for text in but_for:
        body = body.replace(text.encode(), b"")
        headers = headers.replace(text, "")
    return response.status_code, headers, cookies, body
