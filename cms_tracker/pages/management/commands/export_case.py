"""Take a case out of the database: ``manage.py export_case ID``."""

import os
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from arrears.management.plain_command import PlainCommand, refuse
from cases import queries
from cms_tracker.pages import case_transfer


class Command(PlainCommand):
    """Write a case as a case file."""

    help = "Print a case as a case file, or write it to --output."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the case's id, which is in the address of each of its pages."""
        parser.add_argument("case_id", metavar="ID", help="the id of the case, as in the address of its pages")
        parser.add_argument("--output", metavar="FILE", help="write here instead; an existing file is kept")

    def handle(self, *, case_id: str, output: str | None, **_: Any) -> None:
        """Find the case, say in the audit that it was taken out, and write it."""
        try:
            case = queries.case_by_id(uuid.UUID(case_id))
        except ValueError:
            refuse("id", "is not the id of a case")
        owner = queries.owner_of(case.pk) if case else None
        if case is None or owner is None:
            refuse("id", "there is no case with this id")
        try:
            text = case_transfer.hand_out(case, actor=owner)
        except FileNotFoundError:
            refuse("evidence", "a file of this case is missing from the data directory")
        if output is None:
            self.stdout.write(text, ending="")
        else:
            _write(Path(output), text)


def _write(path: Path, text: str) -> None:
    """Write for this user alone, and never over another file."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except (OSError, ValueError) as error:
        refuse("output", f"cannot be written: {getattr(error, 'strerror', None) or 'not the name of a file'}")
