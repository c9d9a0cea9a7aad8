"""List the licences of what runs on a server: ``manage.py licences [--output FILE]``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms_tracker.supply import licences


class Command(BaseCommand):
    """Reads the lock and what the installed packages say of themselves."""

    help = "List the licences of what runs on a server, as a page in Markdown."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("--output", type=Path, help="write it to this file")

    def handle(self, *, output: Path | None, **_: Any) -> None:
        """Print it, or write it."""
        if output:
            output.write_text(licences.page(), encoding="utf-8")
        else:
            self.stdout.write(licences.page(), ending="")
