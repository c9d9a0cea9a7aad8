"""Which HTTP methods a page takes, and what came with a POST."""

from django.http import HttpRequest, HttpResponseNotAllowed, QueryDict

Methods = tuple[str, ...]

READ: Methods = ("GET", "HEAD")
FORM: Methods = ("GET", "HEAD", "POST")
PRESS: Methods = ("POST",)


def refused(request: HttpRequest, methods: Methods) -> HttpResponseNotAllowed | None:
    """The 405 for a method that is not among these; None where the method is taken."""
    return None if request.method in methods else HttpResponseNotAllowed(methods)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is made from: what was sent, or None where the page was only asked for.

    A form made from None is not valid, so ``if form.is_valid()`` is all that a view has to ask.
    """
    return request.POST if request.method == "POST" else None
