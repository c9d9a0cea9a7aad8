"""Verify an organisation, and name who manages it. Only an operator can: nobody registers one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases import operations
from cms_tracker.refusal import Refusal
from cms_tracker.users import queries as users
from cms_tracker.web.clock import now


class Command(BaseCommand):
    """``manage.py verify_organisation NAME --manager EMAIL --manager-name NAME``, or ``NAME --withdraw``."""

    help = "Let an organisation work here, under a first manager; or stop everything that rests on it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name, and who manages it."""
        parser.add_argument("name")
        parser.add_argument("--manager", default="", help="the e-mail address of a sign-in that is here already")
        parser.add_argument("--manager-name", default="", help="their name, as colleagues and clients see it")
        parser.add_argument("--withdraw", action="store_true", help="stop it at once, until it is verified again")

    def handle(self, *, name: str, manager: str, manager_name: str, withdraw: bool, **_: Any) -> None:
        """Verify it or stop it; say in one line what happened."""
        try:
            if withdraw:
                operations.withdraw_verification(name=name)
                self.stdout.write("Not verified any more. Nobody opens a record through it.")
                return
            person = users.by_email(manager) if manager else None
            if manager and person is None:
                raise CommandError("manager: Nobody here has this e-mail address. They sign up first.")
            operations.verify_organisation(name=name, at=now(), manager=person, manager_name=manager_name)
        except Refusal as refusal:
            raise CommandError(f"{refusal.field}: {refusal.message}") from refusal
        self.stdout.write("Verified.")
