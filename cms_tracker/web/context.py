"""What every template may name."""

from django.conf import settings
from django.http import HttpRequest

from cms_tracker import language
from cms_tracker.web.language import WELSH, asks_for_welsh, has_welsh


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's neutral name, the page that "Exit this page" leaves for, and the page's language."""
    return {
        "site_name": settings.SITE_NAME,
        "exit_url": settings.EXIT_URL,
        "page_language": "en-GB" if language.is_english() else WELSH,
        "has_welsh": has_welsh(),
        "asks_for_welsh": asks_for_welsh(request),
    }
