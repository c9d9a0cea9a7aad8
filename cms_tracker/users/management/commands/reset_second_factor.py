"""Let a person in again who has lost the phone and the recovery codes. Make sure who asks first."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.users import second_step
from cms_tracker.users.queries import by_email


class Command(BaseCommand):
    """``manage.py reset_second_factor EMAIL``."""

    help = "Take a person's second steps away, and end their sessions. Nobody's password is set or shown."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one e-mail address."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take them away; say in one line what happened."""
        user = by_email(options["email"])
        if user is None:
            raise CommandError("Nobody here has this e-mail address.")
        if not second_step.reset(user):
            raise CommandError("This person has no second step.")
        self.stdout.write("Taken away, and every session is ended. They sign in with their password.")
