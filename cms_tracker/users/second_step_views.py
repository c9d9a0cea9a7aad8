"""The pages of the second step: what is on, an app, passkeys, recovery codes; and asking for it at sign-in."""

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.users import codes, devices, forms, middleware, notices, passkeys, second_step, throttles
from cms_tracker.users.pictures import squares
from cms_tracker.users.queries import needs_second_step
from cms_tracker.web import counting
from cms_tracker.web.clock import now
from cms_tracker.web.gates import public, signed_in
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cms_tracker.users.models import User

#: Where the session keeps the secret of an app that has not shown a code yet.
_WAITING = "secret_for_app"


@signed_in(enrolling=True)
def overview(request: HttpRequest) -> HttpResponse:
    """What is on, what it is good for, and what happens when a phone is lost or somebody else reads it."""
    user = cast("User", request.user)
    return render(request, "users/second_step.html", _standing(user) | {"here": "account"})


@signed_in(FORM, fresh=True, enrolling=True)
@sensitive_post_parameters("code")
def add_app(request: HttpRequest) -> HttpResponse:
    """Show the secret, as a square picture and as text, until the app answers with its first code."""
    user = cast("User", request.user)
    secret = request.session.get(_WAITING)
    if secret is None:
        secret = request.session[_WAITING] = codes.new_secret()
    form = forms.AppCode(sent(request))
    if form.is_valid():
        throttles.take("second_factor", user.pk, at=now())
        try:
            second_step.add_app(user, secret=secret, code=form.cleaned_data["code"], at=now())
        except Refusal as refusal:
            form.add_error("code", refusal.message)
        else:
            del request.session[_WAITING]
            return _added(request, user, say("Your app is set up. From now on we ask for its code when you sign in."))
    picture = squares(codes.address_for_app(secret, site_name=settings.SITE_NAME))
    context = {"here": "account", "form": form, "secret": secret, "picture": picture} | _standing(user)
    return render(request, "users/add_app.html", context)


@signed_in(FORM, fresh=True, enrolling=True)
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Let the browser make a passkey, and keep it."""
    user = cast("User", request.user)
    form = forms.NewPasskey(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            key = passkeys.made(given["credential"])
            second_step.add_passkey(user, key=key, name=given["name"], credential=given["credential"], at=now())
        except ValidationError:
            form.add_error(None, forms.NO_PASSKEY)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return _added(request, user, say("Your passkey is added. You can sign in with it alone."))
    context = {"here": "account", "form": form, "question": passkeys.ask_to_make(user)} | _standing(user)
    return render(request, "users/add_passkey.html", context)


@signed_in(FORM, fresh=True, enrolling=True)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Say how many recovery codes are left; make new ones, which are shown this once."""
    user = cast("User", request.user)
    standing = _standing(user) | {"here": "account"}
    if not standing["step"].is_on:
        return redirect("users:second-step")
    if request.method == "POST":
        made = second_step.make_recovery_codes(user)
        notices.tell(user)
        return render(request, "users/recovery_codes_made.html", standing | {"codes": made})
    return render(request, "users/recovery_codes.html", standing)


@signed_in(FORM, fresh=True)
def remove_app(request: HttpRequest) -> HttpResponse:
    """Ask, then take no codes from the app any more."""
    user = cast("User", request.user)
    standing = _standing(user) | {"here": "account"}
    if standing["step"].app_since is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            second_step.remove_app(user, must_keep_one=standing["is_needed"])
        except Refusal as refusal:
            refused = refusal.message
        else:
            return _removed(request, user, say("Your app is taken away. We do not ask for its codes any more."))
    return render(request, "users/remove_app.html", standing | {"refused": refused})


