"""The rules besides ``@case_view``: who may call a view that belongs to no case.

Every URL's view carries exactly one rule, as ``access_rule``, and the methods it takes, as
``allowed_methods``; a test walks the URLs and refuses a view without them. ``needs_fresh`` says
whether a person must have shown who they are in the last minutes (cms_tracker.web.fresh).
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from cms_tracker.web.fresh import Fresh, confirm_first
from cms_tracker.web.methods import READ, Methods, refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

PUBLIC = "public"
SIGNED_IN = "signed in"
OPERATOR = "operator"


def public(methods: Methods = READ) -> Callable[[View[P]], View[P]]:
    """Let anybody call the view, signed in or not. It must show nothing of anybody's case."""

    def decorate(view: View[P]) -> View[P]:
        return declare(login_not_required(_only(methods, view)), rule=PUBLIC, methods=methods)

    return decorate


def signed_in(
    methods: Methods = READ, *, fresh: Fresh = False, enrolling: bool = False
) -> Callable[[View[P]], View[P]]:
    """Let any signed-in person call the view; others are led to the sign-in page and back.

    ``fresh``: only a person who showed who they are in the last minutes; others are asked, and come back.
    ``enrolling``: also a person who must set up a second step before anything else.
    """

    def decorate(view: View[P]) -> View[P]:
        gated = login_required(_only(methods, view, fresh=fresh))
        gated.enrolling = enrolling  # type: ignore[attr-defined]
        return declare(gated, rule=SIGNED_IN, methods=methods, fresh=fresh)

    return decorate


def operators(methods: Methods = READ) -> Callable[[View[P]], View[P]]:
    """Let only those call the view who run the site; for everybody else who is signed in it is not there.

    It must show nothing of anybody: who runs the site is let into no record by it.
    """

    def decorate(view: View[P]) -> View[P]:
        taken = _only(methods, view)

        @wraps(view)
        def gated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not getattr(request.user, "is_operator", False):
                raise Http404
            return taken(request, *args, **kwargs)

        return declare(login_required(gated), rule=OPERATOR, methods=methods)

    return decorate


def declare(view: View[P], *, rule: str, methods: Methods, fresh: Fresh = False) -> View[P]:
    """Write the rule and the methods on the view, where the architecture test reads them."""
    view.needs_fresh = fresh  # type: ignore[attr-defined]
    view.access_rule = rule  # type: ignore[attr-defined]
    view.allowed_methods = methods  # type: ignore[attr-defined]
    return view


def _only(methods: Methods, view: View[P], *, fresh: Fresh = False) -> View[P]:
    @wraps(view)
    def gated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        closed = refused(request, methods) or confirm_first(request, fresh=fresh, methods=methods)
        return closed or view(request, *args, **kwargs)

    return gated
