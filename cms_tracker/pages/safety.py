"""Staying safe: what this site can and cannot do, who can help, and the way out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from cms_tracker.language import mark, say
from cms_tracker.pages import help_lines, leaving
from cms_tracker.users import operations
from cms_tracker.web.clock import now
from cms_tracker.web.gates import public
from cms_tracker.web.methods import FORM

_OFFER = mark("You can have a second step when you sign in, after the password. It is under “Your sign-in”.")


@public(FORM)
def safety(request: HttpRequest) -> HttpResponse:
    """Show the safety page. After the first sign-in it comes before anything else, once."""
    if request.method == "POST":
        if request.user.is_authenticated:
            if request.user.safety_page_seen_at is None and not request.user.is_adviser:
                messages.success(request, say(_OFFER))
            operations.note_safety_page_seen(request.user, at=now())
        return redirect(_onward(request))
    first_time = request.user.is_authenticated and request.user.safety_page_seen_at is None
    context = {"first_time": first_time, "onward": _onward(request), "nations": help_lines.by_nation()}
    return render(request, "pages/safety.html", context)


@public(FORM)
@csrf_exempt
def leave(request: HttpRequest) -> HttpResponse:
    """End the session and move on; or come back. Asking for the page without pressing changes nothing."""
    if request.method != "POST":
        return leaving.blank_page()
    if leaving.comes_from_elsewhere(request):
        raise PermissionDenied
    if "again" in request.POST:
        return leaving.come_back()
    return leaving.end_session(request)


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url("pages:home")
