"""What the operations of organisations share: whose post it is, and the one refusal for what is not theirs."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases import access
from cases.core.organisations import PostRole
from cases.models import CaseMembership, Organisation, Post
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    import datetime as dt

    from cms_tracker.users.models import User


def acting(actor: "User", *roles: PostRole) -> Post:
    """The post by which this person acts now. Raises Refusal where it has none of these roles.

    Asked again inside the operation: the page may have been opened before the post ended.
    """
    post = access.post_of(actor)
    if post is None or not post.roles & set(roles):
        raise Refusal(_("You cannot do this in your organisation now."))
    return post


def hold(organisation: Organisation) -> None:
    """Hold an organisation, so that of two changes at once the second sees the first."""
    list(Organisation.objects.select_for_update(no_key=True).filter(pk=organisation.pk).values_list("pk"))


def end_memberships(post: Post, *, at: "dt.datetime") -> list[CaseMembership]:
    """End every membership that a person has under the organisation of a post; return them."""
    theirs = CaseMembership.objects.filter(user=post.user_id, organisation=post.organisation_id, ended_at=None)
    ended = list(theirs.select_for_update())
    theirs.filter(pk__in=[one.pk for one in ended]).update(ended_at=at)
    return ended
