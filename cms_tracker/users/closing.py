"""Close a sign-in and open it again, or take it away for good. Nothing of it is written to anybody."""

import uuid
from contextlib import suppress

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.db.models import ProtectedError

from cms_tracker.audit import operations as audit
from cms_tracker.users.models import User

#: Nobody can read mail there (RFC 2606).
_NOWHERE = "closed.invalid"


@transaction.atomic
def close(user: User) -> str:
    """Let nobody sign in with it any more, end every session, and give its address free; return that address.

    Whoever signs up with the address afterwards finds it new, as after a deletion: nothing tells
    that the sign-in can still be opened again.
    """
    address = user.email
    EmailAddress.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(is_active=False, email=f"{user.pk.hex}@{_NOWHERE}")
    user.sessions.all().delete()
    user.devices.all().delete()
    audit.record("user.closed", actor=user)
    return address


@transaction.atomic
def reopen(user: User, *, address: str) -> bool:
    """Open a closed sign-in again under its address; False where somebody has confirmed it as theirs since.

    Anybody can type anybody's address into the sign-up page: one that nobody has confirmed keeps nothing closed.
    """
    nobody = User.objects.filter(email__iexact=address, last_login=None, is_adviser=False)
    nobody.exclude(emailaddress__verified=True).delete()
    if User.objects.filter(email__iexact=address).exists() or EmailAddress.objects.filter(email=address).exists():
        return False
    User.objects.filter(pk=user.pk).update(is_active=True, email=address)
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=True)
    audit.record("user.reopened", actor=user)
    return True


@transaction.atomic
def remove(user_id: uuid.UUID) -> bool:
    """Delete a person with every row that is theirs alone; False where that is done. The audit keeps the id alone.

    Where something that belongs to others rests on the row, as the record of a client on that of the
    adviser who took it in, the row stays with nothing in it but its random id.
    """
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return False
    audit.record("user.deleted", actor=user)
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:
        _empty(user)
    return True


def _empty(user: User) -> None:
    """Delete all that points to a person but for what others rest on, and take everything out of the row itself."""
    for relation in user._meta.related_objects:
        of_person = relation.related_model._base_manager.filter(**{relation.field.name: user})
        if getattr(relation, "on_delete", None) is models.CASCADE:
            _delete_unless_rested_on(of_person)
    User.objects.filter(pk=user.pk).update(
        email=f"{user.pk.hex}@{_NOWHERE}", password=make_password(None), last_login=None, safety_page_seen_at=None,
        is_active=False, is_adviser=False,
    )  # fmt: skip


def _delete_unless_rested_on(rows: "models.QuerySet[models.Model]") -> None:
    for row in rows:
        with suppress(ProtectedError), transaction.atomic():
            row.delete()
