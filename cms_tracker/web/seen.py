"""The outermost layer: every request gets its name, one line in the log and its place in the figures."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from cms_tracker.web import counting, request_ids

log = logging.getLogger(__name__)

HEADER = "X-Request-ID"
#: Asked by programs that watch an installation. They must answer when the database does not.
WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Seen:
    """Outermost, so that what any other layer answers is named, timed and counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info in WATCHED:
            # Whoever watches asks each machine by its own address. No link is made from it, and nobody is signed in.
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0]
        with request_ids.carrying(_id_of(request)) as request_id:
            request.request_id = request_id  # type: ignore[attr-defined]  # read by cms_tracker.web.logs
            began = time.perf_counter()
            response = self.get_response(request)
            response.headers[HEADER] = request_id
            _note(request, response, seconds=time.perf_counter() - began)
        return response


def _id_of(request: HttpRequest) -> str:
    """The name that the proxy gave, where there is one that overwrites what a client sent; else a new one."""
    given = request.headers.get(HEADER, "") if settings.BEHIND_TLS_PROXY else ""
    return given if request_ids.is_well_formed(given) else request_ids.fresh()


def _note(request: HttpRequest, response: HttpResponseBase, *, seconds: float) -> None:
    """Write what was asked for by the name of its route: a path holds ids, and a query what was typed."""
    route = request.resolver_match.view_name if request.resolver_match else _unrouted(request)
    method = request.method if request.method in _METHODS else "other"
    counting.request(route, method=method, status=response.status_code, seconds=seconds)
    if request.path_info in WATCHED and response.status_code == 200:
        return  # every few seconds, for ever
    fields = {"route": route, "method": method, "status": response.status_code, "ms": round(seconds * 1000)}
    log.info("request", extra=fields)


def _unrouted(request: HttpRequest) -> str:
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"
