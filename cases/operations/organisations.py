"""Verify and close organisations, and give people places in them: each in one transaction with its audit row."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases.core import invitation_codes
from cases.core.organisations import CODE_LASTS, CODES_A_DAY, BadName, PostRole, read_name
from cases.models import CaseMembership, Holding, Organisation, Post, PostCode, Team
from cases.operations.places import acting, end_memberships, hold
from cases.queries import organisations as queries
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.users import operations as users

if TYPE_CHECKING:
    from cms_tracker.users.models import User

A_DAY = dt.timedelta(days=1)


class _Operator:
    """Whoever runs the site, who has no sign-in here: the nil UUID stands for them in the audit."""

    pk = uuid.UUID(int=0)


@transaction.atomic
def verify_organisation(
    *, name: str, at: dt.datetime, manager: "User | None" = None, manager_name: str = ""
) -> Organisation:
    """Add or verify an organisation, and let ``manager`` manage it. Only verified ones can do anything.

    Raises Refusal for a name that is none, for an organisation that is closed, and where nobody
    would manage it, or where the person has a post already.
    """
    named = _name(name, field="name")
    found = Organisation.objects.filter(name__iexact=named).first()
    if found is not None and found.closed_at is not None:
        raise Refusal(say("This organisation is closed, and stays so. Verify it under another name."), field="name")
    organisation = found or Organisation.objects.create(name=named)
    if manager is not None:
        _give_post(organisation, manager, name=manager_name, roles=[PostRole.MANAGER], at=at)
    if not Post.objects.filter(organisation=organisation, is_manager=True, ended_at=None).exists():
        raise Refusal(say("Name the person who manages it."), field="manager")
    Organisation.objects.filter(pk=organisation.pk, verified_at=None).update(verified_at=at)
    audit.record("organisation.verified", actor=_Operator(), subject=str(organisation.pk))
    return organisation


@transaction.atomic
def withdraw_verification(*, name: str) -> Organisation:
    """Stop everything that rests on an organisation, at once, until it is verified again."""
    organisation = _by_name(name)
    Organisation.objects.filter(pk=organisation.pk).update(verified_at=None)
    audit.record("organisation.unverified", actor=_Operator(), subject=str(organisation.pk))
    _mark_held(organisation)
    return organisation


@transaction.atomic
def close_organisation(*, name: str, at: dt.datetime) -> Organisation:
    """Close an organisation for good: its posts, assignments, codes and holdings end at once."""
    organisation = _by_name(name)
    Organisation.objects.filter(pk=organisation.pk).update(closed_at=at)
    audit.record("organisation.closed", actor=_Operator(), subject=str(organisation.pk))
    _mark_held(organisation)
    CaseMembership.objects.filter(organisation=organisation, ended_at=None).update(ended_at=at)
    Holding.objects.filter(organisation=organisation, ended_at=None).update(ended_at=at)
    Post.objects.filter(organisation=organisation, ended_at=None).update(ended_at=at)
    PostCode.objects.filter(organisation=organisation, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    return organisation


@transaction.atomic
def choose_intake(*, actor: "User", waits: bool) -> None:
    """Choose whether an intake waits for the conflicts lead. Each does then, whatever they would find."""
    post = acting(actor, PostRole.MANAGER)
    if waits and not queries.posts_in(post.organisation_id).filter(is_conflicts_lead=True).exists():
        raise Refusal(_("Nobody is your conflicts lead yet. Give somebody that role first."), field="waits")
    Organisation.objects.filter(pk=post.organisation_id).update(intake_waits=waits)
    audit.record("organisation.intake_chosen", actor=actor, subject=str(post.organisation_id))


@transaction.atomic
def make_team(*, actor: "User", name: str) -> Team:
    """Make a team in the actor's organisation. Raises Refusal for a name that is none, or taken."""
    post = acting(actor, PostRole.MANAGER)
    named = _name(name, field="name")
    if Team.objects.filter(organisation=post.organisation_id, name__iexact=named).exists():
        raise Refusal(_("You have a team of this name."), field="name")
    team = Team.objects.create(organisation_id=post.organisation_id, name=named)
    audit.record("team.made", actor=actor, subject=str(team.pk))
    return team


