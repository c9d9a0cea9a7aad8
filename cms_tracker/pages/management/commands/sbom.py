"""Make the software bill of materials: ``manage.py sbom [--output FILE]``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms_tracker.supply import bill


class Command(BaseCommand):
    """The same files give the same bytes."""

    help = "Make the software bill of materials (CycloneDX 1.6, JSON) of what runs on a server."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("--output", type=Path, help="write it to this file")

    def handle(self, *, output: Path | None, **_: Any) -> None:
        """Print it, or write it."""
        if output:
            output.write_text(bill.bill(), encoding="utf-8")
        else:
            self.stdout.write(bill.bill(), ending="")
