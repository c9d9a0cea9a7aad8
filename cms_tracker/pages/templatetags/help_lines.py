"""The help lines on a page: a template names a service, never a number."""

from django import template

from cms_tracker.pages import help_lines

register = template.Library()


@register.simple_tag
def help_line(name: str) -> help_lines.HelpLine:
    """The help line of that name: ``{% help_line "Samaritans" as samaritans %}``."""
    return help_lines.named(name)
