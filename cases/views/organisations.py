"""An organisation's own page, and its people: join, teams, roles, codes. Nothing of any record is shown."""

import uuid
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases import operations, queries
from cases.core.organisations import CODE_LASTS, PostRole
from cases.forms.organisations import ChooseIntake, EditPost, NewPost, NewTeam, Nothing, TakePost
from cases.gate import PostRequest, post_view
from cms_tracker.refusal import Refusal
from cms_tracker.web import drafts
from cms_tracker.web.clock import now
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Post
    from cms_tracker.users.models import User

HERE = "organisation"


@post_view(*PostRole)
def organisation(request: PostRequest, post: "Post") -> HttpResponseBase:
    """Who works here, what one may do, and the records by their labels for whoever gives them out."""
    gives_out = bool(post.roles & {PostRole.SUPERVISOR, PostRole.MANAGER})
    manages = PostRole.MANAGER in post.roles
    context = {
        "here": HERE,
        "post": post,
        "roles": post.roles,
        "people": queries.posts_in(post.organisation_id),
        "teams": queries.teams_in(post.organisation_id),
        "codes": queries.open_post_codes(post.organisation_id, at=now()) if manages else [],
        "gives_out": gives_out,
        "manages": manages,
        "held": queries.held_with_people(post.organisation_id) if gives_out else [],
        "mine": queries.mine_here(post),
        "looks": queries.looks_waiting(post) if PostRole.SUPERVISOR in post.roles else [],
    }
    return render(request, "cases/organisation.html", context)


@signed_in(FORM)
def join_organisation(request: HttpRequest) -> HttpResponseBase:
    """Take a post with a code: who gave it is shown first, and only to whom it was made for."""
    user = cast("User", request.user)
    form = TakePost(sent(request))
    found = None
    if form.is_valid():
        code = form.cleaned_data["code"]
        found = queries.post_code_for(user, code, at=now())
        if found is None or form.cleaned_data["seen"] == "yes":
            try:
                operations.take_post(actor=user, code=code, at=now())
            except Refusal as refusal:
                form.refuse(refusal)
                found = None
            else:
                messages.success(request, _("You have a place in this organisation now."))
                return redirect("cases:organisation")
    return render(request, "cases/join_organisation.html", {"form": form, "here": "account", "found": found})


@post_view(PostRole.MANAGER, methods=FORM)
def new_team(request: PostRequest, post: "Post") -> HttpResponseBase:
    """Make a team."""
    form = NewTeam(sent(request))
    if form.is_valid():
        try:
            operations.make_team(actor=request.user, name=form.cleaned_data["name"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:organisation")
    return _form(request, form, title=_("New team"), button=_("Make this team"))


@post_view(PostRole.MANAGER, methods=FORM, fresh=True)
def new_post(request: PostRequest, post: "Post") -> HttpResponseBase:
    """Make a code for one person's sign-in. The answer shows it once; only its hash is kept."""
    form = NewPost(sent(request), teams=_teams(post), initial=drafts.typed_before(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            code = operations.make_post_code(
                actor=request.user,
                email=given["email"],
                name=given["name"],
                roles=given["roles"],
                team_id=given["team"],
                at=now(),
                code_id=given["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            context = {"here": HERE, "code": code, "until": now() + CODE_LASTS, "given": given}
            return render(request, "cases/post_code.html", context)
    return _form(request, form, title=_("Give somebody a place"), button=_("Make a code"))


@post_view(PostRole.MANAGER, methods=FORM)
def withdraw_post(request: PostRequest, post: "Post", code_id: uuid.UUID) -> HttpResponseBase:
    """Ask, then stop a code from working."""
    found = queries.open_post_codes(post.organisation_id, at=now()).filter(pk=code_id).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        operations.withdraw_post_code(actor=request.user, code_id=found.pk, at=now())
        messages.success(request, _("That code does not work any more."))
        return redirect("cases:organisation")
    return _form(
        request, Nothing(), title=_("Withdraw a code"), button=_("Withdraw this code"), lede=_("It stops working now.")
    )


@post_view(PostRole.MANAGER, methods=FORM, fresh=True)
def edit_post(request: PostRequest, post: "Post", post_id: uuid.UUID) -> HttpResponseBase:
    """Give a colleague other roles or another team."""
    theirs = _colleague(post, post_id)
    now_as = {"roles": list(theirs.roles), "team": str(theirs.team_id or "")}
    form = EditPost(sent(request), teams=_teams(post), initial=now_as | drafts.typed_before(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            operations.change_post(
                actor=request.user, post_id=theirs.pk, roles=given["roles"], team_id=given["team"], at=now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved. It counts from now."))
            return redirect("cases:organisation")
    return _form(request, form, title=_("Roles"), button=_("Save these roles"), lede=theirs.name)


@post_view(PostRole.MANAGER, methods=FORM, fresh=True)
def end_post(request: PostRequest, post: "Post", post_id: uuid.UUID) -> HttpResponseBase:
    """Ask, then end a colleague's place: every record they were given is shut to them at once."""
    theirs = _colleague(post, post_id)
    form = Nothing(sent(request))
    if form.is_valid():
        try:
            operations.end_post(actor=request.user, post_id=theirs.pk, at=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("They have no place here any more, and can open none of your records."))
            return redirect("cases:organisation")
    lede = _("{name} can open none of your organisation's records from the moment you press the button.")
    return _form(request, form, title=_("End a place"), button=_("End this place"), lede=lede.format(name=theirs.name))


@post_view(*PostRole, methods=FORM)
def leave_organisation(request: PostRequest, post: "Post") -> HttpResponseBase:
    """Ask, then give up one's own place."""
    form = Nothing(sent(request))
    if form.is_valid():
        try:
            operations.leave_organisation(actor=request.user, at=now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("You have left. You can open none of its records any more."))
            return redirect("users:account")
    lede = _("You can open none of its records from the moment you press the button.")
    return _form(request, form, title=_("Leave this organisation"), button=_("Leave"), lede=lede)


@post_view(PostRole.MANAGER, methods=FORM)
def choose_intake(request: PostRequest, post: "Post") -> HttpResponseBase:
    """Choose whether intakes wait for the conflicts lead."""
    form = ChooseIntake(sent(request), initial={"waits": "yes" if post.organisation.intake_waits else "no"})
    if form.is_valid():
        try:
            operations.choose_intake(actor=request.user, waits=form.cleaned_data["waits"] == "yes")
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved. It counts for the next intake."))
            return redirect("cases:organisation")
    return _form(request, form, title=_("New clients"), button=_("Save this choice"))


def _form(request: PostRequest, form: object, *, title: str, button: str, lede: str = "") -> HttpResponseBase:
    context = {"here": HERE, "form": form, "title": title, "button": button, "lede": lede}
    return render(request, "cases/organisation_form.html", context)


def _colleague(post: "Post", post_id: uuid.UUID) -> "Post":
    theirs = queries.posts_in(post.organisation_id).filter(pk=post_id).first()
    if theirs is None:
        raise Http404
    return theirs


def _teams(post: "Post") -> list[tuple[uuid.UUID, str]]:
    return [(team.pk, team.name) for team in queries.teams_in(post.organisation_id)]
