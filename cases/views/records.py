"""The records that a person can open, opening a new one, and putting its details right."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from cases import operations, queries
from cases.core import references, words
from cases.core.facts import Perspective
from cases.core.roles import Permission, Role
from cases.forms.correcting import CorrectDetails
from cases.forms.opening import OpenRecord
from cases.gate import CaseRequest, case_view
from cms_tracker.audit.keys import own_key
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@signed_in()
def records(request: HttpRequest) -> HttpResponseBase:
    """Every record that the person can open: their own, and those shared with them."""
    memberships = queries.memberships_of(cast("User", request.user))
    debts = [one for one in memberships if one.role == Role.OWNER and one.case.perspective == Perspective.PAYING]
    context = {"memberships": memberships, "has_several_debts": len(debts) > 1, "here": "records"}
    return render(request, "cases/records.html", context)


@signed_in(FORM)
def open_record(request: HttpRequest) -> HttpResponseBase:
    """Open a record, and go straight on to its first decision."""
    form = OpenRecord(sent(request))
    if "add" in request.POST:
        form = form.grown()
    elif form.is_valid():
        user, entry = cast("User", request.user), form.cleaned_data["entry"]
        case = operations.open_case(
            actor=user,
            reference=form.cleaned_data["reference"],
            nation=form.cleaned_data["nation"],
            perspective=form.cleaned_data["perspective"],
            other_parent=form.cleaned_data["other_parent"],
            scheme=form.cleaned_data["scheme"],
            children=form.children,
            # Never the form's key itself: the answer would tell whether a record of that key is, or was, here.
            case_id=own_key(entry, owner=user.pk) if entry else None,
        )
        messages.success(request, _with_hint(say("Your record is open."), case.reference))
        return redirect("arrears:first-decision", case_id=case.pk)
    return render(request, "cases/open_record.html", {"form": form, "here": "records"})


@case_view(Permission.EDIT_CASE, FORM)
def edit_details(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Put right what was mistyped when the record was opened."""
    now = queries.details_of(case)
    form = CorrectDetails(sent(request), now=now)
    if "add" in request.POST:
        form = form.grown()
    elif form.is_valid():
        try:
            changed = operations.correct_details(
                actor=request.user, case=case, details=form.details, seen=form.cleaned_data["seen"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            done = (
                say("Your corrections are saved.") if changed else say("Nothing was different, so nothing was changed.")
            )
            messages.success(request, _with_hint(done, form.details.reference))
            return redirect("arrears:details", case_id=case.pk)
    side = words.SIDES[Perspective(case.perspective)]
    context = {"case": case, "here": "details", "form": form, "side": side}
    return render(request, "cases/edit_details.html", context)


def _with_hint(done: str, reference: str) -> str:
    """Say what was done, and that a reference looks unusual: only CMS knows its own numbers."""
    if references.looks_usual(reference):
        return done
    return say("{done} Most CMS references start with 12 and yours does not. Check it against the letter.", done=done)
