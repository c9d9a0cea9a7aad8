"""The only door to a page about a case: find the case or 404, check the right, mark the view."""

import functools
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from cases import access
from cases.core.roles import PERMISSIONS, Permission, Role

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

View = Callable[..., HttpResponseBase]


class CaseRequest(HttpRequest):
    """A request that has passed the gate: signed in, with a case, a role and its rights."""

    user: "User"  # the gate has refused anonymous users
    case: "Case"
    role: Role
    rights: frozenset[Permission]


def case_view(permission: Permission) -> Callable[[View], View]:
    """Open a view to people with this permission on the case of ``case_id``.

    A stranger, and a case that does not exist, get the same 404: nothing tells them apart. A
    person who is in the case without this right gets 403. The view receives ``(request, case)``
    and its other URL arguments; ``request.rights`` holds the person's permissions.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, case_id: uuid.UUID, **kwargs: Any) -> HttpResponseBase:
            user = cast("User", request.user)
            case = access.visible_to(user).filter(pk=case_id).first()
            if case is None:
                raise Http404
            role = access.role_of(user, case_id)
            if role is None:
                raise Http404
            passed = cast(CaseRequest, request)
            passed.case, passed.role, passed.rights = case, role, PERMISSIONS[role]
            if permission not in passed.rights:
                raise PermissionDenied
            return view(passed, case, **kwargs)

        guarded.access_rule = f"case:{permission}"  # type: ignore[attr-defined]  # read by the architecture test
        return guarded

    return decorate
