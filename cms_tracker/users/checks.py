"""A check that stops an unsafe start: the passwords of the demo are in every copy of this program."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from cms_tracker.users.models import User

#: Whom `seed_demo` makes with a password that anybody can read (tests/cast.py).
DEMO_ADDRESSES = ("rosa@example.com", "paul@example.com", "ada@example.com", "sam@example.com")


@register(Tags.database)
def nobody_of_the_demo(
    *, app_configs: Sequence[AppConfig] | None, databases: Iterable[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Return an error where a person of the demo could sign in on a server.

    An address that somebody typed at sign-up and never confirmed has no password, and stops nothing.
    """
    if settings.LOCAL:
        return []
    return [
        Error(
            f"{address} is a person of the demo, whose password anybody knows.",
            hint=f"manage.py disable_user {address}",
            id="users.E001",
        )
        for alias in databases or ()
        if User._meta.db_table in connections[alias].introspection.table_names()
        for address in _who_could_sign_in(alias)
    ]


def _who_could_sign_in(alias: str) -> list[str]:
    there = User.objects.using(alias).filter(email__in=DEMO_ADDRESSES, is_active=True)
    return [user.email for user in there.order_by("email").only("email", "password") if user.has_usable_password()]
