"""Who works on which record, by its label; and a supervisor's hour in one. Nothing of a record is shown here."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases import operations, queries
from cases.core.organisations import PostRole
from cases.core.roles import Permission
from cases.forms.organisations import AnswerLook, AskToLook, Assign, Nothing
from cases.gate import CaseRequest, PostRequest, case_view, post_view
from cms_tracker.refusal import Refusal
from cms_tracker.web import drafts
from cms_tracker.web.clock import now
from cms_tracker.web.methods import FORM, PRESS, sent

if TYPE_CHECKING:
    from cases.models import Case, Holding, Post

HERE = "organisation"


@post_view(PostRole.SUPERVISOR, PostRole.MANAGER, methods=FORM, fresh=True)
def assign(request: PostRequest, post: "Post", holding_id: uuid.UUID) -> HttpResponseBase:
    """Give a record to an adviser. Everybody who advises is listed: whether they may have it is said afterwards."""
    holding = _holding(post, holding_id)
    people = [(one.pk, one.name) for one in queries.posts_in(post.organisation_id).filter(is_adviser=True)]
    form = Assign(sent(request), people=people, initial=drafts.typed_before(request))
    if form.is_valid():
        try:
            operations.assign(actor=request.user, holding_id=holding.pk, post_id=form.cleaned_data["post"], at=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("They can open this record now."))
            return redirect("cases:organisation")
    return _form(request, form, title=_("Give out a record"), button=_("Give them this record"), lede=holding.label)


@post_view(PostRole.SUPERVISOR, PostRole.MANAGER, methods=FORM, fresh=True)
def unassign(request: PostRequest, post: "Post", assignment_id: uuid.UUID) -> HttpResponseBase:
    """Ask, then shut an adviser out of a record at once."""
    if not queries.assigned(post.organisation_id).filter(pk=assignment_id).exists():
        raise Http404
    if request.method == "POST":
        operations.unassign(actor=request.user, membership_id=assignment_id, at=now())
        messages.success(request, _("They cannot open this record any more."))
        return redirect("cases:organisation")
    lede = _("They cannot open it from the moment you press the button, and nothing that waits is made for them.")
    return _form(request, Nothing(), title=_("Take a record back"), button=_("Take it back"), lede=lede)


@post_view(PostRole.SUPERVISOR, methods=FORM, fresh=True)
def ask_to_look(request: PostRequest, post: "Post", holding_id: uuid.UUID) -> HttpResponseBase:
    """Ask for an hour in a record that is somebody else's, with a reason that the client sees."""
    holding = _holding(post, holding_id)
    form = AskToLook(sent(request), initial=drafts.typed_before(request))
    if form.is_valid():
        try:
            look = operations.ask_to_look(
                actor=request.user, holding_id=holding.pk, reason=form.cleaned_data["reason"], at=now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if look.opened_at is not None:
                messages.success(request, _("You can look into this record for one hour."))
                return redirect("pages:today", look.case_id)
            messages.success(request, _("Another supervisor has to approve it first."))
            return redirect("cases:organisation")
    lede = _("You can read for one hour and change nothing. The client sees your name and your reason.")
    return _form(request, form, title=_("Look into a record"), button=_("Ask to look"), lede=lede)


@post_view(PostRole.SUPERVISOR, methods=FORM, fresh=True)
def answer_look(request: PostRequest, post: "Post", look_id: uuid.UUID) -> HttpResponseBase:
    """Approve or refuse what a colleague asked for. One's own asking is not there."""
    look = queries.looks_waiting(post).filter(pk=look_id).first()
    if look is None:
        raise Http404
    form = AnswerLook(sent(request), initial=drafts.typed_before(request))
    if form.is_valid():
        act = operations.approve_look if form.cleaned_data["answer"] == "yes" else operations.refuse_look
        try:
            act(actor=request.user, look_id=look.pk, at=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Your answer is kept."))
            return redirect("cases:organisation")
    lede = f"{look.asked_by.name}: {look.reason}"
    return _form(request, form, title=_("A colleague asks to look"), button=_("Save this answer"), lede=lede)


@case_view(Permission.VIEW, PRESS)
def end_look(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """End one's own hour before it is over."""
    operations.end_look(actor=request.user, case=case, at=now())
    return redirect("pages:home")


def _holding(post: "Post", holding_id: uuid.UUID) -> "Holding":
    holding = queries.holding_in(post.organisation_id, holding_id)
    if holding is None:
        raise Http404
    return holding


def _form(request: PostRequest, form: object, *, title: str, button: str, lede: str) -> HttpResponseBase:
    context = {"here": HERE, "form": form, "title": title, "button": button, "lede": lede}
    return render(request, "cases/organisation_form.html", context)
