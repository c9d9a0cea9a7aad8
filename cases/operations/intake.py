"""Take a client in, and give them their record later: each in one transaction with its audit row."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases import access
from cases.core import facts, invitation_codes
from cases.core.authority import Said, Scope, usual_end
from cases.core.conflicts import Named, Outcome, marks
from cases.core.organisations import CODE_LASTS, CODES_A_DAY, PostRole
from cases.core.roles import Role
from cases.models import (
    Authority,
    Case,
    CaseMembership,
    Child,
    ClientCode,
    ConflictDecision,
    ConflictMark,
    Holding,
    Post,
)
from cases.operations.places import acting, hold
from cases.queries import organisations as queries
from cms_tracker.audit import operations as audit
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cms_tracker.users.models import User

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What an adviser was told by a client without a sign-in. ``people`` are compared and not kept."""

    label: str
    reference: str
    nation: facts.Nation
    perspective: facts.Perspective
    children: Sequence[str]
    people: Sequence[Named]
    scope: Scope
    said: Said


@transaction.atomic
def take_in(*, actor: "User", intake: Intake, at: dt.datetime, on: dt.date, case_id: uuid.UUID | None = None) -> Case:
    """Open a record that the organisation holds for a client without a sign-in, assigned to the actor.

    Nothing is compared here, and the same rows are written whoever else is a client: the conflicts
    lead alone finds out, when they look. Where the organisation's intakes wait, each of them does.
    """
    post = acting(actor, PostRole.ADVISER)
    if case_id is not None:
        mine = CaseMembership.objects.filter(case_id=case_id, user=actor, organisation=post.organisation)
        if mine.exists():
            return Case.objects.get(pk=case_id)
        if Case.objects.filter(pk=case_id).exists():
            case_id = None
    case = Case.objects.create(
        id=case_id or uuid.uuid4(),
        reference=intake.reference,
        nation=intake.nation,
        perspective=intake.perspective,
    )
    Child.objects.bulk_create(
        Child(case=case, label=label, position=position) for position, label in enumerate(intake.children)
    )
    _hold(case, post, intake=intake, at=at, on=on)
    audit.record("case.taken_in", actor=actor, case_id=case.pk)
    return case


@transaction.atomic
def make_client_code(*, actor: "User", case: Case, at: dt.datetime, code_id: uuid.UUID | None = None) -> str:
    """Make a code by which the client comes to own the record within a week; return it. It replaces one before.

    Raises Refusal for a form that was sent before, where the record has an owner, and after
    ``CODES_A_DAY`` codes of the person within a day.
    """
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    post = acting(actor, PostRole.ADVISER)
    if code_id is not None and ClientCode.objects.filter(pk=code_id).exists():
        raise Refusal(_("This code was shown once and cannot be shown again. Make a new one."))
    if CaseMembership.objects.filter(case=case, role=Role.OWNER, ended_at=None).exists():
        raise Refusal(_("The client has their record already."))
    if ClientCode.objects.filter(made_by=post, made_at__gt=at - A_DAY).count() >= CODES_A_DAY:
        raise Refusal(_("You have made as many codes as we allow in a day. Try again tomorrow."))
    ClientCode.objects.filter(case=case, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    code = invitation_codes.new()
    made = ClientCode.objects.create(
        id=code_id or uuid.uuid4(),
        case=case,
        code_hash=invitation_codes.fingerprint(code),
        made_by=post,
        made_at=at,
        expires_at=at + CODE_LASTS,
    )
    audit.record("client_code.made", actor=actor, case_id=case.pk, subject=str(made.pk))
    return code


@transaction.atomic
def accept_client_code(*, actor: "User", code: str, at: dt.datetime) -> Case | None:
    """Give a record to the client whose code this is, as its owner; None where the code does not work."""
    working = ClientCode.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)
    found = working.filter(code_hash=invitation_codes.fingerprint(code)).select_related("case").first()
    if found is None or access.membership_of(actor, found.case_id) is not None:
        return None
    if not working.filter(pk=found.pk).update(used_at=at):
        return None
    try:
        with transaction.atomic():
            CaseMembership.objects.create(case=found.case, user=actor, role=Role.OWNER, began_at=at)
    except IntegrityError:  # somebody owns it already, or this person is in it
        return None
    audit.record("client_code.accepted", actor=actor, case_id=found.case_id, subject=str(found.pk))
    return found.case


