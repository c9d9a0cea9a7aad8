"""Leave this page: end the session, show a page that has nothing of ours, and keep Back empty."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from cms_tracker.users import devices

#: Marks a browser that has just left. It holds nothing else and goes with the browser.
MARK = "left" if settings.LOCAL else "__Host-left"
MARK_LASTS = 60 * 60


def end_session(request: HttpRequest) -> HttpResponse:
    """Sign the person out and answer with the blank page, which moves on by itself.

    The answer is a page and not a redirect: browsers apply ``form-action 'self'`` to the whole
    chain of a form's redirects, so a redirect to another site would be refused.
    """
    logout(request)
    response = _blank_and_marked()
    devices.forget(request, response)  # nothing of ours stays behind, not even that somebody was here
    return response


def is_asked_for(request: HttpRequest) -> bool:
    """Say whether the button was pressed."""
    return (
        request.method == "POST"
        and request.path_info == reverse("pages:leave")
        and "again" not in request.POST
        and not comes_from_elsewhere(request)
    )


def without_database(request: HttpRequest) -> HttpResponse:
    """Leave all the same where the database does not answer, or where anything else failed.

    The browser forgets the session's key at once. The session's row stays until it ends by being
    left alone; nobody holds its key any more.
    """
    response = _blank_and_marked()
    for name in (settings.SESSION_COOKIE_NAME, settings.DEVICE_COOKIE_NAME):
        response.delete_cookie(name, samesite="Lax")
    return response


def _blank_and_marked() -> HttpResponse:
    response = blank_page()
    response.set_cookie(
        MARK, "1", max_age=MARK_LASTS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    response.delete_cookie(settings.CSRF_COOKIE_NAME)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def blank_page() -> HttpResponse:
    """A page with a bland title and no words of ours, that moves on to EXIT_URL."""
    return HttpResponse(render_to_string("pages/leave.html", {"exit_url": settings.EXIT_URL}))


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Say whether another site made the browser send this.

    Leaving must work from a page whose form token has expired, so it asks for no token. What a
    browser says about where the request began is enough: another site could at worst sign
    somebody out. A browser that says nothing, or ``null``, is believed, because refusing would
    keep a person from leaving.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"cross-site", "same-site"}
    origin = request.headers.get("Origin", "null")
    return origin not in {"null", f"{request.scheme}://{request.get_host()}"}


def come_back() -> HttpResponse:
    """Show pages again to somebody who has returned and pressed "Go on"."""
    response = redirect("pages:home")
    response.delete_cookie(MARK)
    return response


class BackShowsNothing:
    """After leaving, answer every page with an almost empty one, until somebody presses "Go on".

    Signing out alone would leave our start page and sign-in page behind Back, and they say what
    this site is for. The page shown instead has one button and no words of ours. It stops after
    MARK_LASTS seconds, or when the browser is closed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asks_for_a_page = request.method in {"GET", "HEAD"} and request.path_info != "/healthz"
        if request.COOKIES.get(MARK) and asks_for_a_page:
            return HttpResponse(render_to_string("pages/left.html"))
        return self.get_response(request)
