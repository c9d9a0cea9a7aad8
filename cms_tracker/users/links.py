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


class _NewAddress(_Signatures):
    """Void also as soon as another address is asked for, or the waiting one counts."""

    key_salt = "cms_tracker.users.links.new_address"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.new_email}"


_NEW_ADDRESS = _NewAddress()
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


def key_for_new_address(user: User) -> str:
    """Return a key that the mailbox of this person's waiting address is sent."""
    return f"{user.pk.hex}-{_NEW_ADDRESS.make_token(user)}"


def fits_new_address(key: str, user: User) -> bool:
    """Say whether we made this key for the address that waits, within the hour, and nothing was set since."""
    return bool(user.new_email) and _NEW_ADDRESS.check_token(user, key.partition("-")[2])
