"""Prove that the record of who did what is whole, over the whole database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.audit import anchors
from cms_tracker.audit.verifying import verify


class Command(BaseCommand):
    """Go along every chain; name the first bad row, and exit with 1."""

    help = "Go along every chain of the audit, and name the first event that does not fit. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the anchors that were kept elsewhere."""
        parser.add_argument("--anchors", metavar="FILE", type=Path, help="a log or list with anchors kept elsewhere")

    def handle(self, *, anchors: Path | None, **_: Any) -> None:
        """Verify with a word on the way, and answer."""
        found = verify(kept=_kept(anchors) if anchors else (), say=lambda done: self.stderr.write(f"{done:,} events"))
        if found.first:
            raise CommandError(str(found.first), returncode=1)
        self.stdout.write(f"{found.events:,} events in {found.chains:,} chains: every one follows from the one before.")
        self.stdout.write(self._last())

    def _last(self) -> str:
        last = anchors.latest()
        return f"The last anchor, to keep elsewhere: {last}" if last else "No anchor has been made yet."


def _kept(path: Path) -> list[anchors.Line]:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise CommandError(f"{path} cannot be read.") from error
    found = [one for one in map(anchors.Line.read, lines) if one]
    if not found:
        raise CommandError(f"There is no anchor in {path}.")
    return found
