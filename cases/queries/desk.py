"""Read checks and hand-overs: by label, without the record, but for whoever may open it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from cases import access
from cases.core.facts import Nation
from cases.models import CaseMembership, Check, CheckedCase, HandOver, Holding, Post
from cms_tracker.web import prepared

if TYPE_CHECKING:
    from cms_tracker.users.models import User


class HeldFrom(NamedTuple):
    """From when until when an organisation held a record; ``until`` is None while it does."""

    nation: Nation
    since: dt.datetime
    until: dt.datetime | None


def checks_by(post: Post) -> list[Check]:
    """The checks that this supervisor drew, the latest first."""
    drawn = Check.objects.filter(supervisor=post).select_related("adviser").prefetch_related("cases")
    return list(drawn.order_by("-drawn_at", "pk"))


def check_by(post: Post, check_id: uuid.UUID) -> Check | None:
    """One of this supervisor's checks."""
    return Check.objects.filter(supervisor=post, pk=check_id).select_related("adviser").first()


def checked_in(check: Check) -> list[CheckedCase]:
    """The records of a check."""
    return list(CheckedCase.objects.filter(of=check).select_related("look").order_by("pk"))


def checked_by(post: Post, checked_id: uuid.UUID) -> CheckedCase | None:
    """One record that this supervisor drew."""
    found = CheckedCase.objects.filter(pk=checked_id, of__supervisor=post)
    return found.select_related("of", "of__adviser", "look").first()


def checks_of(post: Post) -> list[CheckedCase]:
    """What supervisors found and signed in this adviser's records, the latest first."""
    signed = CheckedCase.objects.filter(of__adviser=post, signed_at__isnull=False).select_related(
        "of", "of__supervisor"
    )
    return list(signed.order_by("-signed_at", "pk"))


def waiting_hand_over(case_id: uuid.UUID) -> HandOver | None:
    """The hand-over of a record that waits to be taken."""
    waiting = HandOver.objects.filter(case_id=case_id, taken_at=None, stopped_at=None)
    return waiting.select_related("giver", "taker").first()


def hand_overs_for(post: Post) -> list[HandOver]:
    """What waits for this adviser to take, and what they wait for others to take."""
    waiting = HandOver.objects.filter(Q(taker=post) | Q(giver=post), taken_at=None, stopped_at=None)
    return list(waiting.select_related("giver", "taker").order_by("offered_at", "pk"))


def hand_overs_of(case_id: uuid.UUID) -> list[HandOver]:
    """Every hand-over of a record that was taken, the latest first."""
    taken = HandOver.objects.filter(case_id=case_id, taken_at__isnull=False).select_related("giver", "taker")
    return list(taken.order_by("-taken_at", "pk"))


def lapsed(user: "User", *, count: int) -> list[CaseMembership]:
    """Records that this person is assigned to and cannot open: no authority of the client stands."""
    if not prepared.read(
        "lapsed", lambda person: access.lapsed().filter(user_id=person).values_list("pk")[:1], user.pk
    ):
        return []  # as for nearly everybody: the rows, with the authorities they rest on, need not be put together
    return list(access.lapsed().filter(user=user).order_by("began_at", "pk")[:count])


def held_by(organisation_id: uuid.UUID) -> dict[uuid.UUID, list[HeldFrom]]:
    """When an organisation held which records, for counting what came of them. No page shows a line of it."""
    found: dict[uuid.UUID, list[HeldFrom]] = {}
    rows = Holding.objects.filter(organisation_id=organisation_id, cleared_at__isnull=False)
    for case_id, nation, since, until in rows.values_list("case_id", "case__nation", "began_at", "ended_at"):
        found.setdefault(case_id, []).append(HeldFrom(Nation(nation), since, until))
    return found


def labels_of(organisation_id: uuid.UUID, case_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """By which words colleagues know these records, those that were let go among them."""
    rows = Holding.objects.filter(organisation_id=organisation_id, case_id__in=list(case_ids)).order_by("began_at")
    return dict(rows.values_list("case_id", "label"))
