"""Read whose a case is, and who was ever in it."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from cases.core.roles import Role
from cases.models import Case, CaseMembership, Holding, Invitation

if TYPE_CHECKING:
    from django.db.models import QuerySet


def owned_by(user_id: uuid.UUID) -> list[Case]:
    """The cases that belong to this person today, oldest first."""
    mine = CaseMembership.objects.filter(user_id=user_id, role=Role.OWNER, ended_at=None)
    return list(Case.objects.filter(pk__in=mine.values("case_id")).order_by("opened_at", "pk"))


def everyone_ever_in(case_id: uuid.UUID) -> "QuerySet[CaseMembership]":
    """Everyone who may open the case or once might, each with the owner's word for them."""
    return CaseMembership.objects.filter(case_id=case_id).select_related("invitation").order_by("began_at", "pk")


def let_go_before(at: dt.datetime, *, organisation_id: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Cases of clients without a sign-in that their organisation let go of before ``at``, and nobody can open."""
    over = Holding.objects.filter(ended_at__lt=at)
    if organisation_id is not None:
        over = over.filter(organisation_id=organisation_id)
    in_use = CaseMembership.objects.filter(ended_at=None).values("case_id")
    owned = CaseMembership.objects.filter(role=Role.OWNER).values("case_id")
    held = Holding.objects.filter(ended_at=None).values("case_id")
    left = Case.objects.filter(pk__in=over.values("case_id")).exclude(pk__in=in_use).exclude(pk__in=owned)
    return list(left.exclude(pk__in=held).order_by("pk").values_list("pk", flat=True))


def held_last_by(case_id: uuid.UUID) -> uuid.UUID | None:
    """The organisation that held this case last, or None."""
    latest = Holding.objects.filter(case_id=case_id).order_by("-ended_at", "pk")
    return latest.values_list("organisation_id", flat=True).first()


def codes_over_before(at: dt.datetime) -> "QuerySet[Invitation]":
    """Codes to let somebody in that nobody used and that stopped working before ``at``."""
    return Invitation.objects.filter(used_at=None, expires_at__lt=at)
