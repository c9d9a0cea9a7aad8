"""The two rules besides ``@case_view``: who may call a view that belongs to no case.

Every URL's view carries exactly one rule, as ``access_rule``; a test walks the URLs and
refuses a view without one.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

PUBLIC = "public"
SIGNED_IN = "signed in"


def public(view: View[P]) -> View[P]:
    """Let anybody call the view, signed in or not. It must show nothing of anybody's case."""

    @wraps(view)
    def gated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return declare(login_not_required(gated), rule=PUBLIC)


def signed_in(view: View[P]) -> View[P]:
    """Let any signed-in person call the view; others are led to the sign-in page and back."""

    @wraps(view)
    def gated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return declare(login_required(gated), rule=SIGNED_IN)


def only(patterns: Iterable[URLPattern], rules: Mapping[str, Callable[[View[P]], View[P]]]) -> list[URLPattern]:
    """Take from a package's routes the named ones alone, each behind the gate given for it.

    ``only(allauth.account.urls.urlpatterns, {"account_login": public, "account_logout": signed_in})``.
    A route that a later release adds stays closed. Raises ``KeyError`` for a name that is not there.
    """
    by_name = {str(pattern.name): pattern for pattern in patterns}
    return [
        URLPattern(found.pattern, gate(found.callback), found.default_args, found.name)
        for found, gate in ((by_name[name], gate) for name, gate in rules.items())
    ]


def declare(view: View[P], *, rule: str) -> View[P]:
    """Write the rule on the view, where the architecture test reads it."""
    view.access_rule = rule  # type: ignore[attr-defined]
    return view
