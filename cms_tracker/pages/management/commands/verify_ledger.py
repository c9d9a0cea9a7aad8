"""Prove that every kept figure is what the facts give, over the whole database."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.pages.hands import Hands
from cms_tracker.pages.verifying import Difference, verify
from cms_tracker.web.clock import today


class Command(BaseCommand):
    """Recompute every case; name the first that differs, and exit with 1."""

    help = "Recompute every case from its facts and compare it with the figures that are kept. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *, json: bool, **_: Any) -> None:
        """Go through the database with a word on the way, and answer."""
        with Hands() as hands:
            found = verify(on=today(), say=lambda done: self.stderr.write(f"{done:,} cases checked"), hands=hands)
        if json:
            answer = {"cases": found.cases, "entries": found.entries, "waiting": found.waiting}
            self.stdout.write(_as_json(answer | {"first_difference": found.first and found.first._asdict()}))
        if found.first:
            raise CommandError(_sentence(found.first), returncode=1)
        if not json:
            self.stdout.write(
                f"{found.cases:,} cases and {found.entries:,} rows of lists checked: all as their facts give."
            )
            if found.waiting:
                self.stdout.write(f"{found.waiting:,} cases wait to be worked out anew; nobody is shown them before.")


def _as_json(answer: dict[str, object]) -> str:
    return json.dumps(answer, default=str, ensure_ascii=False, indent=1)


def _sentence(one: Difference) -> str:
    return f"case {one.case_id}: {one.field} is kept as {one.kept}, and its facts give {one.facts_give}"