@signed_in(FORM, fresh=True)
def remove_passkey(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, then take a passkey no more."""
    user = cast("User", request.user)
    standing = _standing(user) | {"here": "account"}
    passkey = next((one for one in standing["step"].passkeys if one.key == key), None)
    if passkey is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            second_step.remove_passkey(user, key=key, must_keep_one=standing["is_needed"])
        except Refusal as refusal:
            refused = refusal.message
        else:
            return _removed(request, user, say("That passkey is taken away. It lets nobody in any more."))
    return render(request, "users/remove_passkey.html", standing | {"passkey": passkey, "refused": refused})


@public(FORM)
@sensitive_post_parameters("code", "credential")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the second step of a person whose password was right. Nobody is signed in yet."""
    if request.user.is_authenticated:
        return redirect("pages:home")
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None:
        return redirect("account_login")
    user = stage.login.user
    with_passkey = "credential" in request.POST
    form: forms.Code | forms.ShownPasskey = forms.Code(sent(request) if not with_passkey else None)
    shown = forms.ShownPasskey(sent(request) if with_passkey else None)
    if is_shown(request, user, shown if with_passkey else form):
        record_authentication(request, user, "mfa")
        shared = bool(request.session.get(middleware.SHARED))
        answer: HttpResponse = stage.exit()
        devices.after_sign_in(request, answer, user, shared=shared, at=now())
        return answer
    step = second_step.of(user)
    question = passkeys.ask_to_show(user) if step.passkeys else ""
    context = {"form": shown if with_passkey else form, "code": form, "step": step, "question": question}
    return render(request, "users/ask_second_step.html", context)


@public(FORM)
@sensitive_post_parameters("credential")
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: it asked for a finger, a face or a PIN, so it is both steps."""
    if request.user.is_authenticated:
        return redirect("pages:home")
    form = forms.PasskeySignIn(sent(request))
    if form.is_valid():
        try:
            row = passkeys.shown(form.cleaned_data["credential"], by=None)
        except ValidationError:
            form.add_error(None, forms.NO_PASSKEY)
        else:
            second_step.note_passkey_used(row, at=now())
            shared = request.session[middleware.SHARED] = form.cleaned_data["shared_device"]
            login = Login(user=row.user, redirect_url=get_next_redirect_url(request))
            answer: HttpResponse = perform_passwordless_login(request, row, login)
            devices.after_sign_in(request, answer, row.user, shared=shared, at=now())
            return answer
    context = {"form": form, "question": passkeys.ask_to_show(None), "next": request.GET.get("next", "")}
    return render(request, "users/sign_in_with_passkey.html", context)


def is_shown(request: HttpRequest, user: "User", form: forms.Code | forms.ShownPasskey) -> bool:
    """Say whether a form that was sent holds this person's second step, and use it up; or write why not on it."""
    if not form.is_valid():
        return False
    # A browser that is known has tries of its own: somebody who has the password cannot use them up.
    origin, at = devices.known(request, user.email) or user.pk, now()
    throttles.take("second_factor", origin, at=at)
    throttles.take("second_factor_day", origin, at=at)
    if not _is_good(user, form, at=at):
        counting.SECOND_STEP_FAILURES.inc()
        return False
    throttles.forget("second_factor", origin)
    throttles.forget("second_factor_day", origin)
    return True


def _is_good(user: "User", form: forms.Code | forms.ShownPasskey, *, at: dt.datetime) -> bool:
    if isinstance(form, forms.Code):
        if second_step.use_code(user, form.cleaned_data["code"], at=at):
            return True
        form.add_error("code", say("That code did not work. An app's code works once: wait for the next one."))
        return False
    try:
        row = passkeys.shown(form.cleaned_data["credential"], by=user)
    except ValidationError:
        form.add_error(None, forms.NO_PASSKEY)
        return False
    second_step.note_passkey_used(row, at=at)
    return True


def _standing(user: "User") -> dict[str, Any]:
    return {"step": second_step.of(user), "is_needed": needs_second_step(user)}


def _added(request: HttpRequest, user: "User", words: str) -> HttpResponse:
    """Lead on to the recovery codes, the first time; everywhere else the person is signed out."""
    middleware.only_this_session(request)
    notices.tell(user)
    messages.success(request, words)
    return redirect("users:second-step" if second_step.of(user).codes_left else "users:recovery-codes")


def _removed(request: HttpRequest, user: "User", words: str) -> HttpResponse:
    middleware.only_this_session(request)
    notices.tell(user)
    messages.success(request, words)
    return redirect("users:second-step")
