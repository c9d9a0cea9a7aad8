"""The page where a person chooses the language of the pages that have a Welsh draft."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from cms_tracker.web.gates import public
from cms_tracker.web.language import WELSH, keep_choice
from cms_tracker.web.methods import FORM


@public(FORM)
def choose(request: HttpRequest) -> HttpResponse:
    """Say what the draft is; keep the choice in this browser and go back to the page that it was made on."""
    onward = _onward(request)
    if request.method != "POST":
        return render(request, "pages/language.html", {"here": "language", "onward": onward})
    response = redirect(onward)
    keep_choice(response, welsh=request.POST.get("language") == WELSH)
    return response


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url("pages:home")
