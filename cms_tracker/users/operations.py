"""Write who is signed in: each operation is one transaction with its audit row.

An address that is known and one that is not cost the same work here: no hash, as many statements,
one commit, one audit row. The other parent may be the one who asks.
"""

import datetime as dt
import hashlib
import secrets
import uuid

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms import EmailField

from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import Device, SafeMail, Session, User
from cms_tracker.users.queries import has_confirmed
from cms_tracker.users.session_store import fingerprint, visit_in

MAIL_KEY_LASTS = dt.timedelta(hours=24)


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
        # Both change nothing: they are written as a new user and a new address would be.
        User.objects.filter(pk=known.pk).update(email=email)
        waits = EmailAddress.objects.filter(user=known, email=email, verified=False).update(verified=False)
        audit.record("user.sign_up_repeated", actor=known)
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
    """Set a new password. Every other session of the user ends: it carries the mark of the old hash."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record("user.password_changed", actor=user)


@transaction.atomic
def replace_forgotten_password(user: User, *, password: str) -> None:
    """Set a password by a link that was e-mailed. Whoever has the link has the mailbox: it is confirmed."""
    change_password(user, password=password)
    end_other_sessions(user, keep=None)
    Device.objects.filter(user=user).delete()
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
        raise Refusal(say("This is not an e-mail address."), field="email") from error
    user = User.objects.filter(email=address).first()
    if user is not None and user.is_adviser:
        raise Refusal(say("This person is an adviser already."), field="email")
    added = user is None
    if user is None:
        user = User.objects.create_user(address)
        EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
    User.objects.filter(pk=user.pk).update(is_adviser=True)
    audit.record("user.made_adviser", actor=user)
    return user, added


@transaction.atomic
def mark_operator(email: str, *, mark: bool) -> User:
    """Let a person see how the installation fares, or (``mark`` False) no more. It lets them into no record.

    Raises Refusal where nobody who is here has this address, or where there is nothing to change.
    """
    user = _by_address(email)
    if not User.objects.filter(pk=user.pk, is_operator=not mark).update(is_operator=mark):
        words = say("This person is an operator already.") if mark else say("This person is no operator.")
        raise Refusal(words, field="email")
    audit.record("user.made_operator" if mark else "user.operator_withdrawn", actor=user)
    return user


def count_as_adviser(user: User) -> None:
    """Mark somebody as an adviser who is given a place in an organisation; for the transaction that gives it."""
    if User.objects.filter(pk=user.pk, is_adviser=False).update(is_adviser=True):
        audit.record("user.made_adviser", actor=user)


@transaction.atomic
def end_session(user: User, *, name: uuid.UUID) -> bool:
    """Sign the user out in one place, which its name stands for; False where there is none of that name."""
    for row in Session.objects.filter(user=user):
        visit = visit_in(row)
        if visit is not None and visit.name == str(name):
            row.delete()
            audit.record("session.ended", actor=user)
            return True
    return False


@transaction.atomic
def end_other_sessions(user: User, *, keep: str | None) -> int:
    """Sign the user out everywhere but in the session with the key ``keep``; return in how many places."""
    ended, _ = Session.objects.filter(user=user).exclude(session_key=fingerprint(keep)).delete()
    if ended:
        audit.record("session.others_ended", actor=user)
    return ended


@transaction.atomic
def switch_off(email: str) -> User:
    """Let a person in no more, from this moment: their sessions end, and no device is known any more.

    Calendars, codes that they gave to others, reminders and papers that wait ask whether the person
    is switched on each time, so that they stop with it, and go on when they are switched on again.
    Raises Refusal where there is nobody with this address, or they are switched off already.
    """
    user = _by_address(email)
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise Refusal(say("This person is switched off already."), field="email")
    Session.objects.filter(user=user).delete()
    Device.objects.filter(user=user).delete()
    audit.record("user.switched_off", actor=user)
    return user


@transaction.atomic
def switch_on(email: str) -> User:
    """Let a person in again who was switched off. Raises Refusal where nobody of this address was."""
    user = _by_address(email)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise Refusal(say("This person is not switched off."), field="email")
    audit.record("user.switched_on", actor=user)
    return user


def _by_address(email: str) -> User:
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise Refusal(say("Nobody here has this e-mail address."), field="email")
    return user


@transaction.atomic
def allow_mail(*, actor: User, address: str, at: dt.datetime) -> str | None:
    """Keep the one address of which a person says that only they read it, and that it may be written to.

    The confirmed address of the sign-in needs no second confirmation, and one that was confirmed
    here before stays so. For any other, return the key of the link to send there: until that is
    used, nothing else goes to it.
    """
    address = address.strip().lower()
    before = SafeMail.objects.select_for_update().filter(user_id=actor.pk).first()
    is_own = has_confirmed(actor, address)
    was_confirmed = before.confirmed_at if before is not None and before.address == address else None
    confirmed_at = was_confirmed or (at if is_own else None)
    key = None if confirmed_at else secrets.token_urlsafe(32)
    values = {
        "address": address,
        "of_sign_in": address == actor.email,
        "said_safe_at": at,
        "confirmed_at": confirmed_at,
        "key_hash": _fingerprint(key) if key else "",
        "key_expires_at": at + MAIL_KEY_LASTS if key else None,
    }
    SafeMail.objects.update_or_create(user_id=actor.pk, defaults=values)
    audit.record("mail.allowed", actor=actor)
    return key


@transaction.atomic
def forbid_mail(*, actor: User) -> None:
    """Forget the address. Nothing is sent to it any more, not even that."""
    SafeMail.objects.filter(user_id=actor.pk).delete()
    audit.record("mail.forbidden", actor=actor)


@transaction.atomic
def confirm_mail(key: str, *, at: dt.datetime) -> bool:
    """Confirm the address that a link was sent to; False for a link that is void, used or too old."""
    waiting = SafeMail.objects.select_for_update().filter(key_hash=_fingerprint(key), key_expires_at__gt=at)
    row = waiting.select_related("user").first()
    if row is None or not row.user.is_active:
        return False
    row.confirmed_at, row.key_hash, row.key_expires_at = at, "", None
    row.save()
    audit.record("mail.confirmed", actor=row.user)
    return True


def _fingerprint(key: str) -> str:
    """The hash by which a link is found. A key is random and long, so a plain hash hides it well."""
    return hashlib.sha256(key.encode()).hexdigest()
