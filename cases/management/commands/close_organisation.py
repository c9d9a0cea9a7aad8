"""Close an organisation for good."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases import operations
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import now


class Command(BaseCommand):
    """``manage.py close_organisation NAME``."""

    help = "End an organisation: its places, codes and assignments end at once. Its clients keep their records."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name."""
        parser.add_argument("name")

    def handle(self, *, name: str, **_: Any) -> None:
        """Close it; say in one line what happened."""
        try:
            operations.close_organisation(name=name, at=now())
        except Refusal as refusal:
            raise CommandError(f"{refusal.field}: {refusal.message}") from refusal
        self.stdout.write("Closed. Nobody opens a record through it.")
