"""Pages for what went wrong. Each has the way out on it, and says nothing of anybody's case.

They are drawn without the signed-in person: the database may be what failed.
"""

import sys
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from cms_tracker.sealed.ring import CannotOpenError
from cms_tracker.web.too_many import answer as answer_too_many


def _page(template: str, status: HTTPStatus) -> HttpResponse:
    given = {"site_name": settings.SITE_NAME, "exit_url": settings.EXIT_URL}
    return HttpResponse(render_to_string(template, given), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: something that no form of ours can send."""
    return _page("400.html", HTTPStatus.BAD_REQUEST)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: in the case, without the right to this page."""
    return _page("403.html", HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not yours. The two are the same page to the last byte."""
    return _page("404.html", HTTPStatus.NOT_FOUND)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries, where a library of ours says so without saying how long to wait."""
    return answer_too_many(timedelta(minutes=5))


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault. 503 where a key is not here: nothing is lost, and somebody has to put it back."""
    if isinstance(sys.exc_info()[1], CannotOpenError):
        return _page("key_missing.html", HTTPStatus.SERVICE_UNAVAILABLE)
    return _page("500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without a valid token: open too long, or sent from another site."""
    return _page("form_too_old.html", HTTPStatus.FORBIDDEN)
