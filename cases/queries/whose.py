"""Read whose a case is, and who was ever in it."""

import uuid
from typing import TYPE_CHECKING

from cases.core.roles import Role
from cases.models import Case, CaseMembership

if TYPE_CHECKING:
    from django.db.models import QuerySet


def owned_by(user_id: uuid.UUID) -> list[Case]:
    """The cases that belong to this person today, oldest first."""
    mine = CaseMembership.objects.filter(user_id=user_id, role=Role.OWNER, ended_at=None)
    return list(Case.objects.filter(pk__in=mine.values("case_id")).order_by("opened_at", "pk"))


def everyone_ever_in(case_id: uuid.UUID) -> "QuerySet[CaseMembership]":
    """Everyone who may open the case or once might, each with the owner's word for them."""
    return CaseMembership.objects.filter(case_id=case_id).select_related("invitation").order_by("began_at", "pk")
