"""What every page pays before it does anything: middleware, routing, headers."""

from django.http import HttpRequest
from django.test import Client

from cms_tracker.pages import health
from cms_tracker.pages.bench import Pair, job


@job("Empty page through all middleware", base="its view alone", goal_ms=2)
def empty_page() -> Pair:
    """Compare /healthz as served with the function behind it."""
    client = Client(SERVER_NAME="localhost")
    request = HttpRequest()
    request.method = "GET"
    return Pair(subject=lambda: client.get("/healthz"), base=lambda: health.healthz(request))
