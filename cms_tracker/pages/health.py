"""Whether this installation serves: for `up`, for a container, for whoever watches it. Words only, of nobody."""

from django.http import HttpRequest, HttpResponse

from cms_tracker.pages.standing import database_answers, standing
from cms_tracker.web.clock import now
from cms_tracker.web.gates import public


@public()
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the database answers, else 503. Says nothing about anybody."""
    if not database_answers():
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@public()
def readyz(request: HttpRequest) -> HttpResponse:
    """Say of each part whether it is well; 503 when this process should be sent nobody.

    A broker or a worker that is gone makes it "degraded", with 200: pages work and papers wait.
    """
    found = standing(at=now())
    parts = found.parts()
    word = ("ready" if all(parts.values()) else "degraded") if found.is_ready else "not ready"
    lines = [word, *(f"{name} {'ok' if is_well else 'failed'}" for name, is_well in parts.items())]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain", status=200 if found.is_ready else 503)
