"""The key in the link that confirms an address. It names a person by a random number, and signs it.

A key made of a number that counts would tell, of two sign-ups of one's own, whether an address in
between was new here.
"""

import uuid

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from cms_tracker.users.models import User


class _Signatures(PasswordResetTokenGenerator):
    """Void as soon as the password is set, and after PASSWORD_RESET_TIMEOUT; never good for a reset."""

    key_salt = "cms_tracker.users.links"


_SIGNATURES = _Signatures()


def key_for(user: User) -> str:
    """Return a key that the mailbox of this person is sent."""
    return f"{user.pk.hex}-{_SIGNATURES.make_token(user)}"


def person_in(key: str) -> uuid.UUID | None:
    """Return whose key it says it is, or None for what is no key."""
    try:
        return uuid.UUID(hex=key.partition("-")[0])
    except ValueError:
        return None


def fits(key: str, user: User) -> bool:
    """Say whether we made this key for this person, within the hour, and nothing was set since."""
    return _SIGNATURES.check_token(user, key.partition("-")[2])
