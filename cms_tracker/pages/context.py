"""What the menu of a signed-in person may name, asked only where it is drawn."""

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cases import queries

if TYPE_CHECKING:
    from cms_tracker.users.models import User


def places(request: HttpRequest) -> dict[str, Any]:
    """Say whether the person has a place in an organisation, as soon as a template asks."""
    return {"has_post": SimpleLazyObject(lambda: queries.post_of(cast("User", request.user)) is not None)}
