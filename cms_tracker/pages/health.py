"""Whether this installation serves: for `up`, for a container, for whoever watches it."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from cms_tracker.web.gates import public


@public()
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the database answers, else 503. Says nothing about anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
