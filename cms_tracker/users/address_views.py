"""The pages of another address to sign in with."""

from typing import TYPE_CHECKING, cast

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cms_tracker.language import say
from cms_tracker.users import addresses, forms, links, notices
from cms_tracker.users.queries import moving_to_new_address
from cms_tracker.users.views import may_write_to
from cms_tracker.web import drafts
from cms_tracker.web.gates import public, signed_in
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cms_tracker.users.models import User


@signed_in(FORM, fresh=True)
def change_address(request: HttpRequest) -> HttpResponse:
    """Ask for another address, and send the link there. Every address gets the same answer."""
    user = cast("User", request.user)
    form = forms.NewAddress(sent(request), initial=drafts.typed_before(request))
    if form.is_valid() and form.cleaned_data["email"].lower() == user.email:
        form.add_error("email", say("That is the address that you use now."))
    if form.is_valid():
        address = form.cleaned_data["email"].lower()
        is_free = addresses.ask_for_new_address(user, address=address)
        if may_write_to(address, request, purpose="new address"):
            path = reverse("users:confirm-new-address", args=[links.key_for_new_address(user)])
            get_adapter().send_new_address_mail(address, path=path if is_free else "")
        messages.success(request, say("Open the link that we have sent there. Until then you sign in as before."))
        return redirect("users:account")
    return render(request, "users/change_address.html", {"here": "account", "form": form})


@public(FORM)
def confirm_new_address(request: HttpRequest, key: str) -> HttpResponse:
    """Let the new address count. Only the press does it: mail programs open links by themselves."""
    user = moving_to_new_address(key)
    if user is None:
        return _void(request)
    if request.method != "POST":
        return render(request, "users/confirm_new_address.html", {"waiting": user.new_email})
    is_here = request.user.pk == user.pk
    if not addresses.take_new_address(user, keep=request.session.session_key if is_here else None):
        return _void(request)
    notices.tell(user)
    if is_here:
        request.session.cycle_key()
    messages.success(request, say("From now on you sign in with this address. Anywhere else, you are signed out."))
    return redirect("users:account" if is_here else "account_login")


def _void(request: HttpRequest) -> HttpResponse:
    status = 404 if request.method == "POST" else 200
    return render(request, "users/confirm_new_address.html", {"waiting": ""}, status=status)
