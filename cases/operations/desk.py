"""Check the work of colleagues, hand a record over, close it on one's own side: one transaction each, audited."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cases import access
from cases.core.checks import Answer, checklist, draw
from cases.core.desk import ClosingReason
from cases.core.organisations import PostRole
from cases.core.roles import Role
from cases.models import CaseMembership, Check, CheckedCase, Closing, HandOver, Holding, Post
from cases.operations.looks import end_look, open_for_check
from cases.operations.places import acting, hold
from cases.queries import desk as desk_queries
from cases.queries import organisations as queries
from cms_tracker.audit import operations as audit
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def draw_check(
    *,
    actor: "User",
    post_id: uuid.UUID,
    count: int,
    seed: int,
    reason: str = "",
    among: Collection[uuid.UUID] | None = None,
    check_id: uuid.UUID | None = None,
) -> Check:
    """Draw so many records of a colleague, by a seed that is kept. Opens none of them.

    ``among`` narrows what is drawn from, for a ``reason`` that is kept. Raises Refusal for one's own
    work, and where there is nothing to draw.
    """
    post = acting(actor, PostRole.SUPERVISOR)
    hold(post.organisation)
    if check_id is not None and (found := Check.objects.filter(pk=check_id, supervisor=post).first()):
        return found
    adviser = queries.posts_in(post.organisation_id).filter(pk=post_id, is_adviser=True).exclude(pk=post.pk).first()
    if adviser is None:
        raise Refusal(_("Choose a colleague who advises."), field="post")
    held = queries.assigned(post.organisation_id).filter(user=adviser.user_id).values_list("case_id", flat=True)
    mine = CaseMembership.objects.filter(user=actor, ended_at=None).values_list("case_id", flat=True)
    pool = set(held) - set(mine)
    drawn = draw(pool if among is None else pool & set(among), count=count, seed=seed)
    if not drawn:
        raise Refusal(_("There is nothing to draw. Choose another colleague, or every reason."), field="post")
    check = Check.objects.create(
        id=check_id or uuid.uuid4(),
        organisation=post.organisation,
        supervisor=post,
        adviser=adviser,
        reason=reason,
        seed=seed,
        checklist=checklist().version,
    )
    CheckedCase.objects.bulk_create(CheckedCase(of=check, case_id=case_id) for case_id in drawn)
    audit.record("check.drawn", actor=actor, subject=str(check.pk))
    return check


@transaction.atomic
def open_checked(*, actor: "User", checked_id: uuid.UUID, at: dt.datetime) -> CheckedCase:
    """Open a record that was drawn, to read, for an hour; the client sees who and why.

    Raises Refusal where it is not theirs to check any more, or the record is across a barrier.
    """
    post = acting(actor, PostRole.SUPERVISOR)
    hold(post.organisation)
    checked = _checked(post, checked_id)
    if access.membership_of(actor, checked.case_id) is None:
        look = open_for_check(post=post, case_id=checked.case_id, actor=actor, at=at)
        CheckedCase.objects.filter(pk=checked.pk).update(look=look)
    return checked


@transaction.atomic
def sign_check(
    *, actor: "User", checked_id: uuid.UUID, answers: Mapping[str, Answer], found: str, at: dt.datetime
) -> None:
    """Sign what was found. The hour in the record ends with it, and the adviser can read the result.

    Raises Refusal for a record that was never opened, and where an answer is missing.
    """
    post = acting(actor, PostRole.SUPERVISOR)
    checked = _checked(post, checked_id)
    if checked.look_id is None:
        raise Refusal(_("Open the record first."))
    if set(answers) != {item.code for item in checklist().items}:
        raise Refusal(_("Answer each question."))
    CheckedCase.objects.filter(pk=checked.pk).update(answers=dict(answers), found=found, signed_at=at)
    audit.record("check.signed", actor=actor, case_id=checked.case_id, subject=str(checked.pk))
    end_look(actor=actor, case=checked.case, at=at)


@transaction.atomic
def offer_hand_overs(
    *, actor: "User", notes: Mapping[uuid.UUID, str], post_id: uuid.UUID, at: dt.datetime
) -> list[HandOver]:
    """Offer records to one colleague, each with its note. Nothing opens or closes until they take it.

    What was offered to the same colleague before stays as it is, so that a form may be sent twice.
    Raises Refusal where the giver is not assigned to one, where somebody else was asked already, and
    for a colleague who cannot be given one; it does not say why.
    """
    post = acting(actor, PostRole.ADVISER)
    hold(post.organisation)
    taker = queries.posts_in(post.organisation_id).filter(pk=post_id, is_adviser=True).exclude(pk=post.pk).first()
    offered = [_offer(post, taker, case_id, note, at=at) for case_id, note in notes.items()]
    for one in filter(None, offered):
        audit.record("hand_over.offered", actor=actor, case_id=one.case_id, subject=str(one.pk))
    return [one for one in offered if one is not None]


@transaction.atomic
def take_hand_over(*, actor: "User", hand_over_id: uuid.UUID, at: dt.datetime) -> HandOver:
    """Take a record that a colleague hands over: access moves at once. Raises Refusal where it cannot be taken now."""
    post = acting(actor, PostRole.ADVISER)
    hold(post.organisation)
    offered = _waiting(post, hand_over_id)
    theirs = queries.assigned(post.organisation_id).filter(case_id=offered.case_id, user=offered.giver.user_id).first()
    holding = queries.holding_of_case(offered.case_id)
    if offered.taker_id != post.pk or theirs is None or holding is None or not _can_take(post, holding):
        raise Refusal(_("This record cannot be handed over now."))
    CaseMembership.objects.filter(pk=theirs.pk).update(ended_at=at)
    CaseMembership.objects.filter(case=offered.case_id, user=actor, role=Role.VISITOR, ended_at=None).update(
        ended_at=at
    )
    CaseMembership.objects.create(
        case_id=offered.case_id, user=actor, role=Role.ADVISER, organisation=post.organisation, began_at=at
    )
    HandOver.objects.filter(pk=offered.pk).update(taken_at=at)
    audit.record("hand_over.taken", actor=actor, case_id=offered.case_id, subject=str(offered.pk))
    return offered


@transaction.atomic
def stop_hand_over(*, actor: "User", hand_over_id: uuid.UUID, at: dt.datetime) -> None:
    """Withdraw an offer, or say no to it. Raises Refusal where it waits for nobody any more."""
    post = acting(actor, PostRole.ADVISER)
    offered = _waiting(post, hand_over_id)
    HandOver.objects.filter(pk=offered.pk).update(stopped_at=at)
    audit.record("hand_over.stopped", actor=actor, case_id=offered.case_id, subject=str(offered.pk))


@transaction.atomic
def close_for_adviser(*, actor: "User", case: "Case", reason: ClosingReason, note: str, at: dt.datetime) -> None:
    """End one's own work on a record. Nothing of it is deleted, and its owner keeps it.

    Where nobody else of the organisation is assigned, the organisation lets go of it too, unless the
    client has no sign-in: then a manager can still give it to somebody. Raises Refusal for a person
    who is no adviser there.
    """
    membership = access.membership_of(actor, case.pk)
    if membership is None or membership.role != Role.ADVISER:
        raise Refusal(_("Only an adviser closes their side of a record."))
    CaseMembership.objects.filter(pk=membership.pk).update(ended_at=at)
    Closing.objects.create(case=case, membership=membership, reason=reason, note=note, closed_at=at)
    HandOver.objects.filter(case=case, giver__user=actor, taken_at=None, stopped_at=None).update(stopped_at=at)
    if membership.organisation_id is not None:
        others = queries.assigned(membership.organisation_id).filter(case_id=case.pk)
        has_owner = CaseMembership.objects.filter(case=case, role=Role.OWNER, ended_at=None).exists()
        if has_owner and not others.exists():
            Holding.objects.filter(case=case, organisation=membership.organisation_id, ended_at=None).update(
                ended_at=at
            )
    audit.record("assignment.closed", actor=actor, case_id=case.pk, subject=str(membership.pk))


def _offer(post: Post, taker: Post | None, case_id: uuid.UUID, note: str, *, at: dt.datetime) -> HandOver | None:
    """One offer; None where the same one waits already."""
    holding = _held_by(post, case_id)
    if taker is None or not _can_take(taker, holding):
        raise Refusal(_("This person cannot be given this record. Choose another person."), field="post")
    waiting = desk_queries.waiting_hand_over(case_id)
    if waiting is not None and (waiting.giver_id, waiting.taker_id) != (post.pk, taker.pk):
        raise Refusal(_("Somebody was asked to take this record already. Withdraw that first."), field="post")
    if waiting is not None:
        return None
    return HandOver.objects.create(
        case_id=case_id, organisation=post.organisation, giver=post, taker=taker, note=note, offered_at=at
    )


def _checked(post: Post, checked_id: uuid.UUID) -> CheckedCase:
    found = CheckedCase.objects.filter(pk=checked_id, of__supervisor=post, signed_at=None)
    checked = found.select_related("case", "of").first()
    if checked is None:
        raise Refusal(_("This is not waiting for you any more."))
    return checked


def _waiting(post: Post, hand_over_id: uuid.UUID) -> HandOver:
    waiting = HandOver.objects.select_for_update(of=("self",)).filter(taken_at=None, stopped_at=None, pk=hand_over_id)
    offered = waiting.select_related("giver", "case").first()
    if offered is None or post.pk not in {offered.giver_id, offered.taker_id}:
        raise Refusal(_("This is not waiting for you any more."))
    return offered


def _held_by(post: Post, case_id: uuid.UUID) -> Holding:
    """The holding of a record to which this post is assigned."""
    holding = queries.holding_of_case(case_id)
    is_theirs = queries.assigned(post.organisation_id).filter(case_id=case_id, user=post.user_id).exists()
    if holding is None or holding.organisation_id != post.organisation_id or not is_theirs:
        raise Refusal(_("Your organisation does not hold this record any more."))
    return holding


def _can_take(post: Post, holding: Holding) -> bool:
    """Whether somebody may be assigned: not across a barrier, and not twice."""
    if holding.organisation_id != post.organisation_id:
        return False
    if queries.is_walled_off(post.user_id, organisation_id=post.organisation_id, case_id=holding.case_id):
        return False
    theirs = CaseMembership.objects.filter(case=holding.case_id, user=post.user_id, ended_at=None)
    return not theirs.exclude(role=Role.VISITOR).exists()
