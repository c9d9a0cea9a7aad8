"""Write down how far every chain of the audit has come."""

from typing import Any

from django.core.management.base import BaseCommand

from cms_tracker.audit import anchors
from cms_tracker.web.clock import now


class Command(BaseCommand):
    """Make an anchor now, besides those that the timer makes once a day."""

    help = "Make an anchor of the audit and print it: a line to keep where nobody who reaches this machine can."

    def handle(self, **_: Any) -> None:
        """Make and print it."""
        self.stdout.write(str(anchors.anchor(at=now())))
