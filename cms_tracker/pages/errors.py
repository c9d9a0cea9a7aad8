"""Pages for what went wrong. Each has the way out on it, and says nothing of anybody's case.

They are drawn without the signed-in person: the database may be what failed.
"""

import logging
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from cms_tracker.pages import leaving
from cms_tracker.sealed.ring import CannotOpenError
from cms_tracker.web import request_ids
from cms_tracker.web.too_many import answer as answer_too_many
from cms_tracker.web.trouble import Trouble, trouble_of

log = logging.getLogger(__name__)

#: Seconds after which asking again may help; what people are told is a minute.
RETRY_AFTER = 60
#: A page never holds these, not even one that only the sender sees.
_NEVER_REPEATED = re.compile("password|code|secret|credential|phrase", re.IGNORECASE)


def _page(template: str, status: HTTPStatus, **more: object) -> HttpResponse:
    given = {"site_name": settings.SITE_NAME, "exit_url": settings.EXIT_URL, "reference": request_ids.current()}
    return HttpResponse(render_to_string(template, given | more), status=status)


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
    """500: our fault. 503 and 507 where nothing can be read or kept for now, and it passes without us.

    Whoever leaves gets the blank page, whatever it was that failed.
    """
    error = sys.exc_info()[1]
    trouble = trouble_of(error)
    if trouble is not None and not connection.in_atomic_block:
        connection.close()  # one that was opened while the disk took no writes would take none afterwards
    if leaving.is_asked_for(request):
        log.error("leaving failed; the blank page was shown all the same", exc_info=error)  # no status tells of it
        _keep_no_session(request)
        return leaving.without_database(request)
    if isinstance(error, CannotOpenError):
        return _page("key_missing.html", HTTPStatus.SERVICE_UNAVAILABLE)
    if trouble is None:
        return _page("500.html", HTTPStatus.INTERNAL_SERVER_ERROR)
    _keep_no_session(request)
    return _not_now(request, trouble)


def _keep_no_session(request: HttpRequest) -> None:
    """Leave its row as it is: it would be saved after this answer, and fail again."""
    if hasattr(request, "session"):
        request.session.modified = False


def _not_now(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Say what to do. What was typed goes back with the form's own key, so that it counts once.

    A page that holds it goes by itself when a session on a shared device would have ended.
    """
    status = HTTPStatus.INSUFFICIENT_STORAGE if trouble is Trouble.NO_ROOM else HTTPStatus.SERVICE_UNAVAILABLE
    is_sent = request.method == "POST"
    again = list(_typed(request)) if is_sent else []
    answer = _page(
        "503.html",
        status,
        trouble=trouble.value,
        is_sent=is_sent,
        path=request.get_full_path(),
        again=again,
        files=sorted(request.FILES) if is_sent else [],
        minutes=settings.SESSION_IDLE_SHARED // timedelta(minutes=1),
    )
    if again:
        # No script counts here, as on pages of a session, and which device it is cannot be asked: the shorter time.
        seconds = settings.SESSION_IDLE_SHARED // timedelta(seconds=1)
        answer.headers["Refresh"] = f"{seconds}; url={reverse('pages:home')}"
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Each field as it was sent; none of a form that held a secret."""
    if any(_NEVER_REPEATED.search(name) for name in request.POST):
        return
    for name, values in request.POST.lists():
        for value in values:
            yield name, str(value)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without a valid token: open too long, or sent from another site."""
    return _page("form_too_old.html", HTTPStatus.FORBIDDEN)