@transaction.atomic
def clear_intake(*, actor: "User", holding_id: uuid.UUID, at: dt.datetime) -> None:
    """Let an intake go on that waited for the conflicts lead. Raises Refusal while a possible match is undecided."""
    post = acting(actor, PostRole.CONFLICTS)
    holding = queries.holding_in(post.organisation_id, holding_id)
    if holding is None:
        raise Refusal(_("Your organisation does not hold this record any more."))
    if queries.undecided_for(post.organisation_id, holding.case_id):
        raise Refusal(_("Decide first about the records that may be on the other side."))
    if Holding.objects.filter(pk=holding.pk, cleared_at=None).update(cleared_at=at):
        audit.record("intake.cleared", actor=actor, case_id=holding.case_id)


@transaction.atomic
def decide_conflict(
    *, actor: "User", first_id: uuid.UUID, second_id: uuid.UUID, outcome: Outcome, at: dt.datetime
) -> None:
    """Keep what the conflicts lead decided about two holdings that may be two sides of one case.

    A wall: nobody may stand on both sides, now or later; whoever does loses the later record.
    Declined: the organisation stops holding the later one. Raises Refusal where it was decided before.
    """
    post = acting(actor, PostRole.CONFLICTS)
    hold(post.organisation)
    pair = [queries.holding_in(post.organisation_id, one) for one in (first_id, second_id)]
    found = sorted((one for one in pair if one), key=lambda one: (one.began_at, str(one.pk)))
    if len(found) < 2 or found[1].case_id not in queries.undecided_for(post.organisation_id, found[0].case_id):
        raise Refusal(_("This was decided already, or is not there any more."))
    earlier, later = found
    low, high = sorted((earlier.case_id, later.case_id))
    ConflictDecision.objects.create(
        organisation=post.organisation, first_id=low, second_id=high, outcome=outcome, decided_by=post, decided_at=at
    )
    for case_id in (low, high):
        audit.record("conflict.decided", actor=actor, case_id=case_id)
    if outcome is Outcome.WALL:
        _part(earlier, later, actor=actor, at=at)
    elif outcome is Outcome.DECLINED:
        _let_go(later, actor=actor, at=at)


def mark_again(case: Case) -> None:
    """Compare a record by its corrected reference from now on, for whoever holds it; part of the correction."""
    for holding in Holding.objects.filter(case=case, ended_at=None):
        _mark(case, organisation_id=holding.organisation_id, people=())


def _hold(case: Case, post: Post, *, intake: Intake, at: dt.datetime, on: dt.date) -> None:
    """Have the organisation of a post hold the record for a client who said so, and the person work on it."""
    organisation = post.organisation
    Holding.objects.create(
        organisation=organisation,
        case=case,
        taken_by=post,
        label=intake.label.strip(),
        began_at=at,
        cleared_at=None if organisation.intake_waits else at,
    )
    _mark(case, organisation_id=organisation.pk, people=intake.people)
    Authority.objects.create(
        case=case,
        organisation=organisation,
        scope=intake.scope,
        from_on=on,
        until=usual_end(on),
        recorded_by=post.user,
        recorded_at=at,
        **asdict(intake.said),
    )
    CaseMembership.objects.create(case=case, user=post.user, role=Role.ADVISER, organisation=organisation, began_at=at)


def _mark(case: Case, *, organisation_id: uuid.UUID, people: Iterable[Named]) -> None:
    digests = marks(reference=case.reference, people=people, within=str(organisation_id), key=settings.CONFLICT_KEY)
    ConflictMark.objects.bulk_create(
        [ConflictMark(case=case, organisation_id=organisation_id, digest=one) for one in sorted(digests)],
        ignore_conflicts=True,
    )


def _part(earlier: Holding, later: Holding, *, actor: "User", at: dt.datetime) -> None:
    """End on the later side whoever stands on both."""
    there = CaseMembership.objects.filter(case=earlier.case_id).values("user_id")
    here = CaseMembership.objects.filter(
        case=later.case_id, organisation=later.organisation_id, ended_at=None, user_id__in=there
    )
    for one in list(here):
        CaseMembership.objects.filter(pk=one.pk).update(ended_at=at)
        audit.record("assignment.ended", actor=actor, case_id=one.case_id, subject=str(one.pk))


def _let_go(holding: Holding, *, actor: "User", at: dt.datetime) -> None:
    CaseMembership.objects.filter(case=holding.case_id, organisation=holding.organisation_id, ended_at=None).update(
        ended_at=at
    )
    Holding.objects.filter(pk=holding.pk).update(ended_at=at)
    audit.record("holding.ended", actor=actor, case_id=holding.case_id, subject=str(holding.pk))
