"""Read what people asked for about their data."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q

from cases import access
from cases.core.roles import Permission
from cms_tracker.rights.core.copies import LASTS
from cms_tracker.rights.models import AccountCopy, Complaint, Deletion, LegalHold, SecondThoughts

if TYPE_CHECKING:
    from cms_tracker.users.models import User


def copies_of(user: "User", *, at: dt.datetime) -> list[AccountCopy]:
    """The copies of everything that this person asked for and that have not expired, latest first."""
    lasting = Q(expires_at__isnull=True) | Q(expires_at__gt=at)
    return list(AccountCopy.objects.filter(lasting, user=user).order_by("-asked_at", "pk"))


def copy_of(user: "User", copy_id: uuid.UUID) -> AccountCopy | None:
    """One copy that this person asked for, or None."""
    return AccountCopy.objects.filter(user=user, pk=copy_id).first()


def may_have(copy: AccountCopy) -> bool:
    """Say whether the person may still take away every record that goes into a copy: asked again, at this moment."""
    return all(Permission.EXPORT in access.rights_of(copy.user_id, uuid.UUID(one)) for one in copy.case_ids)


def expired_copies(*, at: dt.datetime) -> list[AccountCopy]:
    """Copies whose day is over, and those that could not be made in twice that time."""
    never = Q(expires_at__isnull=True, asked_at__lte=at - 2 * LASTS)
    return list(AccountCopy.objects.filter(never | Q(expires_at__lte=at)))


def days_for(user_id: uuid.UUID) -> int | None:
    """How many days this person wants to have before a deletion is final; None where they have not said."""
    return SecondThoughts.objects.filter(user_id=user_id).values_list("days", flat=True).first()


def due_deletions(*, at: dt.datetime) -> list[Deletion]:
    """What is to be destroyed by now, records before the sign-ins that they belonged to."""
    due = Deletion.objects.filter(due_at__lte=at)
    return sorted(due, key=lambda one: (one.case_id is None, one.due_at, one.pk))


def holds_on(case_ids: Collection[uuid.UUID], *, on: dt.date) -> dict[uuid.UUID, LegalHold]:
    """Which of these cases must not be destroyed on a day, each with the hold that lasts longest."""
    lasting = Q(until_on__isnull=True) | Q(until_on__gte=on)
    found = LegalHold.objects.filter(lasting, case_id__in=case_ids, from_on__lte=on, ended_on__isnull=True)
    return {one.case_id: one for one in found.order_by("until_on", "pk")}


def complaints_by(user: "User") -> list[Complaint]:
    """What this person complained of while signed in, latest first."""
    return list(Complaint.objects.filter(user=user).order_by("-made_at", "pk"))
