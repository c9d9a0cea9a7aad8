"""Delete what was kept long enough: ``manage.py purge_expired --dry-run`` first, then ``--really``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms_tracker.rights import operations
from cms_tracker.web.clock import today


class Command(BaseCommand):
    """Count what is past its time, or delete it. Prints numbers and never a name."""

    help = "Delete what is past its time by the retention schedule. Records under a legal hold are left."

    def add_arguments(self, parser: CommandParser) -> None:
        """One of the two has to be said."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--dry-run", action="store_true", help="only count")
        which.add_argument("--really", action="store_true", help="delete")
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer as JSON")

    def handle(self, *, really: bool, as_json: bool, **_: Any) -> None:
        """Do it, and say how many of each kind."""
        found = operations.purge_expired(on=today(), really=really)
        if as_json:
            self.stdout.write(json.dumps({**found.counts, "held": found.held, "deleted": really}))
            return
        for what, count in found.counts.items():
            self.stdout.write(f"{what:<16} {count:>8,} {'deleted' if really else 'would be deleted'}")
        self.stdout.write(f"{'held':<16} {found.held:>8,} records are kept by a legal hold")
