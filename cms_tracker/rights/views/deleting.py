"""A person deletes a record or everything, says how long they want to be able to change their mind, and does."""

from typing import TYPE_CHECKING, cast

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases import queries as cases
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.rights import operations, queries
from cms_tracker.rights.core.second_thoughts import DAYS_UNLESS_CHOSEN, MOST_DAYS
from cms_tracker.rights.forms import BringBack, ChooseDays, TypeDelete
from cms_tracker.users import devices, throttles
from cms_tracker.web import drafts
from cms_tracker.web.clock import now, today
from cms_tracker.web.gates import public, signed_in
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

#: What a browser should forget when somebody goes.
FORGET = '"cache", "storage"'
_LIMITS = {"most": MOST_DAYS, "usual": DAYS_UNLESS_CHOSEN}


@case_view(Permission.DELETE, FORM, fresh=True)
def delete_record(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Say what would be lost; delete the record only when the word is typed."""
    form = TypeDelete(sent(request), initial=drafts.typed_before(request))
    if form.is_valid():
        drafts.forget_about(request.session, case.pk)
        operations.delete_record(actor=request.user, case=case, at=now())
        messages.success(request, _("The record is deleted."))
        return redirect("cases:records")
    held = queries.holds_on([case.pk], on=today()).get(case.pk)
    context = {"case": case, "here": "details", "form": form, "held": held, **_LIMITS}
    return render(request, "rights/delete_record.html", context)


@signed_in(FORM, fresh=True)
def close(request: HttpRequest) -> HttpResponseBase:
    """Delete the sign-in with every record of it. What follows looks the same whatever days were chosen."""
    user = cast("User", request.user)
    form = TypeDelete(sent(request), initial=drafts.typed_before(request))
    if form.is_valid():
        operations.delete_account(actor=user, at=now())
        logout(request)
        messages.success(request, _("Your sign-in and your records are deleted."))
        response = redirect("pages:home")
        devices.forget(request, response)
        response.headers["Clear-Site-Data"] = FORGET
        return response
    owned = cases.owned_by(user.pk)
    held = queries.holds_on([case.pk for case in owned], on=today())
    shared = sum(1 for one in cases.let_into([case.pk for case in owned]))
    context = {"form": form, "here": "account", "records": len(owned), "held": len(held), "shared": shared, **_LIMITS}
    return render(request, "rights/close.html", context)


@signed_in(FORM, fresh=True)
def days(request: HttpRequest) -> HttpResponseBase:
    """Choose how long a deletion can be taken back. What was chosen before is never shown."""
    form = ChooseDays(sent(request), initial=drafts.typed_before(request))
    if form.is_valid():
        code = operations.choose_days(actor=cast("User", request.user), days=form.cleaned_data["days"])
        return render(request, "rights/days_chosen.html", {"code": code, "here": "account"})
    return render(request, "rights/days.html", {"form": form, "here": "account", **_LIMITS})


@public(FORM)
def bring_back(request: HttpRequest) -> HttpResponseBase:
    """Take a deletion back. Whatever is wrong, there is one answer, and it tells nothing."""
    form = BringBack(sent(request))
    if form.is_valid():
        typed, at = form.cleaned_data, now()
        throttles.take("bring_back", get_adapter().place(request), at=at)
        if operations.bring_everything_back(
            address=typed["address"], password=typed["password"], code=typed["code"], at=at
        ):
            messages.success(request, _("What you deleted is back. You can sign in."))
            return redirect("account_login")
        form.add_error(None, _("That brings nothing back. Check all three, or there is nothing left to bring back."))
    return render(request, "rights/bring_back.html", {"form": form, **_LIMITS})
