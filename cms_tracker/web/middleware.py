"""Headers on every answer, and input that no page can mean refused before any page sees it."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Several times the largest file that is taken, so that one a little too large still gets its own sentence;
# whatever is larger is refused before a byte of it is written anywhere.
MOST_BYTES = 64 * 1024 * 1024

_NO_POWERS = "publickey-credentials-create=(self), publickey-credentials-get=(self), " + ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)


class SafetyHeaders:
    """Outermost, so that error pages and static files carry the headers too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = _NO_POWERS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if not request.path_info.startswith(settings.STATIC_URL):
            # On a shared computer the Back button must show nothing after signing out.
            response.headers["Cache-Control"] = "no-store"
            # Says nothing more, and would tell two equal answers apart by the second they were made.
            response.headers.pop("Expires", None)
        return response


class RefuseBadInput:
    """Answer 400 to bytes that no form of ours can send.

    Databases and templates disagree about NUL bytes and broken UTF-8; left alone, one of them
    would answer 500. Cookies count: a quoted cookie may hold an escaped NUL. So does the charset
    that a request names for itself: some take a time that grows with the square of the length to
    decode, some are no text at all.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # First, although our handler decodes nothing with it (cms_tracker.web.handler): Django's own would.
        if (request.content_params or {}).get("charset", "utf-8").lower() != "utf-8":
            raise BadRequest("a charset other than UTF-8")
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise BadRequest("a body that no form of ours can send")
        _check(_wire_bytes(request.META.get("PATH_INFO", "")))
        _check_encoded(_wire_bytes(request.META.get("QUERY_STRING", "")))
        if any("\0" in text for pair in request.COOKIES.items() for text in pair):
            raise BadRequest("NUL byte in a cookie")
        # Reading them here also enforces the limits on their number and size.
        _check_fields(request.GET.lists())
        if request.content_type == "application/x-www-form-urlencoded":
            _check_encoded(request.body)
        if request.method == "POST":
            _check_fields(request.POST.lists())
        return self.get_response(request)


def _wire_bytes(text: str) -> bytes:
    # PEP 3333: a WSGI server hands bytes over as latin-1 text.
    return text.encode("latin-1", errors="replace")


def _check_encoded(raw: bytes) -> None:
    _check(unquote_to_bytes(raw.replace(b"+", b" ")))


def _check(raw: bytes) -> None:
    if b"\0" in raw:
        raise BadRequest("NUL byte")
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        raise BadRequest("not UTF-8") from error


def _check_fields(fields: object) -> None:
    for name, values in fields:  # type: ignore[attr-defined]
        if "\0" in name or any("\0" in value for value in values):
            raise BadRequest("NUL byte")