@transaction.atomic
def make_post_code(
    *,
    actor: "User",
    email: str,
    name: str,
    roles: Collection[PostRole],
    team_id: uuid.UUID | None,
    at: dt.datetime,
    code_id: uuid.UUID | None = None,
) -> str:
    """Make a code by which the person of one e-mail address may take a post within a week; return it.

    Nothing is looked up: whether the address is known here is not told. Raises Refusal for a form
    that was sent before, and after ``CODES_A_DAY`` codes of the organisation within a day.
    """
    post = acting(actor, PostRole.MANAGER)
    hold(post.organisation)
    named = _name(name, field="name")
    if code_id is not None and PostCode.objects.filter(pk=code_id).exists():
        raise Refusal(_("This code was shown once and cannot be shown again. Withdraw it and make a new one."))
    made_today = PostCode.objects.filter(organisation=post.organisation_id, made_at__gt=at - A_DAY).count()
    if made_today >= CODES_A_DAY:
        raise Refusal(_("Your organisation has made as many codes as we allow in a day. Try again tomorrow."))
    code = invitation_codes.new()
    made = PostCode.objects.create(
        id=code_id or uuid.uuid4(),
        organisation_id=post.organisation_id,
        team=_team(post, team_id),
        made_by=post,
        name=named,
        email=email.strip().lower(),
        code_hash=invitation_codes.fingerprint(code),
        made_at=at,
        expires_at=at + CODE_LASTS,
        **_columns(roles),
    )
    audit.record("post.code_made", actor=actor, subject=str(made.pk))
    return code


@transaction.atomic
def withdraw_post_code(*, actor: "User", code_id: uuid.UUID, at: dt.datetime) -> None:
    """Make a code that nobody has used stop working. Nothing happens where it has been used."""
    post = acting(actor, PostRole.MANAGER)
    unused = PostCode.objects.filter(organisation=post.organisation_id, pk=code_id, used_at=None, withdrawn_at=None)
    if unused.update(withdrawn_at=at):
        audit.record("post.code_withdrawn", actor=actor, subject=str(code_id))


@transaction.atomic
def take_post(*, actor: "User", code: str, at: dt.datetime) -> Post:
    """Take the post of a code, which is used up by it. From then on the person counts as an adviser.

    Raises the same Refusal for a code that is used, withdrawn, too old, never made, or made for
    another address, of an organisation that is not verified, and for somebody who has a post.
    """
    refusal = Refusal(_("That code does not work. Check it with the person who gave it to you."), field="code")
    found = queries.post_code_for(actor, code, at=at)
    if found is None or Post.objects.filter(user=actor, ended_at=None).exists():
        raise refusal
    if not PostCode.objects.filter(pk=found.pk, used_at=None, withdrawn_at=None).update(used_at=at):
        raise refusal
    try:
        with transaction.atomic():
            post = _give_post(
                found.organisation, actor, name=found.name, roles=found.roles, at=at, team_id=found.team_id, by=actor
            )
    except IntegrityError as error:  # the same person with two codes at once
        raise refusal from error
    return post


@transaction.atomic
def change_post(
    *, actor: "User", post_id: uuid.UUID, roles: Collection[PostRole], team_id: uuid.UUID | None, at: dt.datetime
) -> None:
    """Give a colleague other roles or another team. Assignments that a role carried end with it."""
    manager = acting(actor, PostRole.MANAGER)
    hold(manager.organisation)
    post = _colleague(manager, post_id)
    if PostRole.MANAGER not in roles:
        _keep_a_manager(post)
    Post.objects.filter(pk=post.pk).update(team=_team(manager, team_id), **_columns(roles))
    audit.record("post.changed", actor=actor, subject=str(post.pk))
    if PostRole.ADVISER not in roles:
        _end_assignments(post, actor=actor, at=at)


