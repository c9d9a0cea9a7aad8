"""Browsers in which a person has signed in before: a way in that nobody else's tries can block.

The cookie holds 256 random bits and says nothing. The database holds their hash, with the person:
another person's browser, a made-up key and none at all are the same. It lets nobody in by itself:
it only has its tries counted apart.
"""

import datetime as dt
import hashlib
import secrets
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from cms_tracker.users.models import Device

if TYPE_CHECKING:
    from cms_tracker.users.models import User


def known(request: HttpRequest, email: str) -> uuid.UUID | None:
    """The device of this request, if the person with this address has signed in with it; None otherwise.

    One read, whether or not there is a cookie or a person: how long it takes tells neither.
    """
    mine = Device.objects.filter(key_hash=_hash(_key(request)), user__email=email.strip().lower())
    return mine.values_list("pk", flat=True).first()


def remember(request: HttpRequest, response: HttpResponseBase, user: "User", *, at: dt.datetime) -> None:
    """Know this browser again for this person."""
    key = _key(request)
    if not Device.objects.filter(key_hash=_hash(key)).exists():
        key = secrets.token_urlsafe(32)  # a key that we did not make, or that was withdrawn, is not taken up
    Device.objects.update_or_create(user=user, key_hash=_hash(key), defaults={"used_at": at})
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        key,
        max_age=settings.DEVICE_KNOWN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(request: HttpRequest, response: HttpResponseBase) -> None:
    """Know this browser no more, for anybody."""
    if settings.DEVICE_COOKIE_NAME in request.COOKIES:
        Device.objects.filter(key_hash=_hash(_key(request))).delete()
        response.delete_cookie(settings.DEVICE_COOKIE_NAME, samesite="Lax")


def after_sign_in(
    request: HttpRequest, response: HttpResponseBase, user: "User", *, shared: bool, at: dt.datetime
) -> None:
    """Know the browser in which this person has just signed in, or, where others use it, know it no more."""
    if shared:
        forget(request, response)
    else:
        remember(request, response, user, at=at)


def forget_others(user: "User", *, request: HttpRequest | None = None) -> None:
    """Know none of a person's browsers any more, but for that of a request."""
    others = Device.objects.filter(user=user)
    if request is not None:
        others = others.exclude(key_hash=_hash(_key(request)))
    others.delete()


def purge(*, before: dt.datetime) -> int:
    """Forget what nobody has signed in with since; return how many."""
    return Device.objects.filter(used_at__lt=before).delete()[0]


def _key(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
