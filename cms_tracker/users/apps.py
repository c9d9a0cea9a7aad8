"""The users app: who is signed in."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    """Holds AUTH_USER_MODEL; the lowest app that knows a person."""

    name = "cms_tracker.users"
    label = "users"

    def ready(self) -> None:
        """Register the check by importing it."""
        from cms_tracker.users import checks  # noqa: F401, PLC0415 - models are ready only now
