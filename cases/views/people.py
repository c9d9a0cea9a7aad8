"""Who can open a record: let one person in with a code, see who is in, shut someone out."""

import uuid
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from cases import operations, queries
from cases.core.roles import Permission, Role
from cases.forms.people import Invite, Join
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.users import throttles
from cms_tracker.web import drafts
from cms_tracker.web.clock import now
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@signed_in(FORM)
def join(request: HttpRequest) -> HttpResponseBase:
    """Come into a record with a code. Every code that does not work gets the same answer."""
    form = Join(sent(request))
    if form.is_valid():
        user = cast("User", request.user)
        throttles.take("join", user.pk, at=now())
        try:
            case = operations.accept_invitation(actor=user, code=form.cleaned_data["code"], at=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("You can open this record now."))
            return redirect("pages:today", case.pk)
    return render(request, "cases/join.html", {"form": form, "here": "records"})


@case_view(Permission.VIEW)
def people(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Show the owner who is in, since when. Others learn only that the owner can see it."""
    shares = Permission.SHARE in request.rights
    held = request.membership.organisation_id is not None
    context = {
        "case": case,
        "here": "details",
        "shares": shares,
        "members": queries.members_of(case.pk) if shares else [],
        "invitations": queries.open_invitations(case.pk, at=now()) if shares else [],
        "looks": queries.looks_of(case.pk) if shares else [],
        "member": request.membership,
        "looks_in": request.role is Role.VISITOR,
        "advises": request.role is Role.ADVISER,
        "may_give_code": held and request.role is Role.ADVISER and queries.owner_of(case.pk) is None,
    }
    return render(request, "cases/people.html", context)


@case_view(Permission.SHARE, FORM, fresh=True)
def invite(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Make a code for one person. The answer shows it once; only its hash is kept."""
    form = Invite(sent(request), initial=drafts.typed_before(request))
    context = {"case": case, "here": "details", "form": form}
    if form.is_valid():
        given = form.cleaned_data
        try:
            code = operations.make_invitation(
                actor=request.user,
                case=case,
                role=given["role"],
                label=given["label"],
                at=now(),
                invitation_id=given["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            until = now() + operations.INVITATION_LASTS
            return render(request, "cases/invited.html", context | {"code": code, "until": until, "given": given})
    return render(request, "cases/invite.html", context)


@case_view(Permission.SHARE, FORM, fresh=True)
def withdraw(request: CaseRequest, case: "Case", invitation_id: uuid.UUID) -> HttpResponseBase:
    """Ask, then stop a code from working."""
    invitation = queries.invitation_in(case.pk, invitation_id)
    if invitation is None:
        raise Http404
    if request.method == "POST":
        operations.withdraw_invitation(actor=request.user, case=case, invitation_id=invitation.pk, at=now())
        messages.success(request, say("That code does not work any more."))
        return redirect("cases:people", case.pk)
    return render(request, "cases/withdraw.html", {"case": case, "here": "details", "invitation": invitation})


@case_view(Permission.SHARE, FORM, fresh=True)
def end_access(request: CaseRequest, case: "Case", membership_id: uuid.UUID) -> HttpResponseBase:
    """Ask, then shut a person out at once."""
    member = queries.member_in(case.pk, membership_id)
    if member is None:
        raise Http404
    if request.method == "POST":
        operations.end_access(actor=request.user, case=case, membership_id=member.pk, at=now())
        messages.success(request, say("They cannot open this record any more."))
        return redirect("cases:people", case.pk)
    return render(request, "cases/end_access.html", {"case": case, "here": "details", "member": member})
