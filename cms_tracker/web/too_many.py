"""Too many tries: the exception that says so, and the answer that it becomes."""

import math
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string


class TooManyTriesError(Exception):
    """Raised before anything is looked at. ``wait`` is how long until the next try is taken."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


def answer(wait: timedelta) -> HttpResponse:
    """The page of a 429. It is the same for every person and address, and drawn without the database."""
    seconds = max(1, math.ceil(wait.total_seconds()))
    given = {"site_name": settings.SITE_NAME, "exit_url": settings.EXIT_URL, "minutes": math.ceil(seconds / 60)}
    page = render_to_string("429.html", given)
    return HttpResponse(page, status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(seconds)})


class AnswerTooMany:
    """Turn the exception into its page, whichever view raised it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 429 with how long to wait."""
        return answer(exception.wait) if isinstance(exception, TooManyTriesError) else None
