"""Work out anew the cases in which the day changed something. The timer does the same every minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from arrears.management.plain_command import optional_day
from cms_tracker.pages.hands import Hands
from cms_tracker.pages.worklist import roll_forward
from cms_tracker.web.clock import today


class Command(BaseCommand):
    """Touch only the cases that were written to, or in which the day changed something."""

    help = "Work out anew the figures of every case in which something fell due or changed its age."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a day."""
        parser.add_argument("--on", help="the day, YYYY-MM-DD; today unless given")

    def handle(self, *, on: str | None, **_: Any) -> None:
        """Go through what is due, with a word on the way, and say how many there were."""
        day = optional_day("on", on) or today()
        with Hands() as hands:
            done = roll_forward(on=day, say=lambda done: self.stderr.write(f"{done:,} cases worked out"), hands=hands)
        self.stdout.write(f"{done:,} cases worked out anew for {day}.")
