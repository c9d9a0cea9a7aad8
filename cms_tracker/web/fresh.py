"""Ask once more who it is, before a page that could do harm in the wrong hands.

A page that was left open on a table must not be enough to take a record away, let somebody in,
delete it, or see where a person lives (OWASP ASVS 5.0, 7.5.1 and 7.5.3). The gates call
``confirm_first`` for a view that is declared with ``fresh``; how long ago it was is worked out
from the session (cms_tracker.users.middleware).
"""

from typing import Literal
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cms_tracker.web import drafts
from cms_tracker.web.methods import Methods

#: False: not asked. True: asked before the page. "file": asked before a file, which no page can follow.
Fresh = bool | Literal["file"]


def is_fresh(request: HttpRequest) -> bool:
    """Say whether the signed-in person showed who they are within the last minutes (CONFIRM_LASTS)."""
    return getattr(request, "shown_lately", False)


def confirm_first(request: HttpRequest, *, fresh: Fresh, methods: Methods) -> HttpResponse | None:
    """Lead to "Confirm it is you" and back to the page; None where that is not needed.

    What a form sent is not acted on later: it is kept for the form's page, which asks for the press
    again (``drafts.typed_before``). After a file, and after a button without a page of its own, the
    way back is the page that the request came from.
    """
    if not fresh or is_fresh(request):
        return None
    was_sent = request.method == "POST"
    has_page = fresh is True and "GET" in methods
    if was_sent and has_page:
        drafts.keep_typed(request)
    onward = request.get_full_path() if has_page else _page_before(request)
    again = {"again": "1"} if was_sent or not has_page else {}
    address = f"{reverse('users:confirm')}?{urlencode({'next': onward} | again, safe='/')}"
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page_before(request: HttpRequest) -> str:
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return reverse("pages:home")
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl()
