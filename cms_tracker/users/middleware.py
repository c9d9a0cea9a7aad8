"""End sessions that have lasted too long, on the server; what a browser does about it is courtesy."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from cms_tracker.users import devices, operations, second_step, sessions
from cms_tracker.users.queries import needs_second_step
from cms_tracker.web.clock import now
from cms_tracker.web.gates import PUBLIC
from cms_tracker.web.seen import WATCHED

if TYPE_CHECKING:
    from cms_tracker.users.models import User

KEPT = sessions.KEPT
#: Where the sign-in form's tick waits until the second step is done.
SHARED = "shared_device"
#: Where a session notes that its person has a second step.
_STEPPED = "second_step"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_HOW_LONG = "users:stay"


def begin(request: HttpRequest, *, on_shared_device: bool) -> None:
    """Start counting, for a person who has just signed in. The session has its new key already."""
    request.session[KEPT] = _visit(request, on_shared_device=on_shared_device).kept()


def _visit(request: HttpRequest, *, on_shared_device: bool = False) -> sessions.Visit:
    at, kind = now(), sessions.kind_of(request.headers.get("User-Agent", ""))
    return sessions.Visit(began_at=at, last_seen_at=at, on_shared_device=on_shared_device, kind=kind)


def only_this_session(request: HttpRequest) -> None:
    """End every other session of the person, forget their other browsers, and give this session a new key."""
    user = cast("User", request.user)
    operations.end_other_sessions(user, keep=request.session.session_key)
    devices.forget_others(user, request=request)
    request.session.cycle_key()


def confirm(request: HttpRequest) -> None:
    """Note that the person has just shown that it is them, and give the session a new key.

    Whoever had learnt the old key is left with one that was never worth anything more.
    """
    at = now()
    visit = sessions.Visit.of(request.session[KEPT])
    request.session[KEPT] = replace(visit, confirmed_at=at, last_seen_at=at).kept()
    request.session.cycle_key()


class AskForSecondStep:
    """Lead a person who needs a second step and has none to where it is set up, from any page of their work.

    The pages that anybody may read, the way out and the pages of setting it up stay open (ASVS 6.3.3).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """Look once a session: a second step that is on is asked for at every sign-in."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path_info in WATCHED:
            return None
        if getattr(view, "access_rule", "") == PUBLIC or getattr(view, "enrolling", False):
            return None
        if not (request.user.is_authenticated and needs_second_step(request.user)) or request.session.get(_STEPPED):
            return None
        if second_step.is_on(request.user):
            request.session[_STEPPED] = True
            return None
        return redirect("users:second-step")


class EndSessions:
    """Sign a person out who reached a limit, and note when a person was last active.

    It acts when the view is known and the form's token was found good, so that neither an address
    that is not there nor another site's form keeps anybody signed in. Stylesheets and scripts are
    served before a session is looked at.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        to_sign_in = f"{resolve_url(settings.LOGIN_URL)}?next="
        return _lead(request, response) if response.get("Location", "").startswith(to_sign_in) else response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Look at the session of a person who is signed in, if there is one."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path_info in WATCHED:
            return
        if not request.user.is_authenticated:
            return
        user, at = request.user, now()
        kept = request.session.get(KEPT)
        # One from before these limits were introduced begins when it is first seen.
        visit = sessions.Visit.of(kept) if kept else _visit(request)
        limit = sessions.limits(is_adviser=user.is_adviser, on_shared_device=visit.on_shared_device)
        if sessions.has_ended(began_at=visit.began_at, last_seen_at=visit.last_seen_at, limit=limit, now=at):
            logout(request)
            return
        if not asks_by_itself(request):
            visit = replace(visit, last_seen_at=at)
            request.session[KEPT] = visit.kept()
        lately = at - visit.shown_at < settings.CONFIRM_LASTS
        request.shown_lately = lately  # type: ignore[attr-defined]  # read by cms_tracker.web.fresh
        request.ending = sessions.ending(visit, limit=limit, now=at)  # type: ignore[attr-defined]


def asks_by_itself(request: HttpRequest) -> bool:
    """Say whether a page sent this on a timer, with nobody there.

    A page asks so how long is left. A letter's status is asked for by htmx, which marks what it
    sends: its GETs are all taken for a timer's. One that a person caused only fails to lengthen the
    session, while a timer's that counted would keep it open for ever. The mark can be forged only
    to one's own loss.
    """
    if request.method not in _SAFE:
        return False
    route = request.resolver_match
    return "HX-Request" in request.headers or (route is not None and route.view_name == _HOW_LONG)


def _lead(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Mend a redirect to the sign-in page, so that the person comes back to a page that can be shown."""
    if "HX-Request" in request.headers:
        # A part of a page must not be replaced by the sign-in page: the whole page asks again.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    page = request.headers.get("Referer", "")
    if request.method not in _SAFE and url_has_allowed_host_and_scheme(page, {request.get_host()}):
        # What a form is sent to may not be a page: the form's own page is.
        parts = urlsplit(page)
        return redirect_to_login(parts._replace(scheme="", netloc="", fragment="").geturl())
    return response
