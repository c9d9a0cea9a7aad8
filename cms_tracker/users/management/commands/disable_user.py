"""Let a person in no more, from this moment. Nothing is deleted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.refusal import Refusal
from cms_tracker.users import operations


class Command(BaseCommand):
    """``manage.py disable_user EMAIL``."""

    help = "Let a person in no more: sessions, calendars, codes and papers that wait stop at once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one e-mail address."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Switch the person off; say in one line what happened."""
        try:
            operations.switch_off(options["email"])
        except Refusal as refusal:
            raise CommandError(f"{refusal.field}: {refusal.message}") from refusal
        self.stdout.write("Switched off. Nothing of theirs was deleted.")
