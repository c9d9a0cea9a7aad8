"""Write who is signed in: each operation is one transaction with its audit row.

An address that is known and one that is not cost the same work here: one hash, one commit, one
audit row. The other parent may be the one who asks.
"""

import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms import EmailField

from cms_tracker.audit import operations as audit
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User


def sign_up(*, email: str, password: str) -> EmailAddress | None:
    """Add a user whose address is still to be confirmed, and return that address.

    None where the address is known already: the caller must answer the page in the same way.
    """
    hashed = make_password(password)
    try:
        return _sign_up(email.strip().lower(), hashed)
    except IntegrityError:  # the same address, twice in the same moment: the first one counted
        return _sign_up(email.strip().lower(), hashed)


@transaction.atomic
def _sign_up(email: str, hashed: str) -> EmailAddress | None:
    known = User.objects.filter(email=email).first()
    if known is not None:
        audit.record("user.sign_up_repeated", actor=known)
        return None
    user = User.objects.create(email=email, password=hashed)
    address = EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    audit.record("user.signed_up", actor=user)
    return address


@transaction.atomic
def confirm_address(address: EmailAddress) -> bool:
    """Confirm an address once. False where it was confirmed before: a link works one time only."""
    if not EmailAddress.objects.filter(pk=address.pk, verified=False).update(verified=True):
        return False
    audit.record("user.address_confirmed", actor=address.user)
    return True


@transaction.atomic
def change_password(user: User, *, password: str) -> None:
    """Set a new password. Every other session of the user ends: its key is made from the old hash."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record("user.password_changed", actor=user)


@transaction.atomic
def replace_forgotten_password(user: User, *, password: str) -> None:
    """Set a password by a link that was e-mailed. Whoever has the link has the mailbox: it is confirmed."""
    change_password(user, password=password)
    EmailAddress.objects.filter(user=user, email=user.email, verified=False).update(verified=True)


@transaction.atomic
def note_safety_page_seen(user: User, *, at: dt.datetime) -> None:
    """Keep that the person has been shown how to stay safe here, so that it is shown once."""
    if user.safety_page_seen_at is None:
        User.objects.filter(pk=user.pk).update(safety_page_seen_at=at)
        audit.record("user.safety_page_seen", actor=user)


@transaction.atomic
def make_adviser(email: str) -> tuple[User, bool]:
    """Mark a user as an adviser, adding the user where there is none; say whether one was added.

    A new user has no password: the person sets it with "Forgotten your password?", which also
    proves the address. Raises Refusal for something that is no e-mail address, and for a user who
    is an adviser already.
    """
    address = email.strip().lower()
    try:
        EmailField(max_length=254).clean(address)
    except ValidationError as error:
        raise Refusal("This is not an e-mail address.", field="email") from error
    user = User.objects.filter(email=address).first()
    if user is not None and user.is_adviser:
        raise Refusal("This person is an adviser already.", field="email")
    added = user is None
    if user is None:
        user = User.objects.create_user(address)
        EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
    User.objects.filter(pk=user.pk).update(is_adviser=True)
    audit.record("user.made_adviser", actor=user)
    return user, added

