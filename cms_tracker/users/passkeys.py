"""Passkeys: what is asked of the browser, and whether its answer is good. The ceremony is django-allauth's.

Each passkey must be one that finds its owner by itself and that asks for a finger, a face or a PIN:
it stands for the password and the second step together (OWASP ASVS 5.0, 6.3.3).
"""

import hashlib
import json
import struct
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.exceptions import ValidationError

from cms_tracker.sealed.ring import ring
from cms_tracker.users.second_step import PURPOSE

if TYPE_CHECKING:
    from cms_tracker.users.models import User

#: What the parsers raise for text that is no passkey: anybody may send it.
_NOT_ONE = (TypeError, ValueError, LookupError, AttributeError, AssertionError, ArithmeticError, struct.error)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # published without types
    """Names for the phone's list of passkeys that say nothing of what the site is for."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The configured host: not the one that a request names."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user: "User") -> dict[str, Any]:
        """The person by a random number. A phone shows the name to whoever holds it: it is the site's."""
        return {"id": user.pk.hex.encode(), "display_name": settings.SITE_NAME, "name": settings.SITE_NAME}

    def encrypt(self, text: str) -> str:
        """Seal a secret that is kept."""
        return ring().seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Read a sealed secret."""
        return ring().open(encrypted_text, purpose=PURPOSE)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing from here: our own operations decide who may be written to."""


def ask_to_make(user: "User") -> str:
    """What the browser is asked when a passkey is made, as JSON. The session keeps the challenge."""
    return json.dumps(auth.begin_registration(user, passwordless=True))


def ask_to_show(user: "User | None") -> str:
    """What the browser is asked when a passkey is shown, as JSON: one of this person's, or anybody's."""
    return json.dumps(auth.begin_authentication(user))


def made(credential: dict[str, Any]) -> str:
    """Check a passkey that the browser says it has made, and return the key that names it in addresses.

    Raises ValidationError for anything but a good answer to the question of this session.
    """
    try:
        auth.parse_registration_response(credential)
        found = auth.complete_registration(credential)
    except _NOT_ONE as error:
        raise ValidationError("no passkey", code="passkey") from error
    if not found.is_user_verified() or found.credential_data is None:
        raise ValidationError("nobody was asked for a finger or a PIN", code="passkey")
    return hashlib.sha256(found.credential_data.credential_id).hexdigest()[:16]


def shown(credential: dict[str, Any], *, by: "User | None") -> Authenticator:
    """The passkey that was shown, with its owner: of ``by``, or of whoever it belongs to.

    Raises ValidationError for anything but a good answer to the question of this session.
    """
    try:
        auth.parse_authentication_response(credential)
        owner = by or auth.extract_user_from_response(credential)
        found: Authenticator = auth.complete_authentication(owner, credential)
    except _NOT_ONE as error:
        raise ValidationError("no passkey", code="passkey") from error
    if not found.user.is_active:
        raise ValidationError("closed", code="passkey")
    return found
