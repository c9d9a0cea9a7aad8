"""Read who is signed up, for an operator's commands. No page tells whether an address is known."""

from cms_tracker.users.models import User


def by_email(email: str) -> User | None:
    """The person with this e-mail address, however it is spelt in capitals, or None."""
    return User.objects.filter(email__iexact=email.strip()).first()
