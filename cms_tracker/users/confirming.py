"""Confirm it is you: asked before a page that could do harm in the wrong hands (cms_tracker.web.fresh)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cms_tracker.users import forms, middleware, operations, passkeys, second_step, throttles
from cms_tracker.users.second_step_views import is_shown
from cms_tracker.web.clock import now
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cms_tracker.users.models import User


@signed_in(FORM, enrolling=True)
@sensitive_post_parameters("password", "code", "credential")
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the password or the second step, and lead back to the page that was wanted."""
    user = cast("User", request.user)
    form, password, code = _forms(request, user)
    if _is_shown(request, user, form):
        operations.note_confirmed(user)
        middleware.confirm(request)
        if request.POST.get("again"):
            messages.success(request, _("Thank you. Nothing was done yet: press the button again."))
        return redirect(_onward(request))
    step = second_step.of(user)
    context = {
        "here": "account",
        "form": form,
        "password": password,
        "code": code,
        "step": step,
        "question": passkeys.ask_to_show(user) if step.passkeys else "",
        "onward": _onward(request),
        "again": _asked(request, "again"),
    }
    return render(request, "users/confirm.html", context)


def _forms(request: HttpRequest, user: "User") -> tuple[Form, forms.Confirm, forms.Code]:
    """The form that was sent, and the two that are shown."""
    given: Mapping[str, Any] = sent(request) or {}
    with_password = "password" in given or not given
    with_code = "code" in given and not with_password
    password = forms.Confirm(sent(request) if with_password else None, user=user)
    code = forms.Code(given if with_code else None)
    if with_password or with_code:
        return (password if with_password else code), password, code
    return forms.ShownPasskey(given), password, code


def _is_shown(request: HttpRequest, user: "User", form: Form) -> bool:
    if isinstance(form, forms.Code | forms.ShownPasskey):
        return is_shown(request, user, form)
    if request.method == "POST":
        throttles.take("present_password", user.pk, at=now())
    if not form.is_valid():
        return False
    throttles.forget("present_password", user.pk)
    return True


def _asked(request: HttpRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name) or ""


def _onward(request: HttpRequest) -> str:
    wanted = _asked(request, "next")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("users:account")
