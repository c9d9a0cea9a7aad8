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


def role_of(user: "User", case_id: uuid.UUID) -> Role | None:
    """The person's present role on a case, or None for a stranger."""
    role = CaseMembership.objects.filter(user=user, case_id=case_id, ended_at=None).values_list("role", flat=True)
    first = role.first()
    return Role(first) if first else None


def permissions_for(user: "User", case_id: uuid.UUID) -> frozenset[Permission]:
    """What the person may do on a case: nothing for a stranger."""
    role = role_of(user, case_id)
    return PERMISSIONS[role] if role else frozenset()
