"""Where somebody is signed in: see it, and end it. It says what kind of device, and never where."""

import uuid
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cms_tracker.users import devices, operations, queries
from cms_tracker.web.clock import now
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import PRESS

if TYPE_CHECKING:
    from cms_tracker.users.models import User


@signed_in()
def sessions(request: HttpRequest) -> HttpResponse:
    """List where the person is signed in at this moment, this device first."""
    user = cast("User", request.user)
    found = queries.sessions_of(user, this=request.session.session_key, at=now())
    return render(request, "users/sessions.html", {"here": "account", "sessions": found})


@signed_in(PRESS)
def end(request: HttpRequest, name: uuid.UUID) -> HttpResponse:
    """Sign the person out in one place. One that has ended by itself meanwhile is answered alike."""
    operations.end_session(cast("User", request.user), name=name)
    messages.success(request, _("That device is signed out."))
    return redirect("users:sessions")


@signed_in(PRESS)
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign the person out everywhere but here, and know no other device again."""
    user = cast("User", request.user)
    operations.end_other_sessions(user, keep=request.session.session_key)
    devices.forget_others(user, request=request)
    messages.success(request, _("Everywhere else you are signed out."))
    return redirect("users:sessions")