@transaction.atomic
def end_post(*, actor: "User", post_id: uuid.UUID, at: dt.datetime) -> None:
    """End a colleague's place, and with it every record they were assigned. Effective with their next request."""
    manager = acting(actor, PostRole.MANAGER)
    hold(manager.organisation)
    _end(_colleague(manager, post_id), actor=actor, at=at)


@transaction.atomic
def leave_organisation(*, actor: "User", at: dt.datetime) -> None:
    """Give up one's own place. Raises Refusal for the last one who manages."""
    post = acting(actor, *PostRole)
    hold(post.organisation)
    _end(post, actor=actor, at=at)


def _end(post: Post, *, actor: "User", at: dt.datetime) -> None:
    _keep_a_manager(post)
    Post.objects.filter(pk=post.pk, ended_at=None).update(ended_at=at)
    audit.record("post.ended", actor=actor, subject=str(post.pk))
    _end_assignments(post, actor=actor, at=at)


def _end_assignments(post: Post, *, actor: "User", at: dt.datetime) -> None:
    for one in end_memberships(post, at=at):
        audit.record("assignment.ended", actor=actor, case_id=one.case_id, subject=str(one.pk))


def _keep_a_manager(post: Post) -> None:
    others = queries.posts_in(post.organisation_id).filter(is_manager=True).exclude(pk=post.pk)
    if post.is_manager and not others.exists():
        raise Refusal(_("Somebody has to manage your organisation. Give another person that role first."))


def _give_post(
    organisation: Organisation,
    user: "User",
    *,
    name: str,
    roles: Collection[PostRole],
    at: dt.datetime,
    team_id: uuid.UUID | None = None,
    by: "User | None" = None,
) -> Post:
    if Post.objects.filter(user=user, ended_at=None).exists():
        raise Refusal(say("This person has a post already."), field="manager")
    post = Post.objects.create(
        organisation=organisation,
        user=user,
        name=_name(name, field="manager"),
        team_id=team_id,
        began_at=at,
        **_columns(roles),
    )
    users.count_as_adviser(user)
    audit.record("post.began", actor=by or _Operator(), subject=str(post.pk))
    return post


def _columns(roles: Collection[PostRole]) -> dict[str, bool]:
    if not roles:
        raise Refusal(_("Choose at least one role."), field="roles")
    return {column: role in roles for role, column in Post.columns.items()}


def _colleague(manager: Post, post_id: uuid.UUID) -> Post:
    post = queries.posts_in(manager.organisation_id).filter(pk=post_id).first()
    if post is None:
        raise Refusal(_("This person is not in your organisation any more."))
    return post


def _team(post: Post, team_id: uuid.UUID | None) -> Team | None:
    if team_id is None:
        return None
    team = Team.objects.filter(pk=team_id, organisation=post.organisation_id).first()
    if team is None:
        raise Refusal(_("Choose one of your teams."), field="team")
    return team


def _by_name(name: str) -> Organisation:
    found = Organisation.objects.filter(name__iexact=name.strip(), closed_at=None).first()
    if found is None:
        raise Refusal(say("There is no open organisation of this name."), field="name")
    return found


def _name(typed: str, *, field: str) -> str:
    try:
        return read_name(typed)
    except BadName as error:
        raise Refusal(str(error), field=field) from error


def _mark_held(organisation: Organisation) -> None:
    """Have the lists of everybody who was assigned worked out anew."""
    held = Holding.objects.filter(organisation=organisation, ended_at=None).values_list("case_id", flat=True)
    for case_id in held:
        audit.record("holding.stopped", actor=_Operator(), case_id=case_id, subject=str(organisation.pk))
