"""Put the audit's events into several tables, or back into one: for an installation that has a great many."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from cms_tracker.audit import partitions

MOST = 256


class Command(BaseCommand):
    """Once, in a quiet hour: nobody reads or writes the audit, and so nobody is let in, until it is done."""

    help = "Split the audit's events by chain into parts (PostgreSQL), or join them again with --undo."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many parts, or that there shall be none."""
        parser.add_argument("--parts", type=int, default=16, help="into how many (16)")
        parser.add_argument("--undo", action="store_true", help="back into one table")

    def handle(self, *, parts: int, undo: bool, **_: Any) -> None:
        """Do it, whole or not at all."""
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has tables in parts.")
        if not 1 < parts <= MOST:
            raise CommandError(f"--parts is from 2 to {MOST}.")
        if partitions.are_used(connection) != undo:
            raise CommandError("The events are in one table." if undo else "The events are in parts already.")
        if undo:
            partitions.join(connection)
        else:
            partitions.split(connection, parts=parts)
        self.stdout.write("The events are in one table." if undo else f"The events are in {parts} parts.")
