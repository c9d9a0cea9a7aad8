"""Whose cases a person may see, and what they may do there. Every read of a case starts here."""

import uuid
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from cases.core.roles import PERMISSIONS, Permission, Role
from cases.models import Case, CaseMembership

if TYPE_CHECKING:
    from cms_tracker.users.models import User


def visible_to(user: "User") -> QuerySet[Case]:
    """The cases this person may open today: those with a membership that has not ended."""
    return Case.objects.filter(memberships__user=user, memberships__ended_at=None)


def membership_of(user: "User", case_id: uuid.UUID) -> CaseMembership | None:
    """How this person stands in a case today, the case with it; None for a stranger."""
    present = CaseMembership.objects.filter(user=user, case_id=case_id, ended_at=None)
    return present.select_related("case").first()


def rights_of(user_id: uuid.UUID, case_id: uuid.UUID) -> frozenset[Permission]:
    """What this person may do in a case at this moment: nothing for a stranger, or an account that is closed.

    For work that somebody asked for earlier, and that is done when they are no longer waiting.
    """
    present = CaseMembership.objects.filter(user_id=user_id, case_id=case_id, ended_at=None, user__is_active=True)
    role = present.values_list("role", flat=True).first()
    return PERMISSIONS[Role(role)] if role else frozenset()
