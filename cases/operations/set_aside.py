"""Take a case out of everybody's sight, and bring it back: what stands between deleting and destroying."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from cases.core.roles import Role
from cases.models import CaseMembership, Holding, Invitation, Post
from cms_tracker.audit import operations as audit

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

NOBODYS_NAME = "Somebody who has left"


@transaction.atomic
def set_aside(*, actor: "User", case: "Case", at: dt.datetime) -> None:
    """End everybody's access, the owner's too, at ``at``; codes that nobody has used stop working.

    Nothing of the case is gone. Every page, feed, share and job finds it through a membership.
    """
    CaseMembership.objects.filter(case=case, ended_at=None).update(ended_at=at)
    Holding.objects.filter(case=case, ended_at=None).update(ended_at=at)  # or somebody could be assigned to it
    Invitation.objects.filter(case=case, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    audit.record("case.set_aside", actor=actor, case_id=case.pk)


@transaction.atomic
def bring_back(*, actor: "User", case_id: uuid.UUID, at: dt.datetime) -> bool:
    """Give those back their access whose access ended when the case was set aside at ``at``; say whether it is back."""
    ended = CaseMembership.objects.filter(case_id=case_id, ended_at=at)
    if not ended.filter(role=Role.OWNER, user=actor).exists():
        return False
    ended.update(ended_at=None)
    Holding.objects.filter(case_id=case_id, ended_at=at).update(ended_at=None)
    audit.record("case.brought_back", actor=actor, case_id=case_id)
    return True


@transaction.atomic
def leave_every_case(*, actor: "User", at: dt.datetime) -> None:
    """End a person's own access to every case that belongs to somebody else, and their place in an organisation.

    Whoever let them in can do so again.
    """
    Post.objects.filter(user=actor, ended_at=None).update(ended_at=at)
    present = CaseMembership.objects.filter(user=actor, ended_at=None).exclude(role=Role.OWNER)
    for membership_id, case_id in list(present.values_list("pk", "case_id")):
        CaseMembership.objects.filter(pk=membership_id, ended_at=None).update(ended_at=at)
        audit.record("access.left", actor=actor, case_id=case_id, subject=str(membership_id))


@transaction.atomic
def forget_name(user_id: uuid.UUID) -> None:
    """Take the name off what a person did in an organisation. That somebody did it stays: clients may see it."""
    Post.objects.filter(user_id=user_id).update(name=NOBODYS_NAME)
