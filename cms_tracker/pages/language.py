"""The page where a person chooses the language of the pages that have a Welsh draft."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
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
    response = HttpResponseRedirect(onward)
    keep_choice(response, welsh=request.POST.get("language") == WELSH)
    return response


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = {request.get_host()}
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, ours, require_https=request.is_secure()):
        return wanted
    return resolve_url("pages:home")
