"""Confirm it is you: asked before a page that could do harm in the wrong hands (cms_tracker.web.fresh)."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cms_tracker.users import forms, middleware, operations, throttles
from cms_tracker.web.clock import now
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cms_tracker.users.models import User


@signed_in(FORM)
@sensitive_post_parameters("password")
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the password, and lead back to the page that was wanted."""
    user = cast("User", request.user)
    if request.method == "POST":
        throttles.take("present_password", user.pk, at=now())
    form = forms.Confirm(sent(request), user=user)
    if form.is_valid():
        throttles.forget("present_password", user.pk)
        operations.note_confirmed(user)
        middleware.confirm(request)
        if request.POST.get("again"):
            messages.success(request, _("Thank you. Nothing was done yet: press the button again."))
        return redirect(_onward(request))
    context = {"here": "account", "form": form, "onward": _onward(request), "again": _asked(request, "again")}
    return render(request, "users/confirm.html", context)


def _asked(request: HttpRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name) or ""


def _onward(request: HttpRequest) -> str:
    wanted = _asked(request, "next")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("users:account")
