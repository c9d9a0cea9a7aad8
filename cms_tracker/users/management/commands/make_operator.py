"""Let a person who runs the site see how it fares. It opens nobody's record to them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.refusal import Refusal
from cms_tracker.users import operations


class Command(BaseCommand):
    """``manage.py make_operator EMAIL [--withdraw]``."""

    help = "Mark a person who has a sign-in as an operator, who sees how the installation fares and nobody's record."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one e-mail address, and whether the mark is taken away."""
        parser.add_argument("email")
        parser.add_argument("--withdraw", action="store_true", help="take the mark away")

    def handle(self, *, email: str, withdraw: bool, **_: Any) -> None:
        """Set the mark or take it away; say in one line what happened."""
        try:
            operations.mark_operator(email, mark=not withdraw)
        except Refusal as refusal:
            raise CommandError(f"{refusal.field}: {refusal.message}") from refusal
        self.stdout.write(
            "They are no operator any more."
            if withdraw
            else "Marked as an operator. Their page is at /operator/; they need a second step at sign-in."
        )
