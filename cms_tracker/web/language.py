"""Which language a page is in: English, or Welsh where a person asked for it and the page has it.

The choice is a cookie that goes with the browser, set by a press on the language page and by nothing
else: what a browser says about its languages is not asked, because an unreviewed draft would
surprise. A page that is not wholly in Welsh stays wholly in English (``settings.WELSH_PAGES``): half
of a sentence in each language is worse to read, and to hear, than either.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from cms_tracker import language

WELSH = "cy"
#: Holds WELSH or nothing; the prefix as for the session's own.
COOKIE = "language" if settings.LOCAL else "__Host-language"
_WELSH_FILE = settings.BASE_DIR / "locale" / WELSH / "LC_MESSAGES" / "django.mo"


class FromDjango:
    """Django's catalogues of the language that is active, as plain code takes them."""

    gettext = staticmethod(translation.gettext)
    ngettext = staticmethod(translation.ngettext)


def has_welsh() -> bool:
    """Tell whether the Welsh was compiled at set-up; without it every page is in English."""
    return _WELSH_FILE.exists()


def asks_for_welsh(request: HttpRequest) -> bool:
    """Tell whether the person chose Welsh in this browser."""
    return request.COOKIES.get(COOKIE) == WELSH and has_welsh()


class SpeakItsLanguage:
    """Speak the page's language while it is made, and English before and after."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if COOKIE not in request.COOKIES:
            return self.get_response(request)
        with language.spoken(None), translation.override(settings.LANGUAGE_CODE):
            response = self.get_response(request)
            if not language.is_english():
                response.headers["Content-Language"] = WELSH
            return response

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Begin to speak Welsh when the view is known to have it."""
        route = request.resolver_match
        if route is not None and route.view_name in settings.WELSH_PAGES and asks_for_welsh(request):
            translation.activate(WELSH)
            language.speak(FromDjango())


def keep_choice(response: HttpResponseBase, *, welsh: bool) -> None:
    """Keep the choice until the browser is closed; English is the absence of one."""
    if welsh:
        response.set_cookie(COOKIE, WELSH, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
