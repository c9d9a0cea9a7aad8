"""Let a person in again who was switched off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.refusal import Refusal
from cms_tracker.users import operations


class Command(BaseCommand):
    """``manage.py enable_user EMAIL``."""

    help = "Let a person in again who was switched off."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one e-mail address."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Switch the person on; say in one line what happened."""
        try:
            operations.switch_on(options["email"])
        except Refusal as refusal:
            raise CommandError(f"{refusal.field}: {refusal.message}") from refusal
        self.stdout.write("Switched on. They sign in as before.")
