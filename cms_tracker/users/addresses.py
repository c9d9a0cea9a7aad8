"""Another address to sign in with: it counts from the moment that somebody who reads it presses the link.

The address that is left is told nothing: whoever reads it may be the reason for leaving it.
"""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from cms_tracker.audit import operations as audit
from cms_tracker.users.models import Device, Session, User
from cms_tracker.users.session_store import fingerprint


@transaction.atomic
def ask_for_new_address(user: User, *, address: str) -> bool:
    """Keep an address that waits for its link; it takes the place of one that waited before.

    False where somebody signs in with it: the caller must answer in the same way, and send no link.
    """
    address = address.strip().lower()
    is_free = not User.objects.filter(email=address).exists()
    User.objects.filter(pk=user.pk).update(new_email=address)  # shown alike, whether it is free or not
    user.refresh_from_db(fields=["new_email"])
    audit.record("user.new_address_asked", actor=user)
    return is_free


def take_new_address(user: User, *, keep: str | None) -> bool:
    """Sign in with the waiting address from now on; False where somebody else took it meanwhile.

    Every session ends but the one with the key ``keep``, no browser is known any more, and links
    that were sent before are void: they hold the address that was left.
    """
    try:
        return _take(user, keep=keep)
    except IntegrityError:
        return False


@transaction.atomic
def _take(user: User, *, keep: str | None) -> bool:
    held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not held.new_email:
        return False
    address = held.new_email
    User.objects.filter(pk=user.pk).update(email=address, new_email="")
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=True)
    Session.objects.filter(user=user).exclude(session_key=fingerprint(keep)).delete()
    Device.objects.filter(user=user).delete()
    audit.record("user.address_changed", actor=user)
    return True
