"""Signing up, in and out, and passwords. Only what is listed in the two URL modules can be reached."""

from typing import TYPE_CHECKING, Any, cast

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal import flows
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.debug import sensitive_post_parameters

from cms_tracker.language import say
from cms_tracker.users import devices, forms, middleware, notices, operations, second_step, throttles
from cms_tracker.users.queries import waiting_for, who_may_be_sent_a_link
from cms_tracker.web.clock import now
from cms_tracker.web.gates import public, signed_in
from cms_tracker.web.methods import FORM, sent
from cms_tracker.web.too_many import TooManyTriesError

if TYPE_CHECKING:
    from cms_tracker.users.models import User
    from cms_tracker.users.sessions import Ending

#: What a browser should forget when somebody goes. Cookies end with the session, by name.
FORGET = '"cache", "storage"'


@signed_in()
def account(request: HttpRequest) -> HttpResponse:
    """Your sign-in: the address, and how to change the password or sign out."""
    user = cast("User", request.user)
    return render(request, "users/account.html", {"here": "account", "second_step_is_on": second_step.is_on(user)})


@signed_in(FORM, enrolling=True)
def stay(request: HttpRequest) -> HttpResponse:
    """Tell a page how long it may go on showing itself. Only a POST was a press: it stays signed in."""
    ending: Ending = request.ending  # type: ignore[attr-defined]  # set by the middleware
    return JsonResponse({"seconds": ending.seconds, "final": ending.is_final})


class _SignUp(allauth_views.SignupView):  # type: ignore[misc]  # published without types
    form_class = forms.SignUp

    def form_valid(self, form: forms.SignUp) -> HttpResponse:
        """Answer every address alike; what differs is said in the e-mail, to whoever reads it."""
        email = form.cleaned_data["email"].lower()
        waiting = operations.sign_up(email)
        if may_write_to(email, self.request, purpose="sign up"):
            get_adapter().send_sign_up_mail(email, waiting=waiting)
        return redirect("account_email_verification_sent")


def may_write_to(email: str, request: HttpRequest, *, purpose: str) -> bool:
    """Count one message. By address and place: by address alone, one parent could keep the other's mail away."""
    at, device = now(), devices.known(request, email)
    place = get_adapter().place(request)
    try:
        if device:
            throttles.take("message", purpose, device, at=at)
        else:
            throttles.take("message", purpose, email, place, at=at)
            throttles.take("message_place", purpose, place, at=at)
    except TooManyTriesError:
        return False
    return True


@public(FORM)
@sensitive_post_parameters("password1")
def confirm_address(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm an address and set its password, in one press. A session that is open stays as it is."""
    user = waiting_for(key)
    if user is None:
        return _void_link(request)
    form = forms.FirstPassword(sent(request), user=user)
    if not form.is_valid():
        return render(request, "account/email_confirm.html", {"form": form, "email": user.email})
    if not operations.confirm_address(user, password=form.cleaned_data["password1"]):
        return _void_link(request)  # it was pressed twice in the same moment
    messages.success(request, say("Your address is confirmed and your password is set. Sign in to start."))
    return redirect("account_login")


def _void_link(request: HttpRequest) -> HttpResponse:
    return render(request, "account/email_confirm.html", status=404 if request.method == "POST" else 200)


class _SignOut(allauth_views.LogoutView):  # type: ignore[misc]  # published without types
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session and ask the browser to forget what it has kept."""
        flows.logout.logout(self.request, show_message=False)
        response = redirect("pages:home")
        response.headers["Clear-Site-Data"] = FORGET
        return response


class _ChangePassword(allauth_views.PasswordChangeView):  # type: ignore[misc]  # published without types
    form_class = forms.ChangePassword

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count how often the present password was typed wrong: a device may be left signed in."""
        throttles.take("present_password", cast("User", request.user).pk, at=now())
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_valid(self, form: forms.ChangePassword) -> HttpResponse:
        """Change it; this session stays, every other one ends."""
        user = cast("User", self.request.user)
        operations.change_password(user, password=form.cleaned_data["password1"])
        update_session_auth_hash(self.request, user)
        devices.forget_others(user, request=self.request)
        throttles.forget("present_password", user.pk)
        notices.tell(user)
        messages.success(
            self.request, say("Your password is changed. Anywhere else you were signed in, you are not now.")
        )
        return redirect("users:account")


class _NewPassword(allauth_views.PasswordResetFromKeyView):  # type: ignore[misc]  # published without types
    form_class = forms.NewPassword
    success_url = reverse_lazy("account_reset_password_from_key_done")

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead from the address with the key to one without: no request that follows names the first as its origin."""
        response: HttpResponse = super().dispatch(*args, **kwargs)
        if "Location" in response:
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def form_valid(self, form: forms.NewPassword) -> HttpResponse:
        """Set it and end every session. Nobody is signed in by a link."""
        operations.replace_forgotten_password(self.reset_user, password=form.cleaned_data["password1"])
        notices.tell(self.reset_user)
        response = HttpResponseRedirect(str(self.success_url))
        # Whoever else tries to get in from this place, the person who reads the mailbox can sign in now.
        devices.remember(self.request, response, self.reset_user, at=now())
        return response


class _AskForNewPassword(allauth_views.PasswordResetView):  # type: ignore[misc]  # published without types
    form_class = forms.AskForNewPassword

    def form_valid(self, form: forms.AskForNewPassword) -> HttpResponse:
        """Answer every address alike, and one that was asked for too often as ever."""
        email = form.cleaned_data["email"].lower()
        known = who_may_be_sent_a_link(email)
        if may_write_to(email, self.request, purpose="new password"):
            get_adapter().send_new_password_mail(email, known=known)
        return redirect("account_reset_password_done")


class _SignIn(allauth_views.LoginView):  # type: ignore[misc]  # published without types
    form_class = forms.SignIn

    def form_valid(self, form: forms.SignIn) -> HttpResponse:
        """Sign in, or go on to the second step; what was ticked waits for it."""
        self.request.session[middleware.SHARED] = form.cleaned_data["shared_device"]
        response: HttpResponse = super().form_valid(form)
        if self.request.user.is_authenticated:
            user = cast("User", self.request.user)
            devices.after_sign_in(self.request, response, user, shared=form.cleaned_data["shared_device"], at=now())
        return response


sign_in = public(FORM)(_SignIn.as_view())
sign_up = public(FORM)(_SignUp.as_view())
sign_out = public(FORM)(_SignOut.as_view())
look_for_email = public()(allauth_views.EmailVerificationSentView.as_view())
change_password = signed_in(FORM, fresh=True)(_ChangePassword.as_view())
ask_for_new_password = public(FORM)(_AskForNewPassword.as_view())
new_password_asked = public()(allauth_views.PasswordResetDoneView.as_view())
new_password = public(FORM)(_NewPassword.as_view())
new_password_set = public()(allauth_views.PasswordResetFromKeyDoneView.as_view())
