"""Read who is signed up, for an operator's commands. No page tells whether an address is known."""

import uuid

from allauth.account.models import EmailAddress
from django.db.models import F

from cms_tracker.users import links
from cms_tracker.users.models import User


def by_email(email: str) -> User | None:
    """The person with this e-mail address, however it is spelt in capitals, or None."""
    return User.objects.filter(email__iexact=email.strip()).first()


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


def has_confirmed(user: User, address: str) -> bool:
    """Say whether this is an address of the person's sign-in that they have confirmed."""
    return bool(EmailAddress.objects.filter(user_id=user.pk, email=address.lower(), verified=True).exists())
