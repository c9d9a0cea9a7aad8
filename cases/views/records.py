"""The records that a person can open, and opening a new one."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cases import operations, queries
from cases.core import references
from cases.forms.opening import OpenRecord
from cms_tracker.web.gates import signed_in

if TYPE_CHECKING:
    from cms_tracker.users.models import User


@signed_in
@require_safe
def records(request: HttpRequest) -> HttpResponseBase:
    """Every record that the person can open: their own, and those shared with them."""
    memberships = queries.memberships_of(cast("User", request.user))
    return render(request, "cases/records.html", {"memberships": memberships, "here": "records"})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def open_record(request: HttpRequest) -> HttpResponseBase:
    """Open a record, and go straight on to its first decision."""
    form = OpenRecord(request.POST if request.method == "POST" else None)
    if "add" in request.POST:
        form = form.grown()
    elif request.method == "POST" and form.is_valid():
        case = operations.open_case(
            actor=cast("User", request.user),
            reference=form.cleaned_data["reference"],
            nation=form.cleaned_data["nation"],
            perspective=form.cleaned_data["perspective"],
            other_parent=form.cleaned_data["other_parent"],
            scheme=form.cleaned_data["scheme"],
            children=form.children,
            case_id=form.cleaned_data["entry"],
        )
        messages.success(request, _opened(case.reference))
        return redirect("arrears:first-decision", case_id=case.pk)
    return render(request, "cases/open_record.html", {"form": form, "here": "records"})


def _opened(reference: str) -> str:
    if references.looks_usual(reference):
        return "Your record is open."
    return "Your record is open. Most CMS references start with 12 and yours does not. Check it against the letter."
