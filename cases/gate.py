"""The only door to a page about a case: find the case or 404, check the right, mark the view."""

import functools
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from cases import access
from cases.core.organisations import PostRole
from cases.core.roles import Permission, Role
from cms_tracker.audit import operations as audit
from cms_tracker.web import drafts
from cms_tracker.web.fresh import Fresh, confirm_first
from cms_tracker.web.gates import declare
from cms_tracker.web.methods import READ, Methods, refused

if TYPE_CHECKING:
    from cases.models import Case, CaseMembership, Post
    from cms_tracker.users.models import User

View = Callable[..., HttpResponseBase]


class CaseRequest(HttpRequest):
    """A request that has passed the gate: signed in, with a case, a role and its rights."""

    user: "User"  # the gate has refused anonymous users
    case: "Case"
    membership: "CaseMembership"
    role: Role
    rights: frozenset[Permission]


def case_view(
    permission: Permission, methods: Methods = READ, *, fresh: Fresh = False, asked_by_timer: bool = False
) -> Callable[[View], View]:
    """Open a view to people with this permission on the case of ``case_id``.

    A stranger, and a case that does not exist, get the same 404: nothing tells them apart. A person who is in
    the case without this right gets 403, or is led to the page that says that the client's authority has ended;
    only then is a method that the view does not take refused with 405. ``fresh``: only then, whoever has not shown
    who they are in the last minutes is asked to. The view receives ``(request, case)`` and its other URL arguments.

    What is shown leaves an event that says who saw which page, and so does what was refused with 403.
    ``asked_by_timer``: but for the part by which an open page asks by itself how far a paper is, and for that alone.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, case_id: uuid.UUID, **kwargs: Any) -> HttpResponseBase:
            user = cast("User", request.user)
            membership = access.membership_of(user, case_id)
            if membership is None:
                drafts.forget_about(request.session, case_id)  # typed while they still could
                raise Http404
            passed = _passed(request, membership)
            if permission not in passed.rights:
                audit.note_look("case.refused", actor=user, case_id=case_id, page=_page(request))
                return _turned_away(passed)
            closed = refused(request, methods) or confirm_first(request, fresh=fresh, methods=methods)
            if closed:
                return closed
            answer = view(passed, passed.case, **kwargs)
            is_asked_by_timer = asked_by_timer and "HX-Request" in request.headers
            if answer.status_code == HTTPStatus.OK and not is_asked_by_timer:
                # After the view, before anything leaves: a page that cannot be noted is not shown.
                audit.note_look("case.seen", actor=user, case_id=case_id, page=_page(request))
            return answer

        return declare(guarded, rule=f"case:{permission}", methods=methods, fresh=fresh)

    return decorate


def _passed(request: HttpRequest, membership: "CaseMembership") -> CaseRequest:
    """The request with the case, and how the person stands in it."""
    passed = cast(CaseRequest, request)
    passed.case, passed.membership, passed.role = membership.case, membership, Role(membership.role)
    passed.rights = access.rights_in(membership)
    return passed


def _turned_away(request: CaseRequest) -> HttpResponseBase:
    """Say no to somebody who is in the case: without an authority, by leading them to where that is said."""
    if request.rights == {Permission.AUTHORITY}:
        drafts.forget_about(request.session, request.case.pk)
        if request.method in READ:
            return redirect("cases:authority", request.case.pk)
    raise PermissionDenied


class PostRequest(HttpRequest):
    """A request that has passed the gate of an organisation's pages: signed in, with a post there."""

    user: "User"
    post: "Post"


def post_view(*roles: PostRole, methods: Methods = READ, fresh: Fresh = False) -> Callable[[View], View]:
    """Open a view to people whose post in an organisation has one of these roles; to others it is not there.

    The organisation is that of the post: no address names one. It must be verified and open. The
    view receives ``(request, post)`` and its URL arguments. Such a page shows nothing of any record.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            post = access.post_of(cast("User", request.user))
            if post is None or not post.roles & set(roles):
                raise Http404
            passed = cast(PostRequest, request)
            passed.post = post
            closed = refused(request, methods) or confirm_first(request, fresh=fresh, methods=methods)
            return closed or view(passed, post, **kwargs)

        return declare(guarded, rule=f"post:{'+'.join(roles)}", methods=methods, fresh=fresh)

    return decorate


def _page(request: HttpRequest) -> str:
    """The name of the view: never the address, which may hold what was looked for."""
    return request.resolver_match.view_name if request.resolver_match else ""
