"""Whose cases a person may see, and what they may do there. Every read of a case starts here.

Nobody sees a case because of where they work. A place in an organisation only keeps a membership
under that organisation alive: it counts while the organisation is verified and open, while it holds
the case, and while the person has the post that the role needs. All of it is looked up anew each
time, so that whatever ends, ends with the next request, and for work that is still waiting.
"""

import uuid
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now, TruncDate

from cases.core.authority import Scope
from cases.core.organisations import PostRole
from cases.core.roles import PERMISSIONS, Permission, Role, allowed
from cases.models import Authority, Case, CaseMembership, Holding, Post
from cms_tracker.web import prepared

if TYPE_CHECKING:
    from cms_tracker.users.models import User

# An authority is needed under an organisation, and where an owner said what an adviser may do.
_READS = Q(organisation=None, is_asked=False) | Q(scope__isnull=False)


def visible_to(user: "User") -> QuerySet[Case]:
    """The cases this person may look into today."""
    return Case.objects.filter(pk__in=reading().filter(user=user).values("case_id"))


def membership_of(user: "User", case_id: uuid.UUID) -> CaseMembership | None:
    """How this person stands in a case today, the case with it; None for a stranger.

    What they may do there is ``rights_in``: an adviser whose authority has ended may do almost nothing.
    """
    return present().filter(user=user, case_id=case_id).select_related("case").first()


def rights_of(user_id: uuid.UUID, case_id: uuid.UUID) -> frozenset[Permission]:
    """What this person may do in a case at this moment: nothing for a stranger, or an account that is closed.

    For work that somebody asked for earlier, and that is done when they are no longer waiting.
    """
    found = present().filter(user_id=user_id, case_id=case_id, user__is_active=True).first()
    return rights_in(found) if found else frozenset()


def rights_in(membership: CaseMembership) -> frozenset[Permission]:
    """What a membership of ``present`` allows: what the role gives, within the client's authority.

    An owner and a helper need none. Nor does an adviser whom an owner let in, until they said more
    about it: the code was their word.
    """
    scope, is_asked = getattr(membership, "scope"), getattr(membership, "is_asked")  # noqa: B009 - of present()
    role = Role(membership.role)
    if membership.organisation_id is None and not is_asked:
        return PERMISSIONS[role]
    return allowed(role, under=Scope(scope) if scope else None)


def present() -> QuerySet[CaseMembership]:
    """Every membership that counts now, with the authority it rests on.

    ``scope`` is what the client lets them do today (None: nothing), ``until`` the last day of it, and
    ``is_asked`` whether a membership that is not under an organisation has an authority to go by.
    """
    return _present().all()


# A query is a description and holds no rows and no time: it is put together once, and the clock in it is the
# database's, read anew each time. A page asks for it several times, and that took a fifth of the list.
@cache
def _present() -> QuerySet[CaseMembership]:
    unended = CaseMembership.objects.filter(Q(expires_at=None) | Q(expires_at__gt=Now()), ended_at=None)
    asked = Authority.objects.filter(membership_id=OuterRef("pk"))
    standing = _standing().filter(
        Q(organisation_id=OuterRef("organisation_id")) | Q(membership_id=OuterRef("pk")), case_id=OuterRef("case_id")
    )
    return unended.filter(Q(organisation=None) | _held()).annotate(
        scope=Subquery(standing.values("scope")[:1]),
        until=Subquery(standing.values("until")[:1]),
        is_asked=Exists(asked),
    )


def reading() -> QuerySet[CaseMembership]:
    """Of ``present``, those who may look into the case: not where an authority is needed and none stands."""
    return _reading().all()


@cache
def _reading() -> QuerySet[CaseMembership]:
    return present().filter(_READS)


def lapsed() -> QuerySet[CaseMembership]:
    """Of ``present``, those who may not look into the case: an authority is needed, and none stands."""
    return present().exclude(_READS)


def post_of(user: "User") -> Post | None:
    """This person's place in an organisation that is verified and open, the organisation and team with it."""
    # Most people have none, and to ask for all that a post is with costs forty times as much as to ask whether it is.
    if not prepared.read("post", lambda person: _posts_of(person).values_list("pk")[:1], user.pk):
        return None
    return _posts_of(user.pk).select_related("organisation", "team").first()


def _posts_of(user_id: uuid.UUID) -> QuerySet[Post]:
    return posts().filter(user_id=user_id, user__is_active=True)


def posts() -> QuerySet[Post]:
    """Every post that counts now."""
    return Post.objects.filter(
        ended_at=None, organisation__verified_at__isnull=False, organisation__closed_at__isnull=True
    )


def _held() -> Q:
    """Under an organisation: it holds the case, the intake is cleared, and the person has the post for the role."""
    same = {"case_id": OuterRef("case_id"), "organisation_id": OuterRef("organisation_id")}
    held = Holding.objects.filter(**same, ended_at=None, cleared_at__isnull=False)
    place = posts().filter(user_id=OuterRef("user_id"), organisation_id=OuterRef("organisation_id"))
    advises = place.filter(**{Post.columns[PostRole.ADVISER]: True})
    supervises = place.filter(**{Post.columns[PostRole.SUPERVISOR]: True})
    return Q(Exists(held)) & (Q(Exists(advises), role=Role.ADVISER) | Q(Exists(supervises), role=Role.VISITOR))


def _standing() -> QuerySet[Authority]:
    """Every authority that holds on this day in London, by the clock of the database."""
    today = TruncDate(Now())
    return Authority.objects.filter(ended_at=None, from_on__lte=today, until__gte=today)
