"""Write who is signed in: each operation is one transaction with its audit row.

An address that is known and one that is not cost the same work here: no hash, one commit, one
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


def sign_up(email: str) -> User | None:
    """Return the user whose address is still to be confirmed, adding one where there is none.

    None where the address is confirmed already: the caller must answer the page in the same way.
    There is no password yet. Whoever asks first may be somebody else than the mailbox's owner.
    """
    try:
        return _sign_up(email.strip().lower())
    except IntegrityError:  # the same address, twice in the same moment: the first one counted
        return _sign_up(email.strip().lower())


@transaction.atomic
def _sign_up(email: str) -> User | None:
    known = User.objects.filter(email=email).first()
    if known is not None:
        audit.record("user.sign_up_repeated", actor=known)
        waits = EmailAddress.objects.filter(user=known, email=email, verified=False).exists()
        return known if waits and known.is_active else None
    user = User.objects.create_user(email)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    audit.record("user.signed_up", actor=user)
    return user


def confirm_address(user: User, *, password: str) -> bool:
    """Confirm the user's address and set the password, once.

    False, with nothing changed, where it was confirmed before: a link works one time only.
    """
    return _confirm(user, make_password(password))  # hashed before the database is locked


@transaction.atomic
def _confirm(user: User, hashed: str) -> bool:
    if not EmailAddress.objects.filter(user=user, email=user.email, verified=False).update(verified=True):
        return False
    User.objects.filter(pk=user.pk).update(password=hashed)
    audit.record("user.address_confirmed", actor=user)
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
def note_confirmed(user: User) -> None:
    """Write down that the person showed once more who they are. What they go on to do has its own row."""
    audit.record_look("user.confirmed", actor=user)


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
