"""Keep, change and forget a person's own views of their list."""

import uuid
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction

from arrears import caseload
from arrears.core.caseload import View
from arrears.models import SavedView
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cms_tracker.users.models import User

MOST_VIEWS = 20


@transaction.atomic
def keep_view(*, actor: "User", view: View) -> None:
    """Keep a view under its key, in place of the one that had it.

    Raises Refusal for a name that another of the person's views has, for one view too many, and for
    a key that is somebody else's.
    """
    list(get_user_model().objects.select_for_update(no_key=True).filter(pk=actor.pk).values_list("pk"))
    others = [one for one in caseload.views_of(actor.pk) if one.id != view.id]
    if any(one.name.casefold() == view.name.casefold() for one in others):
        raise Refusal(say("You have a view of that name already. Choose another name."), field="name")
    if len(others) >= MOST_VIEWS:
        raise Refusal(say("You can keep {most_views} views. Delete one first.", most_views=MOST_VIEWS), field="name")
    if SavedView.objects.filter(pk=view.id).exclude(user_id=actor.pk).exists():
        raise Refusal(say("This form has been used before. Open it again and send it once more."))
    if view.is_default:
        SavedView.objects.filter(user_id=actor.pk, is_default=True).exclude(pk=view.id).update(is_default=False)
    values = {
        "name": view.name,
        "why": ",".join(view.reasons),
        "side": view.side or "",
        "sort": view.sort,
        "is_default": view.is_default,
    }
    audit.record("view.kept", actor=actor, subject=str(view.id))
    SavedView.objects.update_or_create(pk=view.id, user_id=actor.pk, defaults=values)


@transaction.atomic
def forget_view(*, actor: "User", view_id: uuid.UUID) -> None:
    """Delete one of the actor's views. Raises Refusal where they have no such view."""
    audit.record("view.forgotten", actor=actor, subject=str(view_id))
    deleted, _ = SavedView.objects.filter(pk=view_id, user_id=actor.pk).delete()
    if not deleted:
        raise Refusal(say("You have no such view."))
