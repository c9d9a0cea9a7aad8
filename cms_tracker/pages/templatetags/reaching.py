"""How a person may be reached, for the bar above every page of their record."""

from typing import TYPE_CHECKING

from django import template

from cases import queries
from cases.core.safe_contact import ContactMark

if TYPE_CHECKING:
    from cases.models import Case

register = template.Library()


@register.simple_tag
def contact_mark(case: "Case") -> ContactMark:
    """What somebody who helps or advises must see before they reach for the telephone."""
    return queries.contact_marks([case.pk])[case.pk]
