"""Read who is signed up, for an operator's commands. No page tells whether an address is known."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from cms_tracker.users import links, sessions
from cms_tracker.users.models import SafeMail, Session, User
from cms_tracker.users.session_store import fingerprint, visit_in


def by_email(email: str) -> User | None:
    """The person with this e-mail address, however it is spelt in capitals, or None."""
    return User.objects.filter(email__iexact=email.strip()).first()


def by_id(user_id: uuid.UUID) -> User | None:
    """The person with this id, their sign-in open or closed, or None."""
    return User.objects.filter(pk=user_id).first()


def is_open(user_id: uuid.UUID) -> bool:
    """Say whether this person may sign in at this moment: the sign-in is there, and not closed."""
    return User.objects.filter(pk=user_id, is_active=True).exists()


def hold(user_id: uuid.UUID) -> None:
    """Hold a person's row against others who hold it until the transaction ends."""
    list(User.objects.select_for_update(no_key=True).filter(pk=user_id).values_list("pk"))


def waiting_for(key: str) -> User | None:
    """The person whom the link with this key lets confirm an address now, or None."""
    who = links.person_in(key)
    if who is None:
        return None
    waiting = User.objects.filter(is_active=True, emailaddress__email=F("email"), emailaddress__verified=False)
    user = waiting.filter(pk=who).first()
    return user if user is not None and links.fits(key, user) else None


def who_may_sign_in(email: str) -> User | None:
    """The person who may sign in with this address, which they have confirmed. One read, whoever is asked for."""
    confirmed = EmailAddress.objects.filter(user_id=OuterRef("pk"), email=OuterRef("email"), verified=True)
    return User.objects.filter(Exists(confirmed), email=email, is_active=True).first()


def who_may_be_sent_a_link(email: str) -> User | None:
    """The person who may choose a new password by a link to this address. One read, whoever is asked for."""
    return User.objects.filter(email=email, is_active=True).first()


def needs_second_step(user: User) -> bool:
    """Say whether this person may work only with a second step: who opens others' records or runs the site must."""
    return user.is_adviser or user.is_operator


def moving_to_new_address(key: str) -> User | None:
    """The person whom the link with this key lets sign in with another address, or None."""
    who = links.person_in(key)
    user = User.objects.filter(pk=who, is_active=True).first() if who else None
    return user if user is not None and links.fits_new_address(key, user) else None


def has_confirmed(user: User, address: str) -> bool:
    """Say whether this is an address of the person's sign-in that they have confirmed."""
    return bool(EmailAddress.objects.filter(user_id=user.pk, email=address.lower(), verified=True).exists())


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSeen:
    """One place where a person is signed in, as coarsely as they need to know it again."""

    name: str
    kind: sessions.Kind
    began_at: dt.datetime
    is_this: bool
    is_shared: bool


def sessions_of(user: User, *, this: str | None, at: dt.datetime) -> list[SessionSeen]:
    """Where this person is signed in at this moment: the session with the key ``this`` first, then the latest."""
    mine = fingerprint(this)
    found = []
    for row in Session.objects.filter(user=user, expire_date__gt=at):
        visit = visit_in(row)
        if visit is None:
            continue
        limit = sessions.limits(is_adviser=user.is_adviser, on_shared_device=visit.on_shared_device)
        if sessions.has_ended(began_at=visit.began_at, last_seen_at=visit.last_seen_at, limit=limit, now=at):
            continue
        found.append(
            SessionSeen(
                name=visit.name,
                kind=visit.kind,
                began_at=visit.began_at,
                is_this=row.session_key == mine,
                is_shared=visit.on_shared_device,
            )
        )
    return sorted(found, key=lambda one: (one.is_this, one.began_at), reverse=True)


def safe_mail_of(user: User) -> SafeMail | None:
    """What this person said about being written to; None where they never allowed it."""
    return SafeMail.objects.filter(user_id=user.pk).first()


def addresses_of(user_ids: Collection[uuid.UUID]) -> list[str]:
    """Every e-mail address that these people have here: of their sign-ins, and where they may be written to."""
    sign_ins = User.objects.filter(pk__in=user_ids).values_list("email", flat=True)
    return [*sign_ins, *SafeMail.objects.filter(user_id__in=user_ids).values_list("address", flat=True)]


def safe_address_of(user_id: uuid.UUID) -> str | None:
    """Where this site may write to a person by itself at this moment; None where it may not.

    The mail gateway asks this for every message that answers nobody (``settings.MAIL_BOOK``). An
    address that was the sign-in's when it was called safe, and is not any more, has been left
    behind: whoever reads it now may be the one the person got away from.
    """
    allowed = SafeMail.objects.filter(user_id=user_id, user__is_active=True, confirmed_at__isnull=False)
    row = allowed.select_related("user").first()
    if row is None or (row.of_sign_in and row.address != row.user.email):
        return None
    address: str = row.address
    return address


def unconfirmed_before(at: dt.datetime) -> list[uuid.UUID]:
    """Sign-ups from before ``at`` whose address nobody confirmed."""
    confirmed = EmailAddress.objects.filter(verified=True).values("user_id")
    found = User.objects.filter(joined_at__lt=at, last_login=None, is_active=True).exclude(pk__in=confirmed)
    return list(found.order_by("pk").values_list("pk", flat=True))


def quiet_since(at: dt.datetime) -> list[User]:
    """People who have not signed in since ``at``, their sign-in confirmed and open."""
    seen = Coalesce("last_login", "joined_at")
    quiet = User.objects.annotate(seen=seen)
    return list(quiet.filter(seen__lt=at, is_active=True, emailaddress__verified=True).distinct().order_by("pk"))
