"""A supervisor's hour in a record that is not assigned to them: each step in one transaction with its audit row."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cases import access
from cases.core.organisations import LOOK_LASTS, SHORTEST_REASON, PostRole
from cases.core.roles import Role
from cases.models import Case, CaseMembership, Look, Post
from cases.operations.places import acting, hold
from cases.queries import organisations as queries
from cms_tracker.audit import operations as audit
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cms_tracker.users.models import User


@transaction.atomic
def ask_to_look(*, actor: "User", holding_id: uuid.UUID, reason: str, at: dt.datetime) -> Look:
    """Ask for an hour in a record, with a reason that the client will read; return the asking.

    The only supervisor of an organisation gets it at once. Where there is another, one of them has
    to approve it (ASVS 2.3.5); the same words sent again meanwhile are the same asking. Raises
    Refusal for a reason that is too short, across a barrier, and where the record is open to the
    person anyway.
    """
    post = acting(actor, PostRole.SUPERVISOR)
    hold(post.organisation)
    holding = queries.holding_in(post.organisation_id, holding_id)
    words = " ".join(reason.split())
    if len(words) < SHORTEST_REASON:
        raise Refusal(_("Write at least 20 letters. The client can read it."), field="reason")
    if holding is None or holding.cleared_at is None or not _may_look(post, holding.case_id):
        raise Refusal(_("You cannot look into this record."))
    waiting = Look.objects.filter(case=holding.case_id, asked_by=post, opened_at=None, refused_at=None)
    is_alone = not _other_supervisors(post)
    same = next((one for one in waiting if one.reason == words), None)  # sealed: the database cannot compare it
    if same is not None and not is_alone:
        return same
    waiting.update(refused_at=at)  # asked again: the new reason counts
    look = Look.objects.create(
        case_id=holding.case_id, organisation=post.organisation, asked_by=post, reason=words, asked_at=at
    )
    audit.record("look.asked", actor=actor, case_id=holding.case_id, subject=str(look.pk))
    if is_alone:
        _open(look, actor=actor, at=at)
    return look


@transaction.atomic
def approve_look(*, actor: "User", look_id: uuid.UUID, at: dt.datetime) -> None:
    """Approve what a colleague asked for: their hour begins. Raises Refusal for one's own asking."""
    post = acting(actor, PostRole.SUPERVISOR)
    hold(post.organisation)
    look = _waiting(post, look_id)
    if not _may_look(look.asked_by, look.case_id):
        raise Refusal(_("You cannot look into this record."))
    Look.objects.filter(pk=look.pk).update(approved_by=post)
    audit.record("look.approved", actor=actor, case_id=look.case_id, subject=str(look.pk))
    _open(look, actor=actor, at=at)


@transaction.atomic
def refuse_look(*, actor: "User", look_id: uuid.UUID, at: dt.datetime) -> None:
    """Say no to what a colleague asked for."""
    post = acting(actor, PostRole.SUPERVISOR)
    look = _waiting(post, look_id)
    Look.objects.filter(pk=look.pk).update(refused_at=at)
    audit.record("look.refused", actor=actor, case_id=look.case_id, subject=str(look.pk))


@transaction.atomic
def end_look(*, actor: "User", case: Case, at: dt.datetime) -> None:
    """End one's own hour before it is over."""
    mine = CaseMembership.objects.filter(case=case, user=actor, role=Role.VISITOR, ended_at=None)
    if mine.update(ended_at=at):
        audit.record("look.ended", actor=actor, case_id=case.pk)


def open_for_check(*, post: Post, case_id: uuid.UUID, actor: "User", at: dt.datetime) -> Look:
    """Open a record that a seed drew for a check, as a look that the client can read. Inside a transaction.

    Nobody chose the record, so that no colleague has to approve it. Raises Refusal across a barrier.
    """
    if not _may_look(post, case_id):
        raise Refusal(_("You cannot look into this record."))
    look = Look.objects.create(
        case_id=case_id,
        organisation=post.organisation,
        asked_by=post,
        reason=_("Your adviser’s supervisor checks some records. This one was drawn."),
        asked_at=at,
    )
    _open(look, actor=actor, at=at)
    return look


def _open(look: Look, *, actor: "User", at: dt.datetime) -> None:
    """Let the person in until the hour is over. An hour that has run out does not count as being in."""
    theirs = CaseMembership.objects.filter(case=look.case_id, user=look.asked_by.user_id, ended_at=None)
    theirs.filter(role=Role.VISITOR, expires_at__lte=at).update(ended_at=F("expires_at"))
    membership = CaseMembership.objects.create(
        case_id=look.case_id,
        user_id=look.asked_by.user_id,
        role=Role.VISITOR,
        organisation_id=look.organisation_id,
        began_at=at,
        expires_at=at + LOOK_LASTS,
    )
    Look.objects.filter(pk=look.pk).update(membership=membership, opened_at=at)
    audit.record("look.opened", actor=actor, case_id=look.case_id, subject=str(look.pk))


def _waiting(post: Post, look_id: uuid.UUID) -> Look:
    waiting = Look.objects.filter(organisation=post.organisation_id, opened_at=None, refused_at=None)
    look = waiting.select_for_update(of=("self",)).select_related("asked_by").filter(pk=look_id).first()
    if look is None or look.asked_by_id == post.pk:
        raise Refusal(_("This is not waiting for you any more."))
    return look


def _may_look(post: Post, case_id: uuid.UUID) -> bool:
    if queries.is_walled_off(post.user_id, organisation_id=post.organisation_id, case_id=case_id):
        return False
    present = queries.posts_in(post.organisation_id).filter(pk=post.pk, is_supervisor=True)
    return present.exists() and access.membership_of(post.user, case_id) is None


def _other_supervisors(post: Post) -> bool:
    return queries.posts_in(post.organisation_id).filter(is_supervisor=True).exclude(pk=post.pk).exists()
