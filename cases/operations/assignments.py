"""Assign records to advisers of one organisation, by label: each in one transaction with its audit row."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cases.core.organisations import PostRole
from cases.core.roles import Role
from cases.models import CaseMembership, Holding, Post
from cases.operations.places import acting, hold
from cases.queries import organisations as queries
from cms_tracker.audit import operations as audit
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cms_tracker.users.models import User


@transaction.atomic
def assign(*, actor: "User", holding_id: uuid.UUID, post_id: uuid.UUID, at: dt.datetime) -> CaseMembership:
    """Let an adviser of the organisation open a record that it holds; return their membership.

    Whoever assigns sees the record's label and nothing of it. Nobody assigns to themselves while
    somebody else could do it: a supervisor who wants to look asks for a look, which the client sees.
    One Refusal answers whoever cannot be given the record, so that it does not say why.
    """
    by = acting(actor, PostRole.SUPERVISOR, PostRole.MANAGER)
    hold(by.organisation)
    holding = _holding(by, holding_id)
    post = queries.posts_in(by.organisation_id).filter(pk=post_id, is_adviser=True).first()
    if post is None or not may_be_given(post, holding, by=by):
        raise Refusal(_("This person cannot be given this record. Choose another person."), field="post")
    past = CaseMembership.objects.filter(case=holding.case_id, user=post.user_id, ended_at=None)
    past.filter(role=Role.VISITOR).update(ended_at=at)
    given = CaseMembership.objects.create(
        case_id=holding.case_id, user_id=post.user_id, role=Role.ADVISER, organisation=by.organisation, began_at=at
    )
    audit.record("assignment.made", actor=actor, case_id=holding.case_id, subject=str(given.pk))
    return given


@transaction.atomic
def unassign(*, actor: "User", membership_id: uuid.UUID, at: dt.datetime) -> None:
    """End an adviser's assignment. Their next request, and work that waits for them, finds nothing."""
    by = acting(actor, PostRole.SUPERVISOR, PostRole.MANAGER)
    found = queries.assigned(by.organisation_id).filter(pk=membership_id).first()
    if found is not None and CaseMembership.objects.filter(pk=found.pk, ended_at=None).update(ended_at=at):
        audit.record("assignment.ended", actor=actor, case_id=found.case_id, subject=str(found.pk))


@transaction.atomic
def name_holding(*, actor: "User", case_id: uuid.UUID, label: str) -> None:
    """Change the label by which colleagues know a record. Only whoever is assigned to it may."""
    post = acting(actor, PostRole.ADVISER)
    is_theirs = queries.assigned(post.organisation_id).filter(case_id=case_id, user=actor).exists()
    named = label.strip()
    if not named:
        raise Refusal(_("Enter a number or a word for it."), field="label")
    if not is_theirs:
        raise Refusal(_("You cannot do this in your organisation now."))
    Holding.objects.filter(case_id=case_id, organisation=post.organisation_id, ended_at=None).update(label=named)
    audit.record("holding.named", actor=actor, case_id=case_id)


def may_be_given(post: Post, holding: Holding, *, by: Post) -> bool:
    """Say whether a post may be assigned a record by another: not twice, and never across a barrier."""
    others = queries.posts_in(by.organisation_id).exclude(pk=by.pk)
    alone = not (others.filter(is_supervisor=True) | others.filter(is_manager=True)).exists()
    if post.pk == by.pk and not alone:
        return False
    if queries.is_walled_off(post.user_id, organisation_id=by.organisation_id, case_id=holding.case_id):
        return False
    theirs = CaseMembership.objects.filter(case=holding.case_id, user=post.user_id, ended_at=None)
    return not theirs.exclude(role=Role.VISITOR).exists()


def _holding(by: Post, holding_id: uuid.UUID) -> Holding:
    holding = queries.holding_in(by.organisation_id, holding_id)
    if holding is None:
        raise Refusal(_("Your organisation does not hold this record any more."))
    return holding
