"""What every template may name."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """Return the site's neutral name and the page that "Exit this page" leaves for."""
    return {"site_name": settings.SITE_NAME, "exit_url": settings.EXIT_URL}
