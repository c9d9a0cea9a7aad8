"""Let a person be given cases as an adviser. Only an operator can: nobody registers as one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.refusal import Refusal
from cms_tracker.users import operations


class Command(BaseCommand):
    """``manage.py make_adviser EMAIL``."""

    help = "Mark a person as an adviser, and add a sign-in where there is none."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one e-mail address."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Mark the person; say in one line what happened."""
        try:
            _, added = operations.make_adviser(options["email"])
        except Refusal as refusal:
            raise CommandError(f"{refusal.field}: {refusal.message}") from refusal
        self.stdout.write(
            "Added as an adviser. They choose a password with “Forgotten your password?” on the sign-in page."
            if added
            else "Marked as an adviser."
        )
