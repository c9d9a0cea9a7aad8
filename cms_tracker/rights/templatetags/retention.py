"""The retention schedule, for pages of apps below."""

from django import template

from cms_tracker.rights.core.retention import Kept, What, in_force
from cms_tracker.web.clock import today

register = template.Library()


@register.simple_tag
def kept_for() -> list[Kept]:
    """Every period that holds today, in the order of the schedule."""
    found = (in_force(what, on=today()) for what in What)
    return [one for one in found if one is not None]
