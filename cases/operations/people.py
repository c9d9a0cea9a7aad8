"""Let people into a case file, and shut them out: each operation is one transaction with its audit row."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from cases.core import invitation_codes
from cases.core.roles import Role
from cases.models import Case, CaseMembership, Invitation
from cases.operations.intake import accept_client_code
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cms_tracker.users.models import User

A_DAY = dt.timedelta(days=1)
INVITATION_LASTS = dt.timedelta(days=7)
INVITATIONS_A_DAY = 20


@transaction.atomic
def make_invitation(
    *, actor: "User", case: Case, role: Role, label: str, at: dt.datetime, invitation_id: uuid.UUID | None = None
) -> str:
    """Make a code by which one person may join the case until a week after ``at``; return it.

    Only its hash is kept, so it can be shown this once. Raises Refusal for a form that was sent
    before, and after ``INVITATIONS_A_DAY`` codes within a day.
    """
    Case.objects.select_for_update().get(pk=case.pk)  # so that two tabs cannot pass the limit together
    if invitation_id is not None and Invitation.objects.filter(pk=invitation_id).exists():
        raise Refusal(say("This code was shown once and cannot be shown again. Withdraw it and make a new one."))
    owned = CaseMembership.objects.filter(user=actor, role=Role.OWNER, ended_at=None).values("case_id")
    if Invitation.objects.filter(case_id__in=owned, made_at__gt=at - A_DAY).count() >= INVITATIONS_A_DAY:
        raise Refusal(say("You have made as many codes as we allow in a day. Try again tomorrow."))
    code = invitation_codes.new()
    made = Invitation.objects.create(
        id=invitation_id or uuid.uuid4(),
        case=case,
        role=role,
        label=label,
        code_hash=invitation_codes.fingerprint(code),
        made_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    audit.record("invitation.made", actor=actor, case_id=case.pk, subject=str(made.pk))
    return code


@transaction.atomic
def accept_invitation(*, actor: "User", code: str, at: dt.datetime) -> Case:
    """Let ``actor`` into the case of a code, which is used up by it.

    Raises the same Refusal for a code that is used, withdrawn, too old, never made, meant for an
    adviser and typed by someone else, or for a case that the person can open already. Of two
    people with one code, the database lets exactly one in.
    """
    if mine := accept_client_code(actor=actor, code=code, at=at):
        return mine
    refusal = Refusal(say("That code does not work. Check it with the person who gave it to you."), field="code")
    working = Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)
    invitation = working.filter(code_hash=invitation_codes.fingerprint(code)).select_related("case").first()
    if invitation is None or (invitation.role == Role.ADVISER and not actor.is_adviser):
        raise refusal
    present = CaseMembership.objects.filter(case_id=invitation.case_id, ended_at=None)
    if present.filter(user=actor).exists() or present.filter(role=Role.OWNER, user__is_active=False).exists():
        raise refusal
    if not working.filter(pk=invitation.pk).update(used_at=at):
        raise refusal
    try:
        with transaction.atomic():
            membership = CaseMembership.objects.create(
                case=invitation.case, user=actor, role=invitation.role, began_at=at
            )
    except IntegrityError as error:  # the same person with two codes at once
        raise refusal from error
    Invitation.objects.filter(pk=invitation.pk).update(membership=membership)
    audit.record("invitation.accepted", actor=actor, case_id=invitation.case_id, subject=str(invitation.pk))
    return invitation.case


@transaction.atomic
def withdraw_invitation(*, actor: "User", case: Case, invitation_id: uuid.UUID, at: dt.datetime) -> None:
    """Make a code that nobody has used stop working. Nothing happens where it has been used."""
    unused = Invitation.objects.filter(case=case, pk=invitation_id, used_at=None, withdrawn_at=None)
    if unused.update(withdrawn_at=at):
        audit.record("invitation.withdrawn", actor=actor, case_id=case.pk, subject=str(invitation_id))


@transaction.atomic
def end_access(*, actor: "User", case: Case, membership_id: uuid.UUID, at: dt.datetime) -> None:
    """Shut someone out of the case at once; their next request finds nothing. Never the owner."""
    present = CaseMembership.objects.filter(case=case, pk=membership_id, ended_at=None).exclude(role=Role.OWNER)
    if present.update(ended_at=at):
        audit.record("access.ended", actor=actor, case_id=case.pk, subject=str(membership_id))
