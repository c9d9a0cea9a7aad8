"""Keep what a client lets an organisation or an adviser do: each in one transaction with its audit row."""

import datetime as dt
import uuid
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cases import access
from cases.core.authority import Given, Said, Scope, latest_end, usual_end
from cases.core.organisations import PostRole
from cases.core.roles import Role
from cases.models import Authority, Case, CaseMembership
from cases.queries import organisations as queries
from cms_tracker.audit import operations as audit
from cms_tracker.audit import queries as audit_queries
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cms_tracker.users.models import User


@transaction.atomic
def give_authority(
    *,
    actor: "User",
    case: Case,
    scope: Scope,
    said: Said,
    from_on: dt.date,
    at: dt.datetime,
    until: dt.date | None = None,
    membership_id: uuid.UUID | None = None,
) -> Authority:
    """Keep an authority, which ends the one before; return it. Without ``until`` it lasts as long as is usual.

    A client who has a sign-in says it themselves, here, for the organisation that holds the record
    or for one adviser (``membership_id``): nobody else can widen or renew it. For a client without
    one, the adviser who is assigned keeps how they said it. Raises Refusal where the days are out of
    order, where a signed form is not in the record, and for whoever may not give it.
    """
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    _check_who_gives(actor, case, given=said.given)
    until = until or usual_end(from_on)
    _check_days(from_on, until)
    if said.evidence_id is not None and not audit_queries.has_fact(case.pk, said.evidence_id):
        raise Refusal(_("This file is not in the record."), field="evidence")
    to = _to_whom(case, membership_id)
    Authority.objects.filter(case=case, ended_at=None, **to).update(ended_at=at, ended_by=actor)
    made = Authority.objects.create(
        case=case, scope=scope, from_on=from_on, until=until, recorded_by=actor, recorded_at=at, **to, **asdict(said)
    )
    audit.record("authority.given", actor=actor, case_id=case.pk, subject=f"{made.pk} {scope}")
    return made


@transaction.atomic
def end_authority(*, actor: "User", case: Case, authority_id: uuid.UUID, at: dt.datetime) -> None:
    """Withdraw an authority: by the client themselves, or as they told the adviser. Effective at once."""
    standing = Authority.objects.filter(case=case, pk=authority_id, ended_at=None)
    found = standing.first()
    if found is None:
        return
    member = access.membership_of(actor, case.pk)
    if member is None or (member.role != Role.OWNER and not _is_theirs(found, member)):
        raise Refusal(_("You cannot do this in your organisation now."))
    if standing.update(ended_at=at, ended_by=actor):
        audit.record("authority.ended", actor=actor, case_id=case.pk, subject=str(found.pk))


def _is_theirs(authority: Authority, member: CaseMembership) -> bool:
    if member.role != Role.ADVISER:
        return False
    if authority.membership_id is not None:
        return authority.membership_id == member.pk
    return member.organisation_id == authority.organisation_id


def _check_who_gives(actor: "User", case: Case, *, given: Given) -> None:
    member = access.membership_of(actor, case.pk)
    refusal = Refusal(_("The client has a sign-in. They say here themselves how far you may go, and until when."))
    if member is None:
        raise Refusal(_("You cannot do this in your organisation now."))
    has_owner = CaseMembership.objects.filter(case=case, role=Role.OWNER, ended_at=None).exists()
    if has_owner and member.role != Role.OWNER:
        raise refusal
    if not has_owner:
        post = access.post_of(actor)
        if member.role != Role.ADVISER or post is None or PostRole.ADVISER not in post.roles:
            raise Refusal(_("You cannot do this in your organisation now."))
        if given is Given.HERE:
            raise Refusal(_("Choose how the client said so."), field="given")


def _to_whom(case: Case, membership_id: uuid.UUID | None) -> dict[str, uuid.UUID]:
    if membership_id is not None:
        private = CaseMembership.objects.filter(
            case=case, pk=membership_id, role=Role.ADVISER, organisation=None, ended_at=None
        )
        if not private.exists():
            raise Refusal(_("This person is not your adviser any more."))
        return {"membership_id": membership_id}
    holding = queries.holding_of_case(case.pk)
    if holding is None:
        raise Refusal(_("No organisation holds this record."))
    return {"organisation_id": holding.organisation_id}


def _check_days(from_on: dt.date, until: dt.date) -> None:
    if until < from_on:
        raise Refusal(_("The last day is before the first."), field="until")
    if until > latest_end(from_on):
        raise Refusal(_("It can last two years at most. You can give it again after that."), field="until")
