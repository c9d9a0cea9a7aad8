"""What a client lets others do with their record: see it, give it, withdraw it."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases import operations, queries
from cases.core.authority import Given, Said
from cases.core.roles import Permission, Role
from cases.forms.authority import GiveAuthority, RecordAuthority
from cases.gate import CaseRequest, case_view
from cms_tracker.refusal import Refusal
from cms_tracker.web import drafts
from cms_tracker.web.clock import now, today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Authority, Case


@case_view(Permission.AUTHORITY)
def authority(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Show what was given, to whom and until when. Whoever has no authority any more sees this and no more."""
    owner = queries.owner_of(case.pk)
    context = {
        "case": case if Permission.VIEW in request.rights else None,
        "case_id": case.pk,
        "here": "details",
        "today": today(),
        "may_view": Permission.VIEW in request.rights,
        "is_owner": request.role is Role.OWNER,
        "has_owner": owner is not None,
        "may_give": _may_give(request, has_owner=owner is not None),
        "holding": queries.holding_of_case(case.pk),
        "member": request.membership,
        "authorities": _seen_by(request, case),
        "private": queries.private_advisers(case.pk) if request.role is Role.OWNER else [],
    }
    return render(request, "cases/authority.html", context)


@case_view(Permission.AUTHORITY, FORM, fresh=True)
def give_authority(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Say how far the organisation may go, and until when; it replaces what was said before."""
    return _give(request, case)


@case_view(Permission.SHARE, FORM, fresh=True)
def give_authority_to(request: CaseRequest, case: "Case", adviser_id: uuid.UUID) -> HttpResponseBase:
    """Say how far an adviser may go whom the client let in themselves."""
    if not any(one.pk == adviser_id for one in queries.private_advisers(case.pk)):
        raise Http404
    return _give(request, case, membership_id=adviser_id)


def _give(request: CaseRequest, case: "Case", *, membership_id: uuid.UUID | None = None) -> HttpResponseBase:
    owned = queries.owner_of(case.pk) is not None
    if not _may_give(request, has_owner=owned):
        raise Http404
    form_type = GiveAuthority if owned else RecordAuthority
    form = form_type(sent(request), on=today(), initial=drafts.typed_before(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            operations.give_authority(
                actor=request.user,
                case=case,
                scope=given["scope"],
                said=Said(
                    given=given.get("given", Given.HERE),
                    said_on=given.get("said_on"),
                    heard_by=given.get("heard_by", ""),
                ),
                from_on=today(),
                until=given["until"],
                membership_id=membership_id,
                at=now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It is kept, and counts from now."))
            return redirect("cases:authority", case.pk)
    context = {"case": case, "here": "details", "form": form, "owned": owned}
    return render(request, "cases/give_authority.html", context)


@case_view(Permission.AUTHORITY, FORM)
def end_authority(request: CaseRequest, case: "Case", authority_id: uuid.UUID) -> HttpResponseBase:
    """Ask, then withdraw it at once."""
    found = next((one for one in _seen_by(request, case) if one.pk == authority_id), None)
    if found is None or request.role not in {Role.OWNER, Role.ADVISER}:
        raise Http404
    if request.method == "POST":
        try:
            operations.end_authority(actor=request.user, case=case, authority_id=found.pk, at=now())
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("It is withdrawn, from now."))
        return redirect("cases:authority", case.pk)
    return render(request, "cases/end_authority.html", {"case_id": case.pk, "here": "details", "authority": found})


def _may_give(request: CaseRequest, *, has_owner: bool) -> bool:
    """The client themselves where they have a sign-in; else the organisation's adviser who is assigned."""
    if has_owner:
        return request.role is Role.OWNER
    return request.role is Role.ADVISER and request.membership.organisation_id is not None


def _seen_by(request: CaseRequest, case: "Case") -> list["Authority"]:
    """The owner sees all; others what they or their organisation were given."""
    kept = list(queries.authorities_of(case.pk))
    if request.role is Role.OWNER:
        return kept
    member = request.membership
    return [
        one
        for one in kept
        if one.membership_id == member.pk
        or (one.organisation_id is not None and one.organisation_id == member.organisation_id)
    ]
